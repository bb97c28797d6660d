import { client, device, example, login } from '../example.ts';
import { HALVES, inTwoPackets } from '../fragment-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'fragments/same-total',
  section: '3.1',
  level: 'must',
  requires: 'All packets of a message have the same Total Packet.',
  because: 'The reader cannot tell when the message is complete, and drops what has come so far.',
  remedy: 'Count the packets before the first is sent.',
  breach: 'the packets begin as {total} in all and go on as {other}',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      if (turn.pieces === undefined) return;
      const { otherTotal: other } = turn.pieces;
      if (other === undefined) judge.obeyed();
      else judge.broken(turn, { total: turn.fragments, other });
    },
  },
  examples: () => ({
    obeys: [inTwoPackets()],
    breaks: [
      {
        ...example(
          'two in all, then three',
          login(),
          client(1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
          client(1.1, 1020, HALVES[1], { byte12: 3, byte13: 1, sequence: 1 }),
          device(1.2, 1021),
        ),
        alsoBreaks: ['framing/missing-fragments'],
      },
    ],
  }),
});
