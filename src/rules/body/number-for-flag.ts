import { example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/number-for-flag',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Flags are true or false.',
  because: 'Some devices give 0 or 1 instead; a strict reader fails.',
  remedy: 'Accept both; send true and false.',
  examples: () => ({
    obeys: [example('a login', login())],
    breaks: [example('0 for false', login(0, { DataUseAES: 0 }))],
  }),
});
