import { device, example, login, lost, on } from '../example.ts';
import { watches } from '../media-examples.ts';
import { kindOfData } from '../media-requests.ts';
import { rule } from '../rule.ts';

/** Streams of one connection whose numbers are remembered: more than four recordings and their like on one socket. */
const STREAMS_KEPT = 64;

interface Counter {
  readonly key: number;
  last: number;
  /** The number that it should have had; the same where it had. */
  due: number;
  losses: number;
}

/** The numbers of one connection. */
interface State {
  /** By message id, side, stream type and channel. */
  readonly streams: Map<number, Counter>;
  /** The last number of each side, whatever the stream. */
  readonly latest: [number, number];
  /** That of the packet before: nearly always this one's too. */
  recent: Counter | undefined;
}

export default rule({
  id: 'sequence/media-counts-up',
  section: '3.2, 4.8.1, 4.9.1, 4.11.1',
  level: 'must',
  requires: 'Each packet of a media stream has the sequence number of the one before it plus 1.',
  because: 'The device left out what it had counted: the picture breaks up until the next key frame.',
  remedy: 'Look for a device that sheds packets under load, or a counter that several threads write.',
  breach:
    'the sequence number of the media goes from {before} to {now}, and nothing is missing in the capture',
  scope: 'flow',
  state: (): State => ({ streams: new Map(), latest: [-1, -1], recent: undefined }),
  observes: {
    media(turn, judge) {
      const { messageId, sequence, byte12, reserved1 } = turn.header;
      const kind = kindOfData(messageId);
      // Firmware is for the rules of the upgrade; AVTalk counts nothing (field notes §4).
      if (kind === undefined || kind === 'avtalk') return;
      const { side, losses } = turn;
      const { state } = judge;
      const { streams, latest } = state;
      const key = (messageId << 10) | (side << 9) | ((reserved1 & 1) << 8) | byte12;
      const shared = (sequence - latest[side]) | 0;
      latest[side] = sequence;
      const counter = state.recent?.key === key ? state.recent : streams.get(key);
      if (counter === undefined) {
        if (streams.size < STREAMS_KEPT) streams.set(key, { key, last: sequence, due: sequence, losses });
        return;
      }
      state.recent = counter;
      const { last: before, due, losses: lossesBefore } = counter;
      counter.last = counter.due = sequence;
      counter.losses = losses;
      const own = (sequence - before) | 0;
      // Some devices count per stream, some over all streams of the socket.
      if (own === 1 || shared === 1) {
        judge.obeyed();
      } else if (losses !== lossesBefore) {
        judge.unsure('gap');
      } else if (((sequence - due) | 0) === 1) {
        // One wrong number is one breach: the count goes on as if it had been right.
        judge.obeyed();
      } else if (own >= 0 || sequence > 1) {
        counter.due = (before + 1) | 0;
        // Datagrams get lost without a trace in the capture.
        if (turn.flow.protocol === 'udp') judge.unsure('gap');
        else judge.broken(turn, { before, now: sequence });
      }
      // Else a stream that was started again, and counts anew.
    },
  },
  examples: () => ({
    obeys: [
      example(
        'three packets of live view',
        login(),
        watches(1),
        on(1, device(2, 1412, 300), device(3, 1412, 300)),
      ),
    ],
    breaks: [
      example('a number is left out', login(), watches(1), on(1, device(2, 1412, 300, { sequence: 2 }))),
      example('a number comes twice', login(), watches(1), on(1, device(2, 1412, 300, { sequence: 0 }))),
    ],
    unsure: [
      example(
        'the packet may be in a gap',
        login(),
        watches(1),
        on(1, lost(2, 'device', 320), device(3, 1412, 300, { sequence: 2 })),
      ),
      {
        ...example(
          'a datagram may be lost',
          device(0, 1412, 300, { sequence: 0 }),
          device(1, 1412, 300, { sequence: 2 }),
        ),
        datagrams: true,
        alsoBreaks: ['claim/before-media'],
      },
    ],
  }),
});
