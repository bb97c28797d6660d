import { client, device, example, login } from '../example.ts';
import { kindOfPassword } from '../known-passwords.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

interface State {
  blank: boolean | undefined;
  user: string;
}

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
  state: (): State => ({ blank: undefined, user: '' }),
  observes: {
    message(turn, judge) {
      const { state } = judge;
      if (turn.name === 'LOGIN_REQ') {
        const hash = textMember(turn.body, 'PassWord');
        state.blank = hash === undefined ? undefined : kindOfPassword(hash) === 'blank';
        state.user = textMember(turn.body, 'UserName') ?? 'an unnamed user';
        return;
      }
      const { blank } = state;
      state.blank = undefined;
      if (!isGranted(turn)) return;
      if (blank === undefined) judge.unsure('unreadable');
      else if (blank) judge.broken(turn, { user: state.user });
      else judge.obeyed();
    },
  },
  examples: {
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
  },
});
