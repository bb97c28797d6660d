import { flag, group, integer, maybe, usually } from '../kinds.ts';
import { object } from '../object.ts';
import { perChannel, weekMasks, weekSchedule } from './shapes.ts';

/** When recordings and snapshots are made (JsonConfigFormat 1.9, 1.10). */
export const RECORD = [
  object({
    name: 'Record',
    meaning: 'recording of each channel',
    source: 'doc 1.9; spec 5.3.1; field',
    family: 'config',
    value: () => perChannel(recording()),
  }),
  object({
    name: 'ExtRecord',
    meaning: 'recording of the extra stream of each channel',
    source: 'field-notes 10',
    family: 'config',
    value: () => perChannel(recording()),
  }),
  object({
    name: 'Storage.Snapshot',
    meaning: 'snapshots of each channel by schedule',
    source: 'doc 1.10; field',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          PreSnap: maybe(
            integer('pictures kept from before the event', { min: 0, max: 10, unit: 'pictures', open: true }),
          ),
          SnapMode: maybe(
            usually('when pictures are taken', {
              ConfigSnap: 'by schedule',
              ManualSnap: 'always',
              ClosedSnap: 'never',
            }),
          ),
          Redundancy: maybe(flag('write to the redundant disk, too')),
          TimeSection: maybe(weekSchedule('schedule')),
          Mask: maybe(weekMasks('what is photographed in each interval', 'kinds of event')),
        }),
      ),
  }),
  object({
    name: 'Snap.SnapConfig',
    meaning: 'snapshots of each channel at intervals',
    source: 'sofia-netsurv schema',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          SnapType: maybe(integer('kind of snapshot')),
          IntervalSnap: maybe(
            group('time between two pictures', {
              EmailTime: maybe(integer('for mail', { unit: 's' })),
              FTPTime: maybe(integer('for FTP', { unit: 's' })),
              StorageTime: maybe(integer('for the disk', { unit: 's' })),
            }),
          ),
        }),
      ),
  }),
] as const;

function recording() {
  return group('one channel', {
    PreRecord: maybe(
      integer('time kept from before the event, 0 is off', { min: 0, max: 30, unit: 's', open: true }),
    ),
    PacketLength: maybe(integer('length of one file', { min: 1, max: 120, unit: 'min', open: true })),
    RecordMode: maybe(
      usually('when it records', {
        ConfigRecord: 'by schedule',
        ManualRecord: 'always',
        ClosedRecord: 'never',
      }),
    ),
    Redundancy: maybe(flag('write to the redundant disk, too')),
    TimeSection: maybe(weekSchedule('schedule')),
    Mask: maybe(
      weekMasks(
        'what is recorded in each interval',
        'kinds of recording: bit 0 regular, bit 1 motion, bit 2 alarm',
      ),
    ),
  });
}
