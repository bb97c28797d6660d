import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/missing-key',
  section: '5',
  level: 'must',
  exercisedBy: 'json-body',
  requires: 'A body has every member that its message must have.',
  because: 'Who reads it finds nothing where a value is due, and guesses or fails.',
  remedy: 'Send the member; `dvrscope explain <message>` shows a body that has all.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a PTZ request without its object',
        login(),
        client(1, 1400, { OPPTZControl: undefined }),
        device(1.1, 1401),
      ),
    ],
  }),
});
