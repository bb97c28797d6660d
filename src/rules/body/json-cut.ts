import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/json-cut',
  section: '3.1',
  level: 'must',
  exercisedBy: 'json-body',
  requires: 'The JSON of a body is whole when its bytes are.',
  because:
    'The sender cut its own text, as with a buffer that is too small: members at the end are missing without a sign.',
  remedy: 'Make the buffer as large as the body; send Data Length of the whole text.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'the last brace is missing',
        login(),
        client(1, 1020, '{"Name":"SystemInfo","SessionID":"0x0000000B"'),
        device(1.1, 1021),
      ),
    ],
  }),
});
