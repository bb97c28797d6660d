import { client, device, EXAMPLE_SESSION, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'header/session-id-zero-at-login',
  section: '3.1',
  level: 'must',
  // Mobile clients write 99999 until they have an id (field notes §1).
  inField: 'note',
  requires: 'SESSION ID is 0 in a login request.',
  because: 'There is no session yet: the answer gives its id out.',
  remedy: 'Write 0 until the answer to the login has come.',
  breach: 'the login request carries session id {id}',
  scope: 'flow',
  hears: ['LOGIN_REQ'],
  observes: {
    message(turn, judge) {
      const { sessionId: id } = turn.header;
      if (id === 0) judge.obeyed();
      // Without its body nobody can tell whether it is a login: two dialects number them differently.
      else if (!turn.complete) judge.unsure('gap');
      else judge.broken(turn, { id });
    },
  },
  examples: () => ({
    obeys: [example('a login', login())],
    breaks: [
      example(
        'a login with the number that mobile clients have',
        client(0, 1000, undefined, { sessionId: 99_999 }),
        device(0.1, 1001, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
      ),
    ],
  }),
});
