import { device, example, login, on, type Step } from '../example.ts';
import { asks, claims, talk } from '../media-examples.ts';
import { rule } from '../rule.ts';

/** Less sound than this is a word, not a stream. */
const FRAMES = 25;
/** Longer than any buffer of a player. */
const PAUSE_SECONDS = 2;

export default rule({
  id: 'media/audio-steady',
  section: 'field 6.2',
  level: 'advice',
  requires: 'Live sound comes without long pauses.',
  because: 'The listener hears drop-outs, and sound and picture drift apart.',
  remedy: 'Look at the load of the device and of the network at that time.',
  breach: 'no sound for {seconds} s in mid-stream',
  scope: 'flow',
  observes: {
    stream(stream, judge) {
      const { kind } = stream.origin;
      const { count, longestPause: seconds } = stream.audioPace;
      if ((kind !== 'monitor' && kind !== 'talk') || count < FRAMES) return;
      if (seconds <= PAUSE_SECONDS) judge.obeyed();
      else if (stream.gapBytes + stream.lostPackets > 0) judge.unsure('gap');
      else judge.broken(stream, { seconds });
    },
  },
  examples: () => ({
    obeys: [example('a chunk every 40 ms', login(), sound(0))],
    breaks: [example('five seconds of nothing', login(), sound(5))],
  }),
});

function sound(pause: number): readonly Step[] {
  return [
    ...claims(1, 1, 1434, talk('Claim')),
    ...asks(1.2, 1430, talk('Start'), talk('Start')),
    ...on(
      1,
      ...Array.from({ length: FRAMES }, (_, i) => device(2 + i * 0.04 + (i > 10 ? pause : 0), 1433, 328)),
    ),
  ];
}
