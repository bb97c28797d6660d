import { AcceptedPassword } from '../accepted-password.ts';
import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'security/default-password',
  section: 'field 5, field 9',
  level: 'should',
  severity: 'error',
  requires: 'No login succeeds with a password that devices are sold with.',
  because: 'Whoever reaches the port takes over the device; worms try these passwords first.',
  remedy: 'Give the account a password of its own, and remove built-in accounts where the firmware lets you.',
  breach: 'the login of {user} succeeded with a well-known password',
  scope: 'flow',
  hears: ['LOGIN_REQ', 'LOGIN_RSP'],
  state: () => new AcceptedPassword('well-known'),
  observes: { message: (turn, judge) => judge.state.message(turn, judge) },
  examples: () => ({
    obeys: [example('a password of its own', login())],
    breaks: [
      example(
        'the password of a default account',
        client(0, 1000, { UserName: 'default', PassWord: 'OxhlwSG8' }),
        device(0.1, 1001, { AliveInterval: 20 }),
      ),
    ],
  }),
});
