import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/other-session',
  section: '3.1',
  level: 'must',
  exercisedBy: 'json-body',
  requires: 'The session id in a body is that of its header.',
  because: 'The two name different sessions, and devices differ in which they believe.',
  remedy: 'Write both from the one id that the answer to the login gave.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'the id of another session in the body',
        login(),
        client(1, 1006, { SessionID: '0x0000000C' }),
        device(1.1, 1007),
      ),
    ],
  }),
});
