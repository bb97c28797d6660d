import { client, device, example, login } from '../example.ts';
import { findingRule } from '../rule.ts';

export default findingRule({
  id: 'body/unknown-return-code',
  section: '6.1',
  level: 'advice',
  exercisedBy: 'json-body',
  requires: 'A return code is one of the table.',
  because:
    'Neither the specification nor any known device explains this code, so that a client can only guess.',
  remedy: 'Send a code of the table; treat codes that are not 100 as failures.',
  examples: () => ({
    obeys: [example('a request for system information', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example('a code that is in no table', login(), client(1, 1020), device(1.1, 1021, { Ret: 999 })),
    ],
  }),
});
