import {
  choice,
  dateTime,
  either,
  flag,
  group,
  hexOrInteger,
  integer,
  list,
  maybe,
  number,
  oneOrList,
  text,
  untold,
  usually,
} from './kinds.ts';
import { object } from './object.ts';

/** What a device tells of itself under 1020 and 1021 (§5.2, JsonConfigFormat chapter 9 and 10.28 to 10.33). */

function systemInfo() {
  return group('', {
    AlarmInChannel: maybe(integer('number of alarm inputs')),
    AlarmOutChannel: maybe(integer('number of alarm outputs')),
    AudioInChannel: maybe(integer('number of audio inputs')),
    BuildTime: maybe(dateTime('when the firmware was built; the time of day may be missing')),
    CombineSwitch: maybe(integer('reserved')),
    DeviceModel: maybe(text('name of the model')),
    DeviceRunTime: maybe(hexOrInteger('time since the start', 'min')),
    DeviceType: maybe(either('kind of device', [integer('as a number'), text('by name')])),
    DigChannel: maybe(integer('number of digital (IP) channels')),
    EncryptVersion: maybe(text('version of the encryption chip or library, often Unknown')),
    ExtraChannel: maybe(integer('number of channels with combined encoding')),
    HardWare: maybe(text('board')),
    HardWareVersion: maybe(text('version of the board, often Unknown')),
    Pid: maybe(text('product id')),
    SerialNo: maybe(text('serial number, 16 hexadecimal digits on most devices')),
    SoftWareVersion: maybe(text('version of the firmware')),
    TalkInChannel: maybe(integer('number of intercom inputs')),
    TalkOutChannel: maybe(integer('number of intercom outputs')),
    UpdataTime: maybe(text('when the firmware was last updated; empty if never')),
    UpdataType: maybe(
      hexOrInteger(
        'what the last update replaced: 1 web pages, 2 logo, 4 user part, 8 file system, 0x10 settings, 0x20 texts, 0x40 pictures, 0x80 other',
      ),
    ),
    VideoInChannel: maybe(integer('number of video inputs')),
    VideoOutChannel: maybe(integer('number of video outputs')),
  });
}

const DRIVE_STATES = {
  0: 'in order',
  1: 'no handle',
  2: 'end of file',
  3: 'read error',
  4: 'write error',
  5: 'no space left',
  6: 'file missing',
  7: 'no disk',
  8: 'disk or its time in conflict',
  9: 'must be initialised',
  10: 'bad user data',
  11: 'bad handle',
  12: 'bad file name',
  13: 'file exists',
  14: 'file system time in conflict',
  15: 'bad disk',
} as const;

function partition() {
  const role = () =>
    maybe(
      choice(
        'what the partition is for',
        { 0: 'read and write', 1: 'read only', 2: 'events', 3: 'redundant', 4: 'snapshots' },
        'open',
      ),
    );
  return group('one partition', {
    DirverType: role(),
    // The document's spelling; devices write the other one.
    DriverType: role(),
    IsCurrent: maybe(flag('recordings go here now')),
    LogicSerialNo: maybe(integer('number among all drives')),
    NewStartTime: maybe(dateTime('start of the newest recordings')),
    NewEndTime: maybe(dateTime('end of the newest recordings')),
    OldStartTime: maybe(dateTime('start of the older recordings')),
    OldEndTime: maybe(dateTime('end of the older recordings')),
    PartNumber: maybe(integer('number of the partition')),
    RemainSpace: maybe(hexOrInteger('free space', 'MiB')),
    TotalSpace: maybe(hexOrInteger('size', 'MiB')),
    Status: maybe(choice('state of the drive', DRIVE_STATES, 'open')),
    fsType: maybe(text('file system')),
  });
}

function disk() {
  return group('one disk or card', {
    PlysicalNo: maybe(integer('number of the disk')),
    PartNumber: maybe(integer('number of partitions')),
    Partition: maybe(oneOrList('its partitions', partition())),
  });
}

function workState() {
  const mask = (meaning: string) => maybe(hexOrInteger(`${meaning}, bit n for channel n`));
  return group('', {
    AlarmState: maybe(
      oneOrList(
        'what is raising an alarm now',
        group('masks', {
          AlarmIn: mask('alarm inputs'),
          AlarmOut: mask('alarm outputs that are on'),
          VideoBlind: mask('covered lenses'),
          VideoLoss: mask('lost video signals'),
          VideoMotion: mask('motion'),
        }),
      ),
    ),
    ChannelState: maybe(
      oneOrList(
        'one for each channel; cameras leave it out',
        group('one channel', {
          Bitrate: maybe(integer('bit rate now', { unit: 'kbit/s' })),
          Record: maybe(flag('being recorded')),
        }),
      ),
    ),
  });
}

const LINK_STATES = {
  On: 'connected',
  Off: 'not connected',
  NoDevice: 'no such device',
  Invalid: '',
} as const;

function linkState() {
  return maybe(
    either('state of the link', [
      usually('by name', LINK_STATES),
      choice('as a number', { 0: 'On', 1: 'Off', 2: 'NoDevice', 9: 'Invalid' }, 'open'),
    ]),
  );
}

function radioState() {
  return group('', {
    ConnectStatus: linkState(),
    Strenth: maybe(integer('signal strength')),
  });
}

function position(meaning: string) {
  return maybe(
    group(meaning, {
      Degree: maybe(number('degrees')),
      Direction: maybe(either('E, W, N or S', [text('letter'), integer('0 where there is none')])),
    }),
  );
}

/** The document's sample gives these numbers as text. */
function numberOrText(meaning: string) {
  return maybe(either(meaning, [integer('number'), text('number as text')]));
}

function accessPoint() {
  return group('one access point', {
    SSID: maybe(text('name of the network')),
    RSSI: numberOrText('signal level'),
    Channel: numberOrText('radio channel'),
    NetType: maybe(usually('kind of network', { Infra: 'infrastructure', Adhoc: 'ad hoc' })),
    EncryType: maybe(usually('cipher', ['NONE', 'WEP', 'TKIP', 'AES'])),
    EncrypType: maybe(usually('cipher, as NetWork.Wifi spells it', ['NONE', 'WEP', 'TKIP', 'AES'])),
    Auth: maybe(
      usually('authentication', [
        ...['OPEN', 'SHARED', 'WEPAUTO', 'WPAPSK', 'WPA2PSK', 'WPANONE', 'WPA', 'WPA2'],
      ]),
    ),
  });
}

export const INFORMATION = [
  object({
    name: 'SystemInfo',
    meaning: 'model, firmware, serial number and number of channels',
    source: 'doc 9.1; spec 5.2; field',
    family: 'info',
    value: systemInfo,
  }),
  object({
    name: 'StorageInfo',
    meaning: 'disks and cards with their partitions',
    source: 'doc 9.2; spec 5.2.2; field',
    family: 'info',
    value: () => oneOrList('disks and cards', disk()),
    element: disk,
  }),
  object({
    name: 'WorkState',
    meaning: 'what is in alarm and what is being recorded now',
    source: 'doc 9.5; spec 5.2.2; field',
    family: 'info',
    value: () => oneOrList('', workState()),
  }),
  object({
    name: 'WifiAPALL',
    meaning: 'access points within reach',
    source: 'doc 10.28',
    family: 'info',
    value: () =>
      group('', {
        Numbers: numberOrText('how many there are'),
        WifiAP: maybe(list('access points', accessPoint())),
      }),
  }),
  object({
    name: 'GPSStatus',
    meaning: 'where the device is',
    source: 'doc 10.30',
    family: 'info',
    value: () =>
      group('', {
        PositoningStatus: maybe(
          usually('state of the receiver', ['Success', 'NoSignal', 'NoData', 'Invalid']),
        ),
        Longitude: position('longitude'),
        Latitude: position('latitude'),
      }),
  }),
  object({
    name: 'WIFIStatus',
    meaning: 'state of the wireless link',
    source: 'doc 10.31',
    family: 'info',
    value: radioState,
  }),
  object({
    name: '3GStatus',
    meaning: 'state of the mobile link',
    source: 'doc 10.32',
    family: 'info',
    value: radioState,
  }),
  object({
    name: 'DASStatus',
    meaning: 'state of the active registration',
    source: 'doc 10.33',
    family: 'info',
    value: () => group('', { ConnectStatus: linkState() }),
  }),
  ...(
    [
      ['OEMInfo', 'branding of the device'],
      ['4GInfo', 'state of the 4G modem'],
      ['EncyptChipInfo', 'encryption chip'],
    ] as const
  ).map(([name, meaning]) =>
    object({
      name,
      meaning: `${meaning}; the field notes have the name only`,
      source: 'field-notes 10',
      family: 'info',
      value: () => untold('not known'),
    }),
  ),
] as const;
