import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/wrong-value',
  section: '5',
  level: 'must',
  exercisedBy: 'json-body',
  requires: 'Each value is one of those that the specification allows.',
  because: 'The other side does not know what is asked for: it answers 103, or does something else.',
  remedy: 'Send one of the values that `dvrscope explain <message>` shows.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'an action that nobody knows',
        login(),
        client(1, 1520, { OPSystemUpgrade: { Action: 'Dance', Type: 'System' } }),
        device(1.1, 1521, { Ret: 103 }),
      ),
    ],
  }),
});
