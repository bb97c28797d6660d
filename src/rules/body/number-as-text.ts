import { example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/number-as-text',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Numbers are written as JSON numbers.',
  because: 'Some devices put them in quotes; a reader that expects a number fails.',
  remedy: 'Accept both; send numbers without quotes.',
  examples: () => ({
    obeys: [example('a login', login())],
    breaks: [example('a count of channels in quotes', login(0, { ChannelNum: '4' }))],
  }),
});
