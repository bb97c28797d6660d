import { nothingAfter, overState } from '../after-session.ts';
import { client, closed, device, example, login, lost } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'session/nothing-after-forced-logout',
  section: '5.1.3',
  level: 'must',
  requires: 'A client that the device has logged out asks for nothing more under the id of that session.',
  because: 'The session is gone: the client works on without noticing that nothing is done any more.',
  remedy: 'Answer FORCELOGOUT_REQ (1004) with 1005, tell the user, and log in anew.',
  breach: '{name}, {seconds} s after the device had ended this session',
  scope: 'session',
  state: overState,
  observes: nothingAfter('forced-out', (turn, judge, seconds) =>
    judge.missing(turn, { name: turn.name, seconds }, judge.state.losses),
  ),
  examples: () => ({
    obeys: [
      example(
        'the client agrees, and the device hangs up',
        login(),
        device(1, 1004),
        client(1.1, 1005),
        closed(1.2, 'device'),
      ),
    ],
    breaks: [
      example(
        'the client goes on',
        login(),
        device(1, 1004),
        client(1.1, 1005),
        client(2, 1020),
        device(2.1, 1021, { Ret: 105 }),
      ),
    ],
    unsure: [
      example(
        'a new login may be in a gap',
        login(),
        device(1, 1004),
        client(1.1, 1005),
        lost(1.2, 'client', 115),
        lost(1.3, 'device', 148),
        client(2, 1020),
        device(2.1, 1021),
      ),
    ],
  }),
});
