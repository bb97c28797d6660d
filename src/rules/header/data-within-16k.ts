import { describeMessage } from '../../../schemas/registry.ts';
import { client, device, example, login } from '../example.ts';
import { LONGEST_DATA } from '../packet-size.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'header/data-within-16k',
  section: '3.1',
  level: 'must',
  // Devices send configurations of 155 kB in one packet (reading notes, 3.1).
  inField: 'note',
  requires: 'The body of a control message is 16 KiB at most; what is longer goes in several packets.',
  because: 'A reader with a buffer of that size cuts it, or gives the connection up.',
  remedy:
    'Send it in several packets (Total Packet), or ask for a part only, as with `Detect.MotionDetect.[0]`.',
  breach: 'the body has {length} bytes',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { length, fragments } = turn;
      const carrier = describeMessage(turn.dialect, turn.header.messageId, turn.from)?.carrier ?? 'json';
      // Files have limits of their own (§5.17); several packets are for fragments/each-within-16k.
      if (carrier !== 'json' || fragments > 1) return;
      if (length <= LONGEST_DATA) judge.obeyed();
      else judge.broken(turn, { length });
    },
  },
  examples: () => ({
    obeys: [example('a short request', login(), client(1, 1006), device(1.1, 1007))],
    breaks: [
      example(
        'a configuration of 20 kB',
        login(),
        client(1, 1042, { Name: 'General.General' }),
        device(1.1, 1043, {
          Name: 'General.General',
          'General.General': { MachineName: 'x'.repeat(20_000) },
        }),
      ),
    ],
  }),
});
