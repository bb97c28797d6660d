import { client, device, example, login } from '../example.ts';
import { GIVING_REPLIES } from '../giving-replies.ts';
import { rule } from '../rule.ts';

const ENVELOPE: ReadonlySet<string> = new Set(['name', 'ret', 'sessionid']);

/** OK, and the two successes of a search. */
const GIVEN: ReadonlySet<number | undefined> = new Set([100, 110, 111]);

export default rule({
  id: 'return-code/success-carries-data',
  section: '5.2.2, 5.3.2, 5.4, 5.13.2, 6.1',
  level: 'should',
  inField: 'note',
  requires: 'An answer that grants what was asked for carries it, be it null.',
  because:
    'The client is told that all is well and finds nothing; it shows an empty page, or fails where it looks for the object.',
  remedy: 'Answer 607, 119 or another code where there is nothing to give.',
  breach: 'Ret is {ret}, and the answer carries nothing',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { ret, body } = turn;
      if (ret === undefined || !GIVEN.has(ret) || turn.asked === undefined) return;
      if (!GIVING_REPLIES.has(turn.header.messageId)) return;
      if (Object.keys(body).some((key) => !ENVELOPE.has(key.trim().toLowerCase()))) judge.obeyed();
      else judge.broken(turn, { ret });
    },
  },
  examples: () => ({
    obeys: [example('system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a configuration that is not there',
        login(),
        client(1, 1042, { Name: 'General.General' }),
        device(1.1, 1043, { 'General.General': undefined }),
      ),
    ],
  }),
});
