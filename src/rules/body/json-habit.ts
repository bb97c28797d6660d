import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/json-habit',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Nothing follows the last member of an object, and nothing but LF and NUL the object.',
  because:
    'Devices write a comma behind the last member, or stray bytes behind the end; clients read over it, a strict JSON reader does not.',
  remedy: 'Read such bodies tolerantly, and do not write them.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a comma behind the last member',
        login(),
        client(1, 1020, '{"Name":"SystemInfo","SessionID":"0x0000000B",}'),
        device(1.1, 1021),
      ),
    ],
  }),
});
