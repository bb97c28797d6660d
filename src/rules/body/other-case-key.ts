import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/other-case-key',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Keys are written in the letter case of the specification.',
  because: 'Some firmware writes a known key in another case; who compares exactly does not find it.',
  remedy: 'Look keys up in any letter case; write them as `dvrscope explain <message>` shows.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a key in small letters',
        login(),
        client(1, 1020, { sessionid: '0x0000000B', SessionID: undefined }),
        device(1.1, 1021),
      ),
    ],
  }),
});
