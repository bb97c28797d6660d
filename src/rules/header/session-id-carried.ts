import { isSessionId } from '../../session/session-table.ts';
import { client, device, example, login, lost, on } from '../example.ts';
import { watches } from '../media-examples.ts';
import { CLAIMS } from '../media-requests.ts';
import { type Judge, rule } from '../rule.ts';
import type { Turn } from '../turn.ts';

const BREACH = 'the header carries session id {id}; on this connection it is {due}';

interface State {
  /** The id that a login gave out here, or that the socket was claimed with; 0 = none. */
  due: number;
  /** Holes until it was last seen: a login in a later one may have given out another. */
  losses: number;
}

function look(turn: Turn, judge: Judge<typeof BREACH, State>): void {
  const { state, losses } = judge;
  const { due } = state;
  const id = turn.header.sessionId;
  if (due === 0) return;
  if (id === due) {
    state.losses = losses;
    judge.obeyed();
  } else if (losses > state.losses) {
    judge.unsure('gap');
  } else {
    judge.broken(turn, { id, due });
  }
}

/** What a message changes: whose the connection is. */
function follow(turn: Turn, judge: Judge<typeof BREACH, State>): void {
  const { state, losses } = judge;
  const { session, name, header } = turn;
  if (name === 'LOGIN_RSP') {
    if (session !== undefined && session.state !== 'refused') state.due = session.sessionId;
    state.losses = losses;
  } else if (name === 'LOGIN_REQ' || name === 'LOGOUT_RSP' || name === 'FORCELOGOUT_REQ') {
    state.due = 0;
  } else if (state.due === 0 && isSessionId(header.sessionId) && CLAIMS.some((claim) => claim === name)) {
    state.due = header.sessionId;
    state.losses = losses;
  }
}

export default rule({
  id: 'header/session-id-carried',
  section: '3.1, 3.2',
  level: 'must',
  requires:
    'After the login both sides write the id of the session into the header of every message, media included.',
  because:
    'The id is what says whose request it is; a device may answer 103 or 105, or nothing, or act for another session.',
  remedy: 'Take the id from the answer to the login, and write it into every header until the logout.',
  breach: BREACH,
  scope: 'flow',
  steady: 'each',
  state: (): State => ({ due: 0, losses: 0 }),
  observes: {
    message(turn, judge) {
      // An answer goes by its request: header/reply-session-id.
      const own = turn.asked === undefined && turn.name !== 'LOGIN_REQ' && turn.name !== 'LOGIN_RSP';
      if (own) look(turn, judge);
      follow(turn, judge);
    },
    media: look,
  },
  examples: () => ({
    obeys: [
      example('a keepalive in the session', login(), client(1, 1006), device(1.1, 1007)),
      example('live view in the session', login(), watches(1)),
    ],
    breaks: [
      example(
        'a keepalive without the id',
        login(),
        client(1, 1006, undefined, { sessionId: 0 }),
        device(1.1, 1007),
      ),
      example(
        'a picture under the id of another session',
        login(),
        watches(1),
        on(1, device(2, 1412, 500, { sessionId: 0 })),
      ),
    ],
    unsure: [
      example(
        'a second login may be in a gap',
        login(),
        client(1, 1006),
        device(1.1, 1007),
        lost(2, 'client', 150),
        lost(2.1, 'device', 150),
        client(3, 1006, undefined, { sessionId: 12 }),
        device(3.1, 1007, undefined, { sessionId: 12 }),
      ),
    ],
  }),
});
