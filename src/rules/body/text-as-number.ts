import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/text-as-number',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Texts are written as JSON texts.',
  because: 'Some devices give a number where a text belongs; a reader that expects a text fails.',
  remedy: 'Accept both; send texts in quotes.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a name that is a number',
        login(),
        client(1, 1020, { Name: 7 }),
        device(1.1, 1021, { Ret: 102 }),
      ),
    ],
  }),
});
