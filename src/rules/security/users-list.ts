import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';
import { member } from '../turn.ts';

/** The hashes of how many accounts a list shows. */
function hashesIn(users: unknown): number {
  if (!Array.isArray(users)) return 0;
  return users.filter((user) => {
    const hash = member(user, 'Password');
    return typeof hash === 'string' && hash !== '';
  }).length;
}

export default rule({
  id: 'security/users-list',
  section: '5.13, field 9',
  level: 'should',
  requires: 'The list of users does not show the hashes of their passwords.',
  because: 'A hash is as good as the password: whoever reads the list can log in as each of them.',
  remedy: 'Ask for the list inside of a network that you trust only.',
  breach: 'the list of users shows {count} password hashes',
  scope: 'flow',
  hears: ['USERS_GET_RSP'],
  observes: {
    message(turn, judge) {
      if (!turn.readable) {
        judge.unsure('unreadable');
        return;
      }
      const count = hashesIn(member(turn.body, 'Users'));
      if (count === 0) judge.obeyed();
      else judge.broken(turn, { count }, { path: ['Users'] });
    },
  },
  examples: () => ({
    obeys: [example('no users', login(), client(1, 1472), device(1.1, 1473, { Users: [] }))],
    breaks: [
      example(
        'a list with hashes',
        login(),
        client(1, 1472),
        device(1.1, 1473, {
          Users: [
            {
              AuthorityList: ['Monitor_01'],
              Group: 'user',
              Memo: '',
              Name: 'guest',
              Password: 'kHj3x8Qa',
              Reserved: false,
              Sharable: true,
            },
          ],
        }),
      ),
    ],
  }),
});
