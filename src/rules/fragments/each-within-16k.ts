import { client, device, example, login } from '../example.ts';
import { HALVES, inTwoPackets } from '../fragment-examples.ts';
import { LONGEST_DATA } from '../packet-size.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'fragments/each-within-16k',
  section: '3.1',
  level: 'must',
  // The one client that is known to send such messages fills them with 32 KiB (field notes §1).
  inField: 'note',
  requires: 'Each packet of a message in several carries 16 KiB at most.',
  because: 'That is what the packets are for: a reader with a buffer of that size cuts the rest.',
  remedy: 'Split into packets of 16384 bytes.',
  breach: 'a packet of the message carries {bytes} bytes',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      if (turn.pieces === undefined) return;
      const { longest: bytes } = turn.pieces;
      if (bytes <= LONGEST_DATA) judge.obeyed();
      else judge.broken(turn, { bytes });
    },
  },
  examples: () => ({
    obeys: [inTwoPackets()],
    breaks: [
      example(
        'a request in packets of 20 kB',
        login(),
        client(1, 1020, `${HALVES[0]}${' '.repeat(20_000)}`, { byte12: 2, byte13: 0, sequence: 1 }),
        client(1.1, 1020, HALVES[1], { byte12: 2, byte13: 1, sequence: 1 }),
        device(1.2, 1021),
      ),
    ],
  }),
});
