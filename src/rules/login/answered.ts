import { answersTo, awaitingState } from '../awaiting.ts';
import { client, closed, example, login, lost, refusedLogin } from '../example.ts';
import { rule } from '../rule.ts';

/** A device may ask others whether it knows the account. */
const OVERDUE_SECONDS = 60;

export default rule({
  id: 'login/answered',
  section: '4.1.1, 5.1.1',
  level: 'must',
  requires: 'A login is answered, be it accepted or refused.',
  because: 'A client that hears nothing cannot tell a wrong password from a device that hangs.',
  remedy: 'Answer every login (1000) with 1001 and a Ret that says why it is refused.',
  breach: 'the login got no answer in {waited} s',
  scope: 'flow',
  state: awaitingState,
  observes: answersTo({
    wants: ({ name }) => name === 'LOGIN_REQ',
    overdue: OVERDUE_SECONDS,
    unanswered: (asked, waited, since, judge) => judge.missing(asked, { waited }, since),
  }),
  examples: () => ({
    obeys: [example('accepted', login()), example('refused', refusedLogin())],
    breaks: [
      example(
        'the device hangs up without a word',
        client(0, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
        closed(30, 'device'),
      ),
    ],
    unsure: [
      example('the capture ends', client(0, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' })),
      example(
        'the answer may be in a gap',
        client(0, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
        lost(0.1, 'device', 148),
        closed(30, 'device'),
      ),
    ],
  }),
});
