import { nothingAfter, overState } from '../after-session.ts';
import { client, device, EXAMPLE_SESSION, example, login, logout, lost, on } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'session/nothing-after-logout',
  section: '5.1.3',
  level: 'must',
  requires: 'A client asks for nothing more under the id of a session that it has left.',
  because:
    'The id is free: the device refuses, or takes the request for one of the session that has it next.',
  remedy: 'Forget the id with the answer to the logout (1003), on all sockets, and log in anew.',
  breach: '{name}, {seconds} s after the client had logged out of this session',
  scope: 'session',
  state: overState,
  observes: nothingAfter('logged-out', (turn, judge, seconds) =>
    judge.missing(turn, { name: turn.name, seconds }, judge.state.losses),
  ),
  examples: () => ({
    obeys: [example('logged out and gone', login(), logout(1))],
    breaks: [
      example(
        'a request on the socket',
        login(),
        client(1, 1002),
        device(1.1, 1003),
        client(1.2, 1020, undefined, { sessionId: EXAMPLE_SESSION }),
        device(1.3, 1021, { Ret: 105 }),
      ),
    ],
    unsure: [
      example(
        'a new login may be in a gap',
        login(),
        on(1, client(0.5, 1413), device(0.6, 1414)),
        client(1, 1002),
        device(1.1, 1003),
        lost(1.2, 'client', 115),
        lost(1.3, 'device', 148),
        client(5, 1020),
        device(5.1, 1021),
      ),
    ],
  }),
});
