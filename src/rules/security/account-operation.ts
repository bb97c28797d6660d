import { client, device, example, login } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

const OPERATIONS: ReadonlySet<string> = new Set([
  'ADDGROUP_REQ',
  'MODIFYGROUP_REQ',
  'DELETEGROUP_REQ',
  'ADDUSER_REQ',
  'MODIFYUSER_REQ',
  'DELETEUSER_REQ',
  'MODIFYPASSWORD_REQ',
]);

export default rule({
  id: 'security/account-operation',
  section: '5.13',
  level: 'advice',
  requires: 'Accounts, groups and passwords stay as they are.',
  because: 'Who changes them decides who gets in; an attacker leaves an account behind.',
  remedy: 'Make sure that the change was meant.',
  breach: '{name}: the device did it',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { asked } = turn;
      if (asked === undefined || turn.from !== 'device' || !isGranted(turn)) return;
      if (OPERATIONS.has(asked.name)) judge.broken(turn, { name: asked.name });
      else judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('accounts are left alone', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [example('a user is added', login(), client(1, 1482), device(1.1, 1483))],
  }),
});
