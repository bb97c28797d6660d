import { describeMessage } from '../../../schemas/registry.ts';
import { client, device, example, login, lost, refusedLogin } from '../example.ts';
import { needsLogin } from '../privilege.ts';
import { rule } from '../rule.ts';

export default rule({
  id: 'login/before-requests',
  section: '4.1.1, 5.1.1',
  level: 'must',
  requires: 'A client logs in, and waits to be let in, before it asks for anything that needs a session.',
  because: 'A device leaves such a request without an answer, or refuses it with 103 or 105.',
  remedy: 'Send the login (1000) first, and what needs a session once its answer says 100.',
  breach: '{name} before a login was accepted on this connection, and without the id of another login',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { messageId } = turn.header;
      if (turn.from !== 'client' || turn.name === 'LOGIN_REQ' || turn.flow.protocol !== 'tcp') return;
      if (!needsLogin(messageId)) return;
      if (describeMessage(turn.dialect, messageId, 'client')?.reply === undefined) return;
      const { session } = turn;
      if (session !== undefined) {
        if (session.loginFlow === 0) judge.unsure('began-before');
        else judge.obeyed();
      } else if (turn.flow.logins.length === 0) {
        judge.missing(turn, { name: turn.name }, 0);
      }
    },
  },
  examples: () => ({
    obeys: [example('the login, then a request', login(), client(1, 1020), device(1.1, 1021))],
    breaks: [
      example(
        'a request first',
        client(0, 1020, undefined, { sessionId: 0 }),
        device(0.1, 1021, { Ret: 105 }, { sessionId: 0 }),
        login(1),
      ),
      example(
        'a request after a login that was refused',
        refusedLogin(),
        client(1, 1020, undefined, { sessionId: 0 }),
        device(1.1, 1021, { Ret: 105 }, { sessionId: 0 }),
      ),
    ],
    unsure: [
      example(
        'the login may be in a gap',
        lost(0, 'client', 115),
        lost(0.1, 'device', 148),
        client(1, 1020, undefined, { sessionId: 0 }),
        device(1.1, 1021, undefined, { sessionId: 0 }),
      ),
    ],
  }),
});
