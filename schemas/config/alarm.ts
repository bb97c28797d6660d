import { flag, group, integer, map, maybe, number, oneOrList, untold, usually } from '../kinds.ts';
import { object } from '../object.ts';
import { eventHandler, perChannel, pirSchedule } from './shapes.ts';

/** Alarms that do not come from the picture (JsonConfigFormat chapter 2, 3.16, 3.17, 3.30). */
export const ALARM_CONFIG = [
  object({
    name: 'Alarm.LocalAlarm',
    meaning: 'alarm inputs of the device',
    source: 'doc 2.1; field',
    family: 'config',
    value: () => perChannel(alarmInput('one input')),
  }),
  object({
    name: 'Alarm.IPCAlarm',
    meaning: 'alarm inputs of the network cameras, by digital channel',
    source: 'doc 3.30',
    family: 'config',
    value: () => perChannel(alarmInput('one digital channel')),
  }),
  object({
    name: 'Alarm.NetAlarm',
    meaning: 'alarms that come over the network (OPNetAlarm), an event like the others',
    source: 'spec 5.3.1',
    family: 'config',
    value: () => perChannel(group('one channel', event())),
  }),
  object({
    name: 'Alarm.NetAbort',
    meaning: 'what to do when the network is gone',
    source: 'doc 3.17; spec 5.3.1',
    family: 'config',
    value: () => group('check for the network', event()),
  }),
  object({
    name: 'Alarm.NetIPConflict',
    meaning: 'what to do when another device has the same address',
    source: 'doc 3.16; spec 5.3.1',
    family: 'config',
    value: () => group('check for conflicts', event()),
  }),
  object({
    name: 'Alarm.PTZAlarmProtocol',
    meaning: 'protocol of the alarm inputs of PTZ cameras; the sources tell its name only',
    source: 'spec 5.3.1',
    family: 'config',
    value: () => oneOrList('settings that no source describes', map('', untold('no source describes it'))),
  }),
  object({
    name: 'Alarm.AlarmOut',
    meaning: 'alarm outputs',
    source: 'doc 2.4; spec 5.14.4; field',
    family: 'config',
    value: () =>
      perChannel(
        group('one output', {
          AlarmOutType: maybe(
            usually('who switches it', {
              AUTO: 'alarms',
              MANUAL: 'the user, on',
              CLOSE: 'the user, off',
              ConfigAlarm: 'alarms',
              ManualAlarm: 'the user, on',
              ClosedAlarm: 'the user, off',
            }),
          ),
          AlarmOutStatus: maybe(usually('state', { OPEN: 'on', CLOSE: 'off' })),
        }),
      ),
  }),
  object({
    name: 'Alarm.PIR',
    meaning: 'passive infrared sensor of battery cameras and doorbells',
    source: 'field-notes 10',
    family: 'config',
    value: () =>
      perChannel(
        group('one sensor', {
          ...event(),
          Level: maybe(integer('sensitivity')),
          PirSensitive: maybe(integer('sensitivity of the sensor')),
          PIRCheckTime: maybe(number('how long somebody must linger, in seconds')),
          PirTimeSection: maybe(pirSchedule()),
        }),
      ),
  }),
] as const;

function event() {
  return { Enable: maybe(flag('alarm on')), EventHandler: eventHandler() };
}

function alarmInput(meaning: string) {
  return group(meaning, {
    ...event(),
    SensorType: maybe(usually('contact at rest', { NC: 'closed', NO: 'open' })),
  });
}
