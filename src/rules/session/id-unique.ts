import type { Asked } from '../../session/exchanges.ts';
import type { Session } from '../../session/session.ts';
import { areTogether, type Moment, momentOf } from '../claims.ts';
import { client, device, EXAMPLE_SESSION, example, login, on } from '../example.ts';
import { isGranted } from '../privilege.ts';
import { rule } from '../rule.ts';

/** Sessions that are remembered of one device, the latest: most devices take ten at once (field notes §4). */
const MOST_IDS = 64;

interface Holder {
  readonly session: Session;
  /** Holes when it was given the id. */
  readonly losses: number;
  /** The login that was given the same id while this session lasted. */
  rival: { readonly at: Asked; readonly moment: Moment } | undefined;
}

interface State {
  /** By id. */
  readonly holders: Map<number, Holder>;
}

export default rule({
  id: 'session/id-unique',
  section: '3.1, 5.1.1',
  level: 'must',
  requires: 'A device gives each session that lives at the same time an id of its own.',
  because: 'A claim names its session by the id: with two of one id, the picture goes to the wrong client.',
  remedy: 'Give out an id again only after its session has ended.',
  breach: 'this login was given the id {id} while session {number} had it and went on',
  scope: 'device',
  state: (): State => ({ holders: new Map() }),
  observes: {
    message(turn, judge) {
      const { session } = turn;
      // In active registration it is the client that gives out ids.
      if (session === undefined || turn.flow.deviceOpened === true) return;
      const { holders } = judge.state;
      const holder = holders.get(session.sessionId);
      if (turn.name === 'LOGIN_RSP' && isGranted(turn)) {
        judge.obeyed();
        if (holder?.session === session) return;
        const rival = holder !== undefined && lives(holder.session, session);
        if (rival && holder !== undefined) holder.rival = { at: turn.cite(), moment: momentOf(turn) };
        else remember(holders, session, judge.losses);
      } else if (holder?.rival !== undefined && holder.session === session && turn.from === 'client') {
        if (areTogether(holder.rival.moment, momentOf(turn))) return;
        const id = `0x${session.sessionId.toString(16).toUpperCase().padStart(8, '0')}`;
        // The logout of the elder may be in a hole.
        judge.missing(holder.rival.at, { id, number: session.number }, holder.losses);
        holder.rival = undefined;
      }
    },
  },
  examples: () => ({
    obeys: [
      example(
        'given out again after a logout',
        login(),
        client(1, 1002),
        device(1.1, 1003),
        on(1, ...login(2)),
      ),
      example(
        'a second session with an id of its own',
        login(),
        secondLogin(0x0c),
        client(2, 1006),
        device(2.1, 1007),
      ),
    ],
    breaks: [
      example(
        'two sessions with one id',
        login(),
        secondLogin(EXAMPLE_SESSION),
        client(2, 1006),
        device(2.1, 1007),
      ),
    ],
  }),
});

/** The session is there still, on another connection to the same port, as far as anybody can see. */
function lives(older: Session, newer: Session): boolean {
  return !older.over && older.closing === undefined && older.device.port === newer.device.port;
}

function remember(holders: Map<number, Holder>, session: Session, losses: number): void {
  const [oldest] = holders.keys();
  if (holders.size >= MOST_IDS && oldest !== undefined) holders.delete(oldest);
  holders.set(session.sessionId, { session, losses, rival: undefined });
}

function secondLogin(id: number) {
  const sessionId = `0x${id.toString(16).padStart(8, '0')}`;
  return on(
    1,
    client(1, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
    device(1.1, 1001, { AliveInterval: 20, SessionID: sessionId }, { sessionId: id }),
  );
}
