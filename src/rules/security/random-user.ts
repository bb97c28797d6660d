import { client, device, example, login } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'security/random-user',
  section: 'field 8',
  level: 'should',
  severity: 'error',
  requires: 'No device gives out an account to somebody who has not logged in.',
  because:
    'The answer is locked with the serial number alone, which the device tells to everybody on the network.',
  remedy: 'Update the firmware; keep the device away from networks that you do not trust.',
  breach: 'the device gave out an account (RANDOM_USER) on a connection without a login',
  scope: 'flow',
  hears: ['RANDOM_USER_RSP'],
  observes: {
    message(turn, judge) {
      if (!isGranted(turn) || turn.flow.logins.length > 0) judge.obeyed();
      else if (!turn.flow.fromStart) judge.unsure('began-before');
      else judge.broken(turn, {});
    },
  },
  examples: () => ({
    obeys: [
      example(
        'refused',
        client(0, 1660, { Name: 'GetRandomUser' }, { sessionId: 0 }),
        device(0.1, 1661, { Name: 'GetRandomUser', Ret: 102 }, { sessionId: 0 }),
        login(1),
      ),
    ],
    breaks: [
      example(
        'given to anybody',
        client(0, 1660, { Name: 'GetRandomUser' }, { sessionId: 0 }),
        device(0.1, 1661, { Name: 'GetRandomUser' }, { sessionId: 0 }),
      ),
    ],
  }),
});
