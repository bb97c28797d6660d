import { example, specLogin } from '../example.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

/** The element of §5.1.1 has `None | 3DES`, its example MD5, that of §5.1.2 NONE. */
const OF_THE_TEXT: ReadonlySet<string> = new Set(['None', 'NONE', '3DES', 'MD5']);

export default rule({
  id: 'login/encrypt-type',
  section: '5.1.1',
  level: 'must',
  // Newer firmware asks for more (field notes §5, §8).
  inField: 'off',
  requires: 'EncryptType names a form of the password that the specification has: NONE, 3DES or MD5.',
  because: 'A device that was built by the text cannot check a password in another form.',
  remedy: 'Use MD5 with devices that offer nothing else.',
  breach: 'the password has the form {form}, which the specification does not have',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      const form = textMember(turn.body, 'EncryptType');
      if (form === undefined) return;
      if (OF_THE_TEXT.has(form)) judge.obeyed();
      else judge.broken(turn, { form }, { path: ['EncryptType'] });
    },
  },
  examples: () => ({
    obeys: [{ ...example('the hash of the example', specLogin({ EncryptType: 'MD5' })), spec: true }],
    breaks: [{ ...example('a token', specLogin({ EncryptType: 'TOKEN' })), spec: true }],
  }),
});
