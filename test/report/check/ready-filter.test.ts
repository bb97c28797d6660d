import { expect, it } from 'vitest';
import { readyFilter } from '../../../src/report/check/ready-filter.ts';

const sample = (message: number, flow: number) => ({
  message,
  flow,
  packets: [0, 0] as const,
  session: 0,
  seconds: 0,
  nanoseconds: 0,
  text: '',
});

it.each([
  ['one message', [sample(1, 4)], 'dvrip.number == 1'],
  [
    'messages once each, in their order',
    [sample(9, 1), sample(1, 4), sample(9, 1)],
    'dvrip.number in {1, 9}',
  ],
  ['the flows of what belongs to no message', [sample(0, 7), sample(0, 2)], 'dvrip.flow in {2, 7}'],
  ['nothing for what belongs to neither', [sample(0, 0)], undefined],
])('selects %s', (_, samples, filter) => {
  expect(readyFilter(samples)).toBe(filter);
});
