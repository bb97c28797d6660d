import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/wrong-type',
  section: '5',
  level: 'must',
  exercisedBy: 'json-body',
  requires: 'Each value has the type that the specification and all known devices give it.',
  because: 'A reader that expects a number fails on an object, or takes 0 for it.',
  remedy: 'Send the type that `dvrscope explain <message>` shows.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a PTZ object that is a text',
        login(),
        client(1, 1400, { OPPTZControl: 'DirectionUp' }),
        device(1.1, 1401),
      ),
    ],
  }),
});
