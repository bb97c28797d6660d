import { client, device, example, login } from '../example.ts';
import { HALVES, inTwoPackets } from '../fragment-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'fragments/same-sequence',
  section: 'field 1',
  level: 'advice',
  requires: 'All packets of a message have the same sequence number.',
  because:
    'No device is known to send such messages; clients that do, and read them, take packets with another number for another message.',
  remedy: 'Count messages, not packets.',
  breach: 'the packets of one message have sequence numbers {first} and {other}',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      if (turn.pieces === undefined) return;
      const { otherSequence: other } = turn.pieces;
      if (other === undefined) judge.obeyed();
      else judge.broken(turn, { first: turn.header.sequence, other });
    },
  },
  examples: () => ({
    obeys: [inTwoPackets()],
    breaks: [
      example(
        'each packet has its own number',
        login(),
        client(1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
        client(1.1, 1020, HALVES[1], { byte12: 2, byte13: 1, sequence: 2 }),
        device(1.2, 1021),
      ),
    ],
  }),
});
