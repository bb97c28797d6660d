import { countsPackets } from '../../../dissectors/dvrip/fragments.ts';
import { ENVELOPE_MARK } from '../../../dissectors/dvrip/header.ts';
import { client, device, example, specLogin } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'header/total-packet',
  section: '3.1',
  level: 'must',
  // Of mobile clients 99 is a mark that devices know (field notes §1).
  inField: 'off',
  requires: 'Total Packet is 0 or 1 in a message of one packet.',
  because: 'Who goes by the specification waits for the other packets, which never come.',
  remedy: 'Write 0 or 1; 99 marks a body as encrypted for newer devices only.',
  breach: 'Total Packet is {total}, and there is one packet only',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { byte12: total, messageId } = turn.header;
      if (turn.fragments > 1 || !countsPackets(messageId)) return;
      if (total <= 1) judge.obeyed();
      // Of other totals one packet makes a message that lacks some, or fragments/index-below-total.
      else if (total === ENVELOPE_MARK) judge.broken(turn, { total });
    },
  },
  examples: () => ({
    obeys: [
      {
        ...example('0, and 1', specLogin(), client(1, 1005), device(1.1, 1006, undefined, { byte12: 1 })),
        spec: true,
      },
    ],
    breaks: [
      {
        ...example(
          'the mark of a mobile client',
          specLogin(),
          client(1, 1005, undefined, { byte12: ENVELOPE_MARK }),
          device(1.1, 1006),
        ),
        spec: true,
      },
    ],
  }),
});
