import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/unusual-form',
  section: 'field 2',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'Dates, addresses and the like are written in their usual form.',
  because:
    'A text in another form, such as a date without its time, is misread by who cuts it at fixed places.',
  remedy: 'Write it as `dvrscope explain <object>` shows.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a time in words',
        login(),
        client(1, 1452, { Name: 'OPTimeQuery' }),
        device(1.1, 1453, { OPTimeQuery: 'at noon' }),
      ),
    ],
  }),
});
