import { countsPackets } from '../../../dissectors/dvrip/fragments.ts';
import { ENVELOPE_MARK } from '../../../dissectors/dvrip/header.ts';
import { client, device, example, login } from '../example.ts';
import { inTwoPackets } from '../fragment-examples.ts';
import { rule } from '../rule.ts';

const BODY = '{"Name":"SystemInfo","SessionID":"0x0000000B"}';

export default rule({
  id: 'fragments/index-below-total',
  section: '3.1',
  level: 'must',
  requires: 'CurPacket counts the packets of a message from 0: it is below Total Packet.',
  because:
    'The packet has no place in the message; a reader that uses the number as an index writes beyond its buffer.',
  remedy: 'Count from 0.',
  breach: 'CurPacket is {index} of {total} packets',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { byte12: total, byte13: index, messageId } = turn.header;
      if (total <= 1 || total === ENVELOPE_MARK || !countsPackets(messageId)) return;
      // A message that was put together of several packets shows their total, and 0.
      if (index < total) judge.obeyed();
      else judge.broken(turn, { index, total });
    },
  },
  examples: () => ({
    obeys: [inTwoPackets()],
    breaks: [
      example(
        'the packets are counted from 1',
        login(),
        client(1, 1020, BODY, { byte12: 2, byte13: 2, sequence: 1 }),
        device(1.2, 1021),
      ),
    ],
  }),
});
