import { client, device, EXAMPLE_SESSION, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'login/once-per-socket',
  section: '4.1.1, field 4',
  level: 'advice',
  requires: 'A client logs in once on a connection, until it has logged out.',
  because: 'A device answers a second login with the id of the first: what looks like two sessions is one.',
  remedy: 'Log out first, or open another connection.',
  breach: 'a login on a connection that is logged in already',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      if (turn.flow.logins.at(-1)?.state !== 'logged-in') judge.obeyed();
      // The answer may have been captured before the request.
      else if (turn.pairDoubt !== undefined) judge.unsure(turn.pairDoubt);
      else judge.broken(turn, {});
    },
  },
  examples: () => ({
    obeys: [
      example('one login', login()),
      example('again after a logout', login(), client(1, 1002), device(1.1, 1003), login(2)),
    ],
    breaks: [
      example(
        'a second login',
        login(),
        client(1, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
        device(1.1, 1001, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
      ),
    ],
  }),
});
