import { example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/null',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'A member that is there has a value.',
  because: 'Devices say by null that they have none; a reader that does not expect it fails.',
  remedy: 'Accept null as no value; leave the member out where there is nothing to say.',
  examples: () => ({
    obeys: [example('a login', login())],
    breaks: [example('a count of channels that is null', login(0, { ChannelNum: null }))],
  }),
});
