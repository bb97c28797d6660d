import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'header/reply-session-id',
  section: '3.1',
  level: 'must',
  requires: 'The header of an answer carries the id of the session that the request belongs to.',
  because: 'A client with several sessions finds by it which of them is answered.',
  remedy: 'Answer under the id that the login gave out.',
  breach: 'the answer carries session id {id}; the request belongs to {due}',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const due = turn.asked?.session?.sessionId;
      // A login gives the id out: login/gives-session-id.
      if (due === undefined || turn.name === 'LOGIN_RSP') return;
      const id = turn.header.sessionId;
      // A request may have carried a wrong one: header/session-id-carried.
      if (id === due || turn.flow.logins.some(({ sessionId }) => sessionId === id)) judge.obeyed();
      else judge.broken(turn, { id, due });
    },
  },
  examples: () => ({
    obeys: [example('a keepalive and its answer', login(), client(1, 1006), device(1.1, 1007))],
    breaks: [
      example(
        'an answer without the id',
        login(),
        client(1, 1006),
        device(1.1, 1007, { SessionID: '0x0000000B' }, { sessionId: 0 }),
      ),
    ],
  }),
});
