import { server } from './config/shapes.ts';
import {
  choice,
  either,
  flag,
  group,
  hexOrInteger,
  integer,
  map,
  maybe,
  oneOf,
  oneOrList,
  secret,
  text,
  untold,
} from './kinds.ts';
import { object } from './object.ts';

/** Objects of messages that only the field knows (field notes §3.3 and §10), and the tests of JsonConfigFormat 10.24 and 10.25. */

function mailTest() {
  return group('', {
    Enable: maybe(flag('mail is used')),
    MailServer: maybe(either('mail server', [text('name'), server('with its account')])),
    Recievers: maybe(oneOrList('recipients', text('address'))),
    Schedule: maybe(oneOrList('when mail is sent', text('1 or 0, then from-to'))),
    SendAddr: maybe(text('sender')),
    Title: maybe(text('subject')),
    UseSSL: maybe(flag('encrypted')),
  });
}

function ftpTest() {
  return group('', {
    Directory: maybe(text('folder on the server')),
    Enable: maybe(flag('FTP is used')),
    MaxFileLen: maybe(integer('largest file')),
    Server: maybe(server('the server')),
  });
}

/** Addresses are dotted text here, hexadecimal elsewhere. */
function interfaceSettings(meaning: string) {
  return maybe(
    group(meaning, {
      HostIP: maybe(text('IPv4 address, dotted')),
      HostName: maybe(text('name of the device')),
      HttpPort: maybe(integer('HTTP port', { min: 0, max: 65_535 })),
      MonMode: maybe(oneOf('transport of live streams', ['TCP', 'UDP', 'MCAST'])),
      SSLPort: maybe(integer('port for encrypted connections', { min: 0, max: 65_535 })),
      Submask: maybe(text('IPv4 mask, dotted')),
      TCPMaxConn: maybe(integer('most connections')),
      TCPPort: maybe(integer('TCP port', { min: 0, max: 65_535 })),
      UDPPort: maybe(integer('UDP port', { min: 0, max: 65_535 })),
      TransferPolicy: maybe(oneOf('what counts when the line is slow', ['Quality', 'Fluency', 'AutoAdapt'])),
      UseHSDownLoad: maybe(flag('fast download')),
    }),
  );
}

/** How a password is given where the form is a number. */
export const ENCRYPTION_NUMBERS = { 0: 'plain', 1: 'MD5', 2: '3DES', 3: 'HSQD', 4: 'GIGA' } as const;

function setCameraAddress() {
  return group('', {
    devtype: oneOf('kind of device', ['DVR', 'IPC', 'HVR', 'POEIPC']),
    LoginCfg: group('account there', {
      EncryptType: choice('form of the password', ENCRYPTION_NUMBERS),
      UserName: text('account'),
      Password: secret('password'),
    }),
    Netcfg: group('new settings', {
      DefaultInterface: maybe(text('interface used first')),
      eth0: interfaceSettings('first interface'),
      eth1: interfaceSettings('second interface'),
    }),
  });
}

function version() {
  return group('one firmware', {
    Length: maybe(hexOrInteger('size', 'byte')),
    VersionDate: maybe(text('date of the firmware')),
    VersionName: maybe(text('name of the firmware')),
  });
}

function versionReport() {
  return group('', {
    ChangeLog: maybe(text('what is new')),
    Date: maybe(text('date of the firmware')),
    DevID: maybe(text('id of the board')),
    FileLevel: maybe(either('urgency', [integer('as a number'), text('as text')])),
    FileName: maybe(text('name of the file')),
    FileSize: maybe(either('size', [integer('bytes'), text('as text')])),
  });
}

function feedBook() {
  return group('', {
    Action: maybe(oneOf('what to do', ['Add', 'Delete'])),
    FeedBook: maybe(
      oneOrList(
        'feedings',
        group('one feeding', {
          Enable: maybe(choice('used', { 0: 'no', 1: 'yes' }, 'open')),
          RecDate: maybe(text('date of the entry')),
          RecTime: maybe(text('time of the entry')),
          Servings: maybe(integer('portions')),
          Time: maybe(text('time of feeding')),
        }),
      ),
    ),
  });
}

function feedHistory() {
  return group('', {
    Action: maybe(oneOf('what to do', ['Delete'])),
    FeedHistory: maybe(
      oneOrList(
        'feedings',
        group('one feeding', {
          Date: maybe(text('date')),
          Time: maybe(text('time')),
          Servings: maybe(integer('portions')),
          Type: maybe(choice('what caused it', { 1: 'the schedule', 2: 'a person' }, 'open')),
        }),
      ),
    ),
  });
}

/** No source tells the keys; whatever stands under them, one level down or two, is not for showing. */
export function changedAccount() {
  return map(
    'old and new account',
    either('one of their parts', [
      secret('account, password or token'),
      map('one account', secret('account, password or token')),
    ]),
  );
}

/** Names that occur in the field notes without a word on what they hold. */
const NAMES_ONLY = [
  ['OPTUpData', 'polled by the telephone application'],
  ['OPRecordSnap', 'recordings or pictures'],
  ['OPSetOSD', 'text on the picture'],
  ['OPConsumerProCmd', 'command of consumer products'],
  ['OPGetPgsState', 'state of a parking guidance camera'],
  ['OPPgsGetImg', 'picture of a parking guidance camera'],
  ['OPSetCustomData', 'data that a client keeps on the device'],
  ['OPGetCustomData', 'data that a client keeps on the device'],
  ['OPGetActivationCode', 'activation code'],
  ['OPCtrlDVRInfo', 'data of the recorder'],
] as const;

export const FIELD_OPERATIONS = [
  object({
    name: 'OPMailTest',
    meaning: 'sends a mail to try the settings',
    source: 'doc 10.25; field-notes 3.3',
    family: 'operation',
    value: mailTest,
  }),
  object({
    name: 'OPFTPTest',
    meaning: 'uploads a file to try the settings',
    source: 'field',
    family: 'operation',
    value: ftpTest,
  }),
  object({
    name: 'OPDIGSetIP',
    meaning: 'gives a camera of a recorder a new address',
    source: 'doc 10.24',
    family: 'operation',
    value: setCameraAddress,
  }),
  object({
    name: 'OPNetFileContral',
    meaning: 'clears files of the device',
    source: 'field-notes 3.3',
    family: 'operation',
    value: () => group('', { iAction: text('what to do, RunTimeClear is known') }),
  }),
  object({
    name: 'OPVersionList',
    meaning: 'firmware that the maker offers for the device',
    source: 'field-notes 3.3; field',
    family: 'operation',
    value: () => oneOrList('firmware', version()),
    element: version,
  }),
  object({
    name: 'OPVersionRep',
    meaning: 'new firmware that the maker offers',
    source: 'field-notes 3.3',
    family: 'operation',
    value: versionReport,
  }),
  object({
    name: 'OPTelnetControl',
    meaning: 'opens or closes the command line of the device',
    source: 'field-notes 3.3',
    family: 'operation',
    value: () =>
      group('', {
        EnableKey: maybe(secret('key that allows it')),
        TelnetCommand: text('what to do'),
      }),
  }),
  object({
    name: 'OPFile',
    meaning: 'name of a file that is uploaded, such as an alarm voice',
    source: 'field-notes 3.3',
    family: 'operation',
    value: () => group('', { FileName: text('name') }),
  }),
  object({
    name: 'DevInfo',
    meaning: 'how many pieces of information of each kind there are',
    source: 'field-notes 3.3',
    family: 'info',
    value: () =>
      group('', {
        NetInfoNum: maybe(integer('about the network')),
        OtherInfoNum: maybe(integer('other')),
        UmapInfoNum: maybe(integer('about accounts')),
      }),
  }),
  object({
    name: 'GetRandomUser',
    meaning: 'account that the device made up for itself, encrypted (field notes §8)',
    source: 'field-notes 8; field',
    family: 'operation',
    value: () =>
      group('', {
        Info: maybe(secret('account, password and token, encrypted with a key made of the serial number')),
      }),
  }),
  object({
    name: 'ChangeRandomUser',
    meaning: 'replaces that account; the passwords are plain text (field notes §8)',
    source: 'field-notes 8',
    family: 'operation',
    value: changedAccount,
  }),
  object({
    name: 'OPFeedManual',
    meaning: 'feeds now',
    source: 'python-dvr README',
    family: 'operation',
    value: () => group('', { Servings: integer('portions', { min: 0 }) }),
    reply: () =>
      group('', {
        Servings: maybe(integer('portions asked for')),
        Feeded: maybe(integer('portions given')),
        NotFeeding: maybe(integer('portions not given')),
      }),
  }),
  object({
    name: 'OPFeedBook',
    meaning: 'when a pet feeder feeds',
    source: 'python-dvr README',
    family: 'operation',
    value: feedBook,
  }),
  object({
    name: 'OPFeedHistory',
    meaning: 'when a pet feeder has fed',
    source: 'python-dvr README',
    family: 'operation',
    value: feedHistory,
  }),
  ...NAMES_ONLY.map(([name, meaning]) =>
    object({
      name,
      meaning: `${meaning}; the field notes have the name only`,
      source: 'field-notes 3.3',
      family: 'operation',
      value: () => untold('not known'),
    }),
  ),
] as const;
