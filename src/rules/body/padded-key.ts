import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/padded-key',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Keys have no blanks around them; `"DeviceType "` in the login reply alone has one.',
  because: 'Who looks for the key as it is printed does not find it.',
  remedy: 'Look keys up without their blanks; write them without.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a blank behind a key',
        login(),
        client(1, 1020, { 'SessionID ': '0x0000000B', SessionID: undefined }),
        device(1.1, 1021),
      ),
    ],
  }),
});
