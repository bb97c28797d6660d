import { choice, flag, flagOrInteger, group, hexOrInteger, integer, list, maybe, number } from '../kinds.ts';
import { object } from '../object.ts';
import { coordinate, eventHandler, perChannel, pirSchedule } from './shapes.ts';

/** What the device sees in the picture (JsonConfigFormat 1.13 to 1.16). */
export const DETECT = [
  object({
    name: 'Detect.MotionDetect',
    meaning: 'motion in the picture of each channel',
    source: 'doc 1.15; field',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          ...detection(),
          AlarmType: maybe(integer('what sets it off: picture, sensor or both')),
          PirSensitive: maybe(integer('sensitivity of the infrared sensor')),
          PIRCheckTime: maybe(number('how long the infrared sensor must see somebody, in seconds')),
          PirTimeSection: maybe(pirSchedule()),
        }),
      ),
  }),
  object({
    name: 'Detect.BlindDetect',
    meaning: 'covered lens of each channel',
    source: 'doc 1.13; field',
    family: 'config',
    value: () => perChannel(group('one channel', detection())),
  }),
  object({
    name: 'Detect.LossDetect',
    meaning: 'loss of the video signal of each channel',
    source: 'doc 1.16; field',
    family: 'config',
    value: () => perChannel(group('one channel', detection())),
  }),
  object({
    name: 'Detect.HumanDetection',
    meaning: 'people in the picture of each channel',
    source: 'field',
    family: 'config',
    value: () =>
      perChannel(
        group('one channel', {
          Enable: maybe(flag('detection on')),
          ObjectType: maybe(choice('what is looked for', { 0: 'people', 255: 'any object' }, 'open')),
          PedFdrAlg: maybe(integer('algorithm')),
          PedRule: maybe(list('rules', humanRule())),
          PushInterval: maybe(integer('shortest time between two reports', { unit: 'ms' })),
          Sensitivity: maybe(integer('sensitivity', { min: 0, max: 2, open: true })),
          ShowRule: maybe(flagOrInteger('draw the rules')),
          ShowTrack: maybe(flagOrInteger('draw the tracks')),
        }),
      ),
  }),
] as const;

function detection() {
  return {
    Enable: maybe(flag('detection on')),
    Level: maybe(integer('sensitivity', { min: 1, max: 6, open: true })),
    Region: maybe(list('watched cells, row by row', hexOrInteger('cells of one row, bit n for column n'))),
    EventHandler: eventHandler(),
  };
}

function humanRule() {
  return group('one rule', {
    Enable: maybe(flag('rule on')),
    RuleType: maybe(choice('shape', { 0: 'line to cross', 1: 'region' }, 'open')),
    RuleLine: maybe(
      group('line', {
        AlarmDirect: maybe(direction()),
        Pts: maybe(
          group('ends of the line', {
            StartX: maybe(coordinate('start, from the left')),
            StartY: maybe(coordinate('start, from the top')),
            StopX: maybe(coordinate('end, from the left')),
            StopY: maybe(coordinate('end, from the top')),
          }),
        ),
      }),
    ),
    RuleRegion: maybe(
      group('region', {
        AlarmDirect: maybe(direction()),
        PtsNum: maybe(integer('corners in use')),
        Pts: maybe(
          list(
            'corners',
            group('one corner', {
              X: maybe(coordinate('from the left')),
              Y: maybe(coordinate('from the top')),
            }),
          ),
        ),
      }),
    ),
  });
}

function direction() {
  return integer('direction that counts, 2 is both');
}
