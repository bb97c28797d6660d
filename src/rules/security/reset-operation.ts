import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { member, type Turn, textMember } from '../turn.ts';

/** What a request would wipe out; undefined for all else. */
function wipedBy(turn: Turn): string | undefined {
  if (turn.name === 'SYSMANAGER_REQ') {
    const reset = member(turn.body, 'OPDefaultConfig');
    if (typeof reset === 'object' && reset !== null) {
      const parts = Object.entries(reset).filter(([, chosen]) => chosen === true);
      return parts.length === 0 ? undefined : `the settings (${parts.map(([part]) => part).join(', ')})`;
    }
    return textMember(turn.body, 'OPLogManager', 'Action') === 'RemoveAll' ? 'the log' : undefined;
  }
  return textMember(turn.body, 'OPStorageManager', 'Action') === 'Clear' ? 'the recordings' : undefined;
}

export default rule({
  id: 'security/reset-operation',
  section: '5.11, 5.12',
  level: 'advice',
  severity: 'warning',
  requires: 'Settings, recordings and the log are not wiped out.',
  because: 'A reset brings default passwords back; cleared recordings and logs are how traces are removed.',
  remedy: 'Make sure that it was meant.',
  breach: 'somebody asked to wipe out {what}',
  scope: 'flow',
  hears: ['SYSMANAGER_REQ', 'DISKMANAGER_REQ'],
  observes: {
    message(turn, judge) {
      const what = wipedBy(turn);
      if (what === undefined) judge.obeyed();
      else judge.broken(turn, { what });
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the clock is set',
        login(),
        client(1, 1450, { Name: 'OPTimeSetting', OPTimeSetting: '2026-11-22 10:00:00' }),
        device(1.1, 1451, { Name: 'OPTimeSetting' }),
      ),
    ],
    breaks: [
      example(
        'a disk is cleared',
        login(),
        client(1, 1460, {
          Name: 'OPStorageManager',
          OPStorageManager: { Action: 'Clear', PartNo: 0, SerialNo: 0, Type: 'Data' },
        }),
        device(1.1, 1461, { Name: 'OPStorageManager' }),
      ),
    ],
  }),
});
