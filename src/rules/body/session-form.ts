import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/session-form',
  section: '5.1.1',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'The session id in a body is written as 0x and eight digits.',
  because: 'It names the right session, but who compares texts does not see it.',
  remedy: 'Write `0x%08X`; compare session ids as numbers.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example('an id without its zeros', login(), client(1, 1006, { SessionID: '0xb' }), device(1.1, 1007)),
    ],
  }),
});
