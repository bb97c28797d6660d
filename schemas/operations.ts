import { choice, dateTime, either, flag, group, integer, list, maybe, oneOf, text, untold } from './kinds.ts';
import { object } from './object.ts';

/** Managing the device: restart, time, log, disks, defaults, upgrade (§5.10 to §5.12, §5.15, §5.17). */

/** Which settings go back to the factory's; what is not named stays. */
function defaults() {
  return group('', {
    Account: maybe(flag('accounts')),
    Alarm: maybe(flag('alarms')),
    CameraPARAM: maybe(flag('camera parameters')),
    CommPtz: maybe(flag('serial ports and PTZ')),
    Encode: maybe(flag('encoding')),
    Factory: maybe(flag('everything')),
    General: maybe(flag('general settings')),
    NetCommon: maybe(flag('network')),
    NetServer: maybe(flag('network services')),
    Preview: maybe(flag('local screen')),
    Record: maybe(flag('recording')),
  });
}

function storageManager() {
  return group('', {
    Action: oneOf('what to do', {
      SetType: 'give the partition another use',
      Recover: 'repair',
      Clear: 'format: erases all recordings',
      Partition: 'divide the disk anew: erases all recordings',
    }),
    PartNo: integer('number of the partition', { min: 0 }),
    SerialNo: integer('number of the disk', { min: 0 }),
    Type: maybe(oneOf('use of the partition', ['ReadWrite', 'ReadOnly', 'Redundant', 'SnapShot', 'Data'])),
    PartitionSize: maybe(
      list(
        'sizes of the parts of the disk',
        group('one part', {
          Record: maybe(integer('for recordings', { min: 0, unit: 'MiB' })),
          SnapShot: maybe(integer('for snapshots', { min: 0, unit: 'MiB' })),
        }),
      ),
    ),
  });
}

function upgrade() {
  return group('', {
    Action: oneOf('what to do', ['Start', 'Abort']),
    Type: oneOf('what is replaced', { System: 'firmware', Sytem: 'misprint of the document' }),
  });
}

/** What firmware must fit (1526); an acknowledgement of 1520 carries nothing. */
function upgradeReply() {
  return group('', {
    Action: maybe(text('what was done')),
    Type: maybe(text('what is replaced')),
    Hardware: maybe(text('board')),
    LogoArea: maybe(
      group('where the logo lies in the flash memory', {
        Begin: maybe(text('first address; may be empty')),
        End: maybe(text('last address; may be empty')),
      }),
    ),
    Serial: maybe(text('serial number')),
    Vendor: maybe(text('vendor')),
  });
}

/** The document draws braces around the times; the specification and devices give bare text. */
function bareTime(name: string, meaning: string, source: string) {
  return object({ name, meaning, source, family: 'operation', value: () => dateTime(meaning) });
}

export const OPERATIONS = [
  object({
    name: 'OPMachine',
    meaning: 'restarts or switches off the device',
    source: 'doc 10.2; spec 5.11; field-notes 10',
    family: 'operation',
    value: () =>
      group('', {
        Action: either('what to do', [
          oneOf('by name', ['Reboot', 'Shutdown', 'ShutDown']),
          choice('as the document numbers it', { 0: 'restart', 1: 'switch off' }),
        ]),
      }),
  }),
  object({
    name: 'OPDefaultConfig',
    meaning: 'takes settings back to the factory defaults',
    source: 'doc 10.3; spec 5.11; field',
    family: 'operation',
    value: defaults,
  }),
  object({
    name: 'OPLogManager',
    meaning: 'clears, starts or stops the log',
    source: 'doc 10.9; spec 5.11',
    family: 'operation',
    value: () =>
      group('', {
        Action: oneOf('what to do', {
          RemoveAll: 'erase all entries',
          Clear: 'erase all entries, in the document',
          LogOn: 'start',
          LogOff: 'stop',
        }),
      }),
  }),
  bareTime('OPTimeQuery', 'time of the device', 'doc 10.15; spec 5.10; field'),
  bareTime('OPTimeSetting', 'new time of the device', 'doc 10.20; spec 5.11; field'),
  bareTime(
    'OPTimeSettingNoRTC',
    'time that the client gives, at login, to a device without a clock',
    'doc 10.22; field',
  ),
  object({
    name: 'OPNetModeSwitch',
    meaning: 'makes the device an access point, or a client of one',
    source: 'field-notes 10',
    family: 'operation',
    value: () => group('', { Action: oneOf('what to do', ['ToAP', 'ToRoute']) }),
  }),
  object({
    name: 'SerialPortsInfo',
    meaning: 'serial ports; the field notes have the name only',
    source: 'field-notes 10',
    family: 'operation',
    value: () => untold('not known'),
  }),
  object({
    name: 'DebugCamera',
    meaning: 'debugging of the camera; the field notes have the name only',
    source: 'field-notes 3.2',
    family: 'operation',
    value: () => untold('not known'),
  }),
  object({
    name: 'OPStorageManager',
    meaning: 'formats, divides or repairs a disk',
    source: 'doc 10.8; spec 5.12; field',
    family: 'operation',
    value: storageManager,
  }),
  object({
    name: 'OPSystemUpgrade',
    meaning: 'begins or ends an upgrade of the firmware, or says what firmware fits',
    source: 'doc 10.10; spec 5.15; field',
    family: 'operation',
    value: upgrade,
    reply: upgradeReply,
  }),
  object({
    name: 'OPSystemConfig',
    meaning: 'imports or exports settings or the log',
    source: 'doc 10.16',
    family: 'operation',
    value: systemConfig,
  }),
  object({
    name: 'Operation',
    meaning: 'the general form of an operation; the operations above have their own',
    source: 'doc 10.1',
    family: 'other',
    value: () =>
      group('', {
        Command: maybe(list('command words', text('one word'))),
        Parameter: maybe(list('pairs of name and value', untold('one pair'))),
      }),
  }),
] as const;

/** JsonConfigFormat 10.16; may stand in an import or export request. */
export function systemConfig() {
  return group('', {
    Action: oneOf('direction', ['Import', 'Export']),
    Parameter: maybe(
      list('what', group('one thing', { Type: oneOf('settings or log', ['System', 'Log', 'Config']) })),
    ),
  });
}
