import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/not-json',
  section: '3.1',
  level: 'must',
  exercisedBy: 'json-body',
  requires: 'The body of a control message is JSON.',
  because: 'It cannot be read at all; a device answers 117 or 103, or nothing.',
  remedy: 'Send one JSON object; where it is encrypted, only after both sides have agreed on it.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a body of plain text',
        login(),
        client(1, 1020, 'SystemInfo'),
        device(1.1, 1021, { Ret: 117 }),
      ),
    ],
  }),
});
