import { flag, group, integer, maybe } from '../kinds.ts';
import { object } from '../object.ts';
import { eventHandler } from './shapes.ts';

/** Where recordings go, and what happens when there is no room (JsonConfigFormat chapter 5). */
export const STORAGE = [
  object({
    name: 'Storage.StoragePosition',
    meaning: 'which media the device records to',
    source: 'doc 5.1; field',
    family: 'config',
    value: () =>
      group('media', {
        SATA: maybe(flag('hard disks')),
        USB: maybe(flag('USB sticks and disks')),
        SD: maybe(flag('memory card')),
        DVD: maybe(flag('optical drive')),
      }),
  }),
  object({
    name: 'Storage.StorageNotExist',
    meaning: 'what to do when there is no storage',
    source: 'doc 5.2; field',
    family: 'config',
    value: () => group('check for storage', check()),
  }),
  object({
    name: 'Storage.StorageLowSpace',
    meaning: 'what to do when storage runs out',
    source: 'doc 5.3; vendor ExchangeAL',
    family: 'config',
    value: () =>
      group('check for free space', {
        ...check(),
        LowerLimit: maybe(
          integer('free space below which it counts', { min: 0, max: 99, unit: '%', open: true }),
        ),
        RecordTimeEnable: maybe(flag('count by the time of recording that is left')),
        RecordTime: maybe(integer('time of recording below which it counts')),
      }),
  }),
  object({
    name: 'Storage.StorageFailure',
    meaning: 'what to do when storage fails',
    source: 'doc 5.4; vendor ExchangeAL',
    family: 'config',
    value: () => group('check for faults', { ...check(), RebootEnable: maybe(flag('restart the device')) }),
  }),
] as const;

function check() {
  return { Enable: maybe(flag('check on')), EventHandler: eventHandler() };
}
