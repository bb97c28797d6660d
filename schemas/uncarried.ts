import { group, integer, list, maybe, text, usually } from './kinds.ts';
import { object } from './object.ts';

/** What the sources describe (JsonConfigFormat 12 and 13) and no message is known to carry: files, and data of events. */
export const UNCARRIED = [
  object({
    name: 'Product definition',
    meaning: 'file on the device that tells its make; no message carries it',
    source: 'doc 12',
    family: 'other',
    value: () =>
      group('', {
        Vendor: maybe(text('vendor')),
        Hardware: maybe(text('chip')),
        Model: maybe(text('model')),
        VersionMajor: maybe(integer('first part of the version')),
        VersionMinor: maybe(integer('second part of the version')),
        VersionFix: maybe(text('last part of the version')),
      }),
  }),
  object({
    name: 'Upgrade description file',
    meaning: 'file in a firmware archive that says what to burn; no message carries it',
    source: 'doc 13',
    family: 'other',
    value: () =>
      group('', {
        UpgradeCommand: maybe(
          list(
            'steps in order',
            group('one step', {
              Command: maybe(usually('what to do', ['Burn', 'BurnHWID', 'RemoveFile'])),
              FileName: maybe(text('file to burn or remove')),
              HWID: maybe(text('id to burn')),
            }),
          ),
        ),
        Hardware: maybe(text('chip that the firmware is for')),
        Vendor: maybe(text('vendor that it is for')),
        Model: maybe(text('model that it is for')),
      }),
  }),
  object({
    name: 'Event data: Upgrade',
    meaning: 'what the event Upgrade carries; no source tells in which message',
    source: 'doc 12',
    family: 'other',
    value: () =>
      group('', {
        FileName: maybe(text('file being burnt; empty at the end')),
        State: maybe(usually('stage', ['UpgradeStart', 'UpgradeProcess', 'UpgradeFinish', 'UpgradeError'])),
        Process: maybe(integer('how far it is', { unit: 'percent' })),
      }),
  }),
  object({
    name: 'Event data: NewFile',
    meaning: 'what the event NewFile carries; no source tells in which message',
    source: 'doc 12',
    family: 'other',
    value: () =>
      group('', {
        FileName: maybe(text('new file')),
        FileSize: maybe(integer('its size', { unit: 'KiB' })),
        EventName: maybe(text('event for which it was made: MotionDetect, LocalAlarm, …')),
      }),
  }),
];
