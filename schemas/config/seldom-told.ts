import { either, flagOrInteger, group, list, map, maybe, untold } from '../kinds.ts';
import { object } from '../object.ts';

/** Configurations of which the sources give a name and little else. */
export const SELDOM_TOLD = [
  object({
    name: 'FbExtraStateCtrl',
    meaning: 'indicator lamp of a camera',
    source: 'field-notes 10',
    family: 'config',
    value: () => group('', { ison: maybe(flagOrInteger('lamp on')) }),
  }),
  object({
    name: 'WorkMode',
    meaning: 'mode of operation; the sources give the name only, not its form',
    source: 'field-notes 10',
    family: 'config',
    value: () => untold('no source shows it'),
  }),
  object({
    name: 'NetUse.DigitalAbility',
    meaning: 'abilities of the digital channels; null on the one camera that answered',
    source: 'field',
    family: 'config',
    value: () =>
      either('', [
        list('by channel', untold('no source shows it')),
        map('by name', untold('no source shows it')),
      ]),
  }),
];
