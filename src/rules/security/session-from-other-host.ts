import { client, device, example, login, on } from '../example.ts';
import { rule } from '../rule.ts';

/** More sockets than clients open for one session. */
const MOST_FLOWS = 256;

interface State {
  /** Numbers of the flows: one or two as a rule, so no Set. */
  readonly seen: number[];
}

export default rule({
  id: 'security/session-from-other-host',
  section: '3.1, field 4',
  level: 'should',
  requires: 'Only the host that logged in uses the id of the session.',
  because:
    'Ids are small numbers that count up: somebody who guesses one watches, or controls, without a password.',
  remedy: 'Find out who the other host is; a client behind two addresses may be harmless.',
  breach: 'a connection from another host than that of the login uses session {session}',
  scope: 'session',
  state: (): State => ({ seen: [] }),
  observes: {
    message(turn, judge) {
      const { session, flow, from } = turn;
      const { seen } = judge.state;
      if (
        session === undefined ||
        from !== 'client' ||
        seen.includes(flow.number) ||
        seen.length >= MOST_FLOWS
      ) {
        return;
      }
      seen.push(flow.number);
      if (session.loginFlow === 0) judge.unsure('began-before');
      else if (flow.isFromHostOf(session)) judge.obeyed();
      // The login of this connection, or what shows who is the device, may be in a hole.
      else if (!flow.whole) judge.unsure('gap');
      else judge.broken(turn, { session: `0x${session.sessionId.toString(16)}` });
    },
  },
  examples: () => ({
    obeys: [example('a second socket of the same host', login(), on(1, client(1, 1413), device(1.1, 1414)))],
    breaks: [
      {
        ...example('a stranger claims', login(), on(1, client(1, 1413), device(1.1, 1414))),
        strangerOn: [1],
      },
    ],
  }),
});
