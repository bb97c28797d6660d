import { AcceptedPassword } from '../accepted-password.ts';
import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'security/blank-password',
  section: 'field 5, field 9',
  level: 'should',
  severity: 'error',
  requires: 'No login succeeds without a password.',
  because: 'Whoever reaches the port takes over the device.',
  remedy: 'Give the account a password.',
  breach: 'the login of {user} succeeded with an empty password',
  scope: 'flow',
  hears: ['LOGIN_REQ', 'LOGIN_RSP'],
  state: () => new AcceptedPassword('blank'),
  observes: { message: (turn, judge) => judge.state.message(turn, judge) },
  examples: () => ({
    obeys: [
      example('a password', login()),
      example(
        'an empty password that is refused',
        client(0, 1000, { UserName: 'admin', PassWord: 'tlJwpbo6' }),
        device(0.1, 1001, { Ret: 203, SessionID: '0x00000000' }, { sessionId: 0 }),
        login(1),
      ),
    ],
    breaks: [
      example(
        'an empty password',
        client(0, 1000, { UserName: 'admin', PassWord: 'tlJwpbo6' }),
        device(0.1, 1001, { AliveInterval: 20 }),
      ),
    ],
  }),
});
