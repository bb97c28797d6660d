import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/duplicate-key',
  section: '3.1',
  level: 'should',
  exercisedBy: 'json-body',
  requires: 'An object has each of its keys once.',
  because:
    'Programs differ in which of two values they take, so that the sides may understand different things.',
  remedy: 'Send the key once; find out who adds it a second time.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'the name is there twice',
        login(),
        client(1, 1020, '{"Name":"SystemInfo","Name":"SystemInfo","SessionID":"0x0000000B"}'),
        device(1.1, 1021),
      ),
    ],
  }),
});
