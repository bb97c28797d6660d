import { client, device, example, login } from '../example.ts';
import { kindOfPassword } from '../known-passwords.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

interface State {
  /** What the login at hand says of its password. */
  wellKnown: boolean | undefined;
  user: string;
}

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
  state: (): State => ({ wellKnown: undefined, user: '' }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'LOGIN_REQ') {
        const hash = textMember(turn.body, 'PassWord');
        state.wellKnown = hash === undefined ? undefined : kindOfPassword(hash) === 'well-known';
        state.user = textMember(turn.body, 'UserName') ?? 'an unnamed user';
        return;
      }
      const { wellKnown } = state;
      state.wellKnown = undefined;
      if (!isGranted(turn)) return;
      if (wellKnown === undefined) judge.unsure('unreadable');
      else if (wellKnown) judge.broken(turn, { user: state.user });
      else judge.obeyed();
    },
  },
  examples: {
    obeys: [example('a password of its own', login())],
    breaks: [
      example(
        'the password of a default account',
        client(0, 1000, { UserName: 'default', PassWord: 'OxhlwSG8' }),
        device(0.1, 1001, { AliveInterval: 20 }),
      ),
    ],
  },
});
