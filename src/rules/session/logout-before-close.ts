import type { Asked } from '../../session/exchanges.ts';
import type { Session } from '../../session/session.ts';
import { client, closed, device, example, login, logout, lost } from '../example.ts';
import { rule } from '../rule.ts';

interface State {
  session: Session | undefined;
  /** What the client said last on the socket of its login, and the holes until then. */
  last: Asked | undefined;
  losses: number;
}

export default rule({
  id: 'session/logout-before-close',
  section: '5.1.3',
  // Many clients just close, and devices notice.
  level: 'advice',
  requires: 'A client logs out before it closes the connection of its login.',
  because:
    'A device that misses the close keeps the session until AliveInterval is over, and counts it as a user.',
  remedy: 'Send LOGOUT_REQ (1002), wait for the answer, and close.',
  breach: 'the client closed the connection without having logged out',
  scope: 'flow',
  state: (): State => ({ session: undefined, last: undefined, losses: 0 }),
  observes: {
    message(turn, judge) {
      if (turn.session?.loginFlow !== turn.flow.number) return;
      const { state } = judge;
      state.session = turn.session;
      if (turn.from !== 'client' && state.last !== undefined) return;
      state.last = turn.cite();
      state.losses = judge.losses;
    },
    end(judge) {
      const { session, last, losses } = judge.state;
      if (session?.closing?.by !== 'client' || last === undefined) return;
      if (session.state === 'cut') judge.missing(last, {}, losses);
      else if (session.state === 'logged-out') judge.obeyed();
    },
  },
  examples: () => ({
    obeys: [example('logged out, then closed', login(), logout(1))],
    breaks: [example('closed at once', login(), client(1, 1020), device(1.1, 1021), closed(2, 'client'))],
    unsure: [
      example(
        'the logout may be in a gap',
        login(),
        client(1, 1020),
        device(1.1, 1021),
        lost(2, 'client', 64),
        closed(3, 'client'),
      ),
    ],
  }),
});
