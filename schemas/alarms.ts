import { dateTime, group, hexOrInteger, integer, maybe, oneOf, secret, text, usually } from './kinds.ts';
import { object } from './object.ts';

/** Alarms and events (§5.14, §4.34.5, JsonConfigFormat 9.3 and chapter 12). */

/** Events by the names of a 1504 push; the document's misprints occur on the wire, it is said. */
const PUSHED_EVENTS = [
  ...['VideoMotion', 'VideoBlind', 'VideoLoss', 'LocalIO', 'AlarmLocal', 'NetAlarm', 'CommAlarm', 'IPCAlarm'],
  ...['NetIPConflict', 'NetIPConfict', 'IPConflict', 'NetAbort', 'StorageNotExist', 'StorageLowSpace'],
  ...['StorrageLowSpace', 'StorageFailure', 'StorageFailureWrite', 'StorageFailureRead', 'VideoAnalyze'],
  ...['VIdeoAnanyze', 'VideoTour', 'VideoSplit', 'HumanDetect'],
] as const;

/** Events by the names of chapter 12, which the alarm centre is told. */
const CENTRE_EVENTS = [
  ...['LocalAlarm', 'NetAlarm', 'MotionDetect', 'LossDetect', 'BlindDetect', 'VideoTitle', 'VideoTour'],
  ...['VideoSplit', 'StorageNotExist', 'StorageFailure', 'StorageLowSpace', 'StorageReadError'],
  ...['StorageWriteError', 'NetAbort', 'NetIPConflict', 'Shutdown', 'Reboot', 'WorkDirectoryChange'],
  ...['Backup', 'Upgrade', 'Comm', 'NewFile', 'ModifyTime', 'StartUp', 'ClearDriver', 'VideoAnalyze'],
  ...['VideoLock', 'HumanDetect'],
] as const;

/** What a device tells the alarm centre, at the top level of the body (§4.34.5). */
export function alarmCentreMembers() {
  return {
    Address: maybe(hexOrInteger('address of the device, little-endian')),
    Channel: maybe(integer('channel', { min: 0, open: true })),
    Descrip: maybe(text('free text')),
    Event: usually('what happened', CENTRE_EVENTS),
    SerialID: maybe(text('serial number of the device')),
    StartTime: maybe(dateTime('when, device time')),
    Status: maybe(usually('begins or ends', ['Start', 'Stop'])),
    Type: maybe(usually('alarm or entry of the log', ['Alarm', 'Log'])),
  };
}

export const ALARMS = [
  object({
    name: 'AlarmInfo',
    meaning: 'an alarm begins or ends',
    source: 'doc 9.3; spec 5.14.3; field-notes 7.6',
    family: 'other',
    value: () =>
      group('', {
        Channel: maybe(integer('channel', { min: 0, open: true })),
        Event: usually('what happened', PUSHED_EVENTS),
        StartTime: maybe(dateTime('when it began, device time')),
        Status: maybe(
          usually('begins or ends', { Start: 'begins', Stop: 'ends', None: 'neither, as for disks' }),
        ),
      }),
  }),
  object({
    name: 'NetAlarmCenterMsg',
    meaning: 'what a device tells the alarm centre; the members stand at the top level of the body',
    source: 'spec 4.34.5',
    family: 'other',
    value: () => group('', alarmCentreMembers()),
  }),
  object({
    name: 'OPNetAlarm',
    meaning: 'an alarm that the client raises at the device',
    source: 'doc 10.19; spec 5.14.4',
    family: 'operation',
    value: () =>
      group('', {
        Event: integer('not used, 0'),
        State: integer('channels in alarm, bit n for channel n', { min: 0 }),
      }),
  }),
  object({
    name: 'OPPhone',
    meaning: 'where alarms are pushed to: a telephone that is registered or removed',
    source: 'doc 10.26',
    family: 'operation',
    value: () =>
      group('', {
        command: maybe(text('instruction')),
        Type: maybe(oneOf('on or off, as text', ['true', 'false'])),
        asid: maybe(text('id of the telephone')),
        username: maybe(text('account')),
        acme: maybe(secret('password of the account')),
      }),
  }),
] as const;
