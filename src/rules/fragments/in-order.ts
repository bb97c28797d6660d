import { client, device, example, login } from '../example.ts';
import { HALVES, inTwoPackets } from '../fragment-examples.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'fragments/in-order',
  section: '3.1',
  level: 'should',
  requires: 'The packets of a message come in the order of CurPacket.',
  because: 'A reader that appends them as they come joins them wrongly.',
  remedy: 'Send them in order; TCP keeps it.',
  breach: 'the {total} packets came in another order than they count',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { pieces, fragments: total } = turn;
      if (pieces === undefined) return;
      if (pieces.inOrder) judge.obeyed();
      else judge.broken(turn, { total });
    },
  },
  examples: () => ({
    obeys: [inTwoPackets()],
    breaks: [
      example(
        'the second packet first',
        login(),
        client(1, 1020, HALVES[1], { byte12: 2, byte13: 1, sequence: 1 }),
        client(1.1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
        device(1.2, 1021),
      ),
    ],
  }),
});
