import { device, example, login, on, type Step } from '../example.ts';
import { asks, claims, monitor } from '../media-examples.ts';
import { rule } from '../rule.ts';

/** Fewer frames tell nothing of the rate: a stream begins with what the device has in store. */
const FRAMES = 25;
/** Frames come in bursts, and the light changes how many there are: half and double are still as announced. */
const FACTOR = 2;

export default rule({
  id: 'media/frame-rate-as-announced',
  section: 'field 6.2',
  level: 'advice',
  requires: 'Live video has about as many frames a second as its key frames say.',
  because: 'Recordings of it play too fast or too slow, and players run dry.',
  remedy:
    'Take the times of arrival rather than the announced rate; check the load of the device and of the network.',
  breach: '{rate} frames a second; the key frame says {announced}',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      const { fps: announced, videoPace } = stream;
      const { interval, count } = videoPace;
      if (stream.origin.kind !== 'monitor' || announced === 0 || interval === undefined || count < FRAMES)
        return;
      const rate = 1 / interval;
      if (rate * FACTOR >= announced && rate <= announced * FACTOR) judge.obeyed();
      else if (stream.gapBytes + stream.lostPackets > 0) judge.unsure('gap');
      else judge.broken(stream, { rate, announced });
    },
  },
  examples: () => ({
    obeys: [example('25 a second', login(), frames(0.04))],
    breaks: [example('two a second', login(), frames(0.5))],
  }),
});

function frames(every: number): readonly Step[] {
  return [
    ...claims(1, 1, 1413, monitor('Claim')),
    ...asks(1.2, 1410, monitor('Start')),
    ...on(1, ...Array.from({ length: FRAMES }, (_, i) => device(2 + i * every, 1412, i === 0 ? 500 : 200))),
  ];
}
