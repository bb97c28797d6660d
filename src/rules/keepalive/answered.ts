import { answersTo, awaitingState } from '../awaiting.ts';
import { client, device, example, login, lost } from '../example.ts';
import { PATIENCE_SECONDS } from '../patience.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'keepalive/answered',
  section: '5.1.4',
  level: 'must',
  requires: 'A device answers every keepalive.',
  because: 'The answer is how a client knows that the device is still there.',
  remedy: 'Answer KEEPALIVE_REQ (1006) with 1007 at once, whatever else is going on.',
  breach: 'the keepalive got no answer in {waited} s',
  scope: 'flow',
  state: awaitingState,
  observes: answersTo({
    wants: ({ name }) => name === 'KEEPALIVE_REQ',
    overdue: PATIENCE_SECONDS,
    unanswered: (asked, waited, since, judge) => judge.missing(asked, { waited }, since),
  }),
  examples: () => ({
    obeys: [example('answered', login(), client(18, 1006), device(18.1, 1007))],
    breaks: [
      example(
        'the second one is not',
        login(),
        client(10, 1006),
        device(10.1, 1007),
        client(20, 1006),
        client(30, 1006),
        device(30.1, 1007),
        client(40, 1006),
        device(40.1, 1007),
      ),
    ],
    unsure: [
      example('the capture ends', login(), client(18, 1006)),
      example(
        'the answer may be in a gap',
        login(),
        client(18, 1006),
        lost(18.1, 'device', 87),
        client(36, 1006),
        device(36.1, 1007),
      ),
    ],
  }),
});
