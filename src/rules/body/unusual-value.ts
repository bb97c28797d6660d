import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/unusual-value',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Values are among those that the specification or the field notes list.',
  because: 'Devices are known to have others here; who knows only the list does not know what is meant.',
  remedy: 'Expect other values in this place; tell us what this one means.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a name that nobody knows',
        login(),
        client(1, 1020, { Name: 'StrangeInfo' }),
        device(1.1, 1021, { Ret: 102 }),
      ),
    ],
  }),
});
