import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/unknown-key',
  section: '5',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'A body has the keys that a source describes.',
  because: 'No source describes this one; newer firmware has such. Odd, not wrong.',
  remedy: 'Look whether it is a misprint of a known key; else tell us what it means.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example('a key that nobody describes', login(), client(1, 1020, { Mood: 'good' }), device(1.1, 1021)),
    ],
  }),
});
