import { example, specLogin } from '../example.ts';
import { rule } from '../rule.ts';
import { textMember } from '../turn.ts';

const OF_THE_TEXT: ReadonlySet<string> = new Set([
  ...['GUI', 'Console', 'DVRIP-Web', 'DVRIP-SNS', 'DVRIP-Mobile', 'DVRIP-Server', 'DVRIP-Upgrade'],
  ...['DVRIP-AutoSearch', 'DVRIP-NetKeyboard'],
]);

export default rule({
  id: 'login/login-type',
  section: '5.1.1',
  level: 'must',
  // Every maker of clients has a name of its own (field notes §5).
  inField: 'off',
  requires: 'LoginType names a kind of client that the specification lists.',
  because: 'A device may give rights and count its users by it.',
  remedy: 'Log in as DVRIP-Web, or as what your client is in the list of §5.1.1.',
  breach: 'the client calls itself {type}, which the specification does not list',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      const type = textMember(turn.body, 'LoginType');
      if (type === undefined) return;
      if (OF_THE_TEXT.has(type)) judge.obeyed();
      else judge.broken(turn, { type }, { path: ['LoginType'] });
    },
  },
  examples: () => ({
    obeys: [{ ...example('a web client', specLogin({ LoginType: 'DVRIP-Web' })), spec: true }],
    breaks: [{ ...example('a mobile app', specLogin({ LoginType: 'DVRIP-XmEye' })), spec: true }],
  }),
});
