import { describeMessage } from '../../../schemas/registry.ts';
import { client, device, example, login, on } from '../example.ts';
import { rule } from '../rule.ts';

/** Rules of their own watch over these. */
const ELSEWHERE: ReadonlySet<string> = new Set(['KEEPALIVE_REQ', 'LOGOUT_REQ']);

export default rule({
  id: 'direction/control-on-control-socket',
  section: '4.1.1, 4.8.1, 4.9.1, 4.11.1',
  level: 'should',
  // Devices take a request on any socket that carries the id.
  inField: 'note',
  requires:
    'Requests travel on the connection of the login; a claimed socket carries its claim and media only.',
  because:
    'Answers wait behind the media, and the connection is no longer free to be closed at the end of the stream.',
  remedy: 'Send on the claimed socket nothing but the claim.',
  breach: '{name} on flow {flow}; the login was on flow {loginFlow}',
  scope: 'session',
  observes: {
    message(turn, judge) {
      const { name, from, dialect, header, session } = turn;
      if (from !== 'client' || name.endsWith('_CLAIM') || ELSEWHERE.has(name)) return;
      if (describeMessage(dialect, header.messageId, from)?.reply === undefined) return;
      const loginFlow = session?.loginFlow ?? 0;
      const { number: flow, whole } = turn.flow;
      if (loginFlow === 0) judge.unsure('began-before');
      else if (flow === loginFlow) judge.obeyed();
      // The login of this connection may be in a hole.
      else if (!whole) judge.unsure('gap');
      else judge.broken(turn, { name, flow, loginFlow });
    },
  },
  examples: () => ({
    obeys: [
      example(
        'the claim on a socket of its own, the rest on that of the login',
        login(),
        on(1, client(1, 1413), device(1.1, 1414)),
        client(2, 1020),
        device(2.1, 1021),
      ),
    ],
    breaks: [
      example(
        'a question on the claimed socket',
        login(),
        on(1, client(1, 1413), device(1.1, 1414), client(2, 1020), device(2.1, 1021)),
      ),
    ],
    unsure: [example('the login was not captured', client(1, 1020), device(1.1, 1021))],
  }),
});
