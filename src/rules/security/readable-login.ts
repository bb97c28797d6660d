import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

export default rule({
  id: 'security/readable-login',
  section: '5.1.1, field 5',
  level: 'advice',
  requires: 'Nobody on the way can read what a login shows.',
  because: 'The hash is as good as the password: it can be sent again, and RTSP and HTTP take it too.',
  remedy: 'Keep the port inside of a network that you trust, or in a VPN; newer firmware encrypts the login.',
  breach: 'the login of {user} shows a password hash that can be sent again',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      if (turn.encrypted) {
        judge.obeyed();
        return;
      }
      const secret = textMember(turn.body, 'PassWord');
      if (secret === undefined) judge.unsure('unreadable');
      else
        judge.broken(
          turn,
          { user: textMember(turn.body, 'UserName') ?? 'an unnamed user' },
          { path: ['PassWord'] },
        );
    },
  },
  examples: () => ({
    obeys: [
      example(
        'a login in an envelope',
        client(0, 1000, `${'QUJDREVGR0hJSktMTU5PUA'}==\0`, { byte12: 0x63 }),
        device(0.1, 1001),
      ),
    ],
    breaks: [example('an ordinary login', login())],
  }),
});
