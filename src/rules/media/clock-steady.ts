import { device, example, login, on } from '../example.ts';
import { asks, claims, monitor } from '../media-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'media/clock-steady',
  section: 'field 6.2',
  level: 'advice',
  requires: 'The device time in key frames does not run backwards within a stream.',
  because: 'Recordings are found by time: two stretches of the same time hide each other.',
  remedy: 'Set the clock of the device by NTP, in small steps, and not while it records.',
  breach: 'the clock of the device went back {times} times',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      if (stream.clock.drift === undefined) return;
      if (stream.clock.stepsBack === 0) judge.obeyed();
      else judge.broken(stream, { times: stream.clock.stepsBack });
    },
  },
  examples: () => ({
    obeys: [example('one second on', login(), keyFrames(100, 101))],
    breaks: [example('one hour back', login(), keyFrames(7200, 3600))],
  }),
});

function keyFrames(...clocks: readonly number[]) {
  return [
    ...claims(1, 1, 1413, monitor('Claim')),
    ...asks(1.2, 1410, monitor('Start')),
    ...on(1, ...clocks.map((clock, i) => device(2 + i, 1412, { chunk: 'key', bytes: 300, clock }))),
  ];
}
