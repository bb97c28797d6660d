import { client, device, example, login, lost } from '../example.ts';
import { HALVES, inTwoPackets } from '../fragment-examples.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'framing/missing-fragments',
  section: '3.1',
  level: 'should',
  exercisedBy: 'fragmented',
  requires:
    'A message in several packets comes whole: each index from 0 to Total Packet - 1, once, and under one total.',
  because: 'Who joins the packets waits for ever, or joins pieces that do not belong together.',
  remedy: 'Send every piece before the next message; do not start it over in the middle.',
  doubt: (_, { losses, closedFirst, pieces, wentOn }) => {
    if (losses > 0) return 'gap';
    if (pieces?.state === 'let-go') return 'evicted';
    return pieces?.state === 'awaited' && !closedFirst && !wentOn ? 'ended' : undefined;
  },
  examples: () => ({
    obeys: [inTwoPackets()],
    breaks: [
      example(
        'a piece that comes twice',
        login(),
        client(1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
        client(1.1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 2 }),
        client(1.2, 1020, HALVES[1], { byte12: 2, byte13: 1, sequence: 2 }),
        device(1.3, 1021),
        device(1.4, 1021),
      ),
      example(
        'another answer comes in the place of the second packet',
        login(),
        client(1, 1020),
        device(1.1, 1021, '{"Name":"SystemInfo",', { byte12: 2, byte13: 0 }),
        client(2, 1006),
        device(2.1, 1007),
      ),
    ],
    unsure: [
      example(
        'the capture ends before the second packet',
        login(),
        client(1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
      ),
      example(
        'the second packet may be in a gap',
        login(),
        client(1, 1020, HALVES[0], { byte12: 2, byte13: 0, sequence: 1 }),
        lost(1.1, 'client', 46),
        client(2, 1006),
        device(2.1, 1007),
      ),
    ],
  }),
});
