import { client, device, example, login, type Step } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

/** More refusals than a person with a wrong password in mind makes. */
const REFUSALS = 5;
const WITHIN_SECONDS = 300;

interface State {
  /** When the latest logins were refused, in seconds; the oldest first. */
  readonly times: number[];
}

/** Logins that the device refuses, one each second. */
function refusedLogins(count: number): readonly Step[] {
  return Array.from({ length: count }, (_, i) => [
    client(i, 1000, { UserName: 'admin', PassWord: `attempt${i}` }),
    device(i + 0.1, 1001, { Ret: 203, SessionID: '0x00000000' }, { sessionId: 0 }),
  ]).flat();
}

export default rule({
  id: 'security/repeated-login-failures',
  section: 'field 3.4, field 9',
  level: 'should',
  requires: 'Logins to a device are not refused again and again.',
  because:
    'Somebody is trying passwords; or a client repeats a wrong one, until the device locks the account for all.',
  remedy: 'Find the client. If it is yours, correct its password; if not, keep it away from the port.',
  breach: '{count} logins were refused within {seconds} s',
  scope: 'device',
  hears: ['LOGIN_RSP'],
  state: (): State => ({ times: [] }),
  observes: {
    message(turn, judge) {
      if (turn.ret === undefined) return;
      if (isGranted(turn)) {
        judge.obeyed();
        return;
      }
      const { times } = judge.state;
      times.push(turn.time);
      while (times.length > REFUSALS || turn.time - (times[0] ?? 0) > WITHIN_SECONDS) times.shift();
      if (times.length < REFUSALS) {
        judge.obeyed();
        return;
      }
      judge.broken(turn, { count: times.length, seconds: turn.time - (times[0] ?? 0) });
      times.length = 0;
    },
  },
  examples: () => ({
    obeys: [example('a mistyped password', refusedLogins(2), login(3))],
    breaks: [example('five refusals in a row', refusedLogins(5))],
  }),
});
