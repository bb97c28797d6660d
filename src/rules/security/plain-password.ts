import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

/** Ways to encrypt that encrypt nothing (field notes §5). */
const NONE: ReadonlySet<string> = new Set(['NONE', '']);

export default rule({
  id: 'security/plain-password',
  section: '5.1.1',
  level: 'should',
  severity: 'error',
  requires: 'No password crosses the network as it is typed.',
  because: 'Whoever sees one packet of it has the password, on this device and wherever else it is used.',
  remedy: 'Log in with EncryptType MD5 at least.',
  breach: 'the login of {user} sends its password as it is (EncryptType {type})',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      const secret = textMember(turn.body, 'PassWord');
      const type = textMember(turn.body, 'EncryptType');
      if (secret === undefined || type === undefined) return;
      if (!NONE.has(type) || secret === '') {
        judge.obeyed();
        return;
      }
      const user = textMember(turn.body, 'UserName') ?? 'an unnamed user';
      judge.broken(turn, { user, type: type === '' ? 'empty' : type }, { path: ['PassWord'] });
    },
  },
  examples: () => ({
    obeys: [example('a hashed password', login())],
    breaks: [
      example(
        'a password in plain text',
        client(0, 1000, { UserName: 'admin', PassWord: 'hunter2-and-more', EncryptType: 'NONE' }),
        device(0.1, 1001, { AliveInterval: 20 }),
      ),
    ],
  }),
});
