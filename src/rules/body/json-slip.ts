import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/json-slip',
  section: '3.1',
  level: 'should',
  exercisedBy: 'json-body',
  requires: 'The body is JSON to the letter.',
  because: 'It is clear what is meant, but a strict reader refuses the whole message.',
  remedy: 'Write bodies with a JSON library, not by joining texts.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a comma is missing between two members',
        login(),
        client(1, 1020, '{"Name":"SystemInfo" "SessionID":"0x0000000B"}'),
        device(1.1, 1021),
      ),
    ],
  }),
});
