import { saysDone } from '../../schemas/return-codes.ts';
import { PROTOCOL_TCP, type Side } from '../reassembly/flow.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import { addToLogin, type LoginRequest, readLoginReply, startLogin } from './login.ts';
import type { Message } from './message.ts';
import { QUEUE_JITTER_SECONDS } from './queue-jitter.ts';
import type { ClientEvidence, Session } from './session.ts';
import { isSessionId, type SessionTable } from './session-table.ts';

/** Says which session each message belongs to, and follows how sessions begin and end (§4.1, §5.1). */
export class SessionTracker {
  readonly #table: SessionTable;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  /** The session of a message, which is counted there; undefined for none. Sets `message.belongsTo`. */
  assign(dvrip: DvripFlow, message: Message): Session | undefined {
    const session = this.#sessionOf(dvrip, message);
    message.belongsTo = session;
    if (session === undefined) return undefined;
    session.take(message);
    if (!message.media) this.#follow(dvrip, session, message);
    return session;
  }

  /** Number of the session that a message with this id will belong to, as far as is known; 0 = none. */
  expected(dvrip: DvripFlow, sessionId: number): number {
    if (sessionId === dvrip.sessionId && dvrip.current !== undefined) return dvrip.current.number;
    if (!isSessionId(sessionId)) return 0;
    return this.#table.find(dvrip.flow, deviceSideOf(dvrip), sessionId)?.number ?? 0;
  }

  /** Nothing more will come of the flow. */
  flowEnded(dvrip: DvripFlow): void {
    const { flow, deviceSide, closedBy } = dvrip;
    if (flow.reset || closedBy !== -1) {
      const closer = closedBy === deviceSide ? 'device' : 'client';
      const by = closedBy === -1 ? 'reset' : closer;
      for (const session of dvrip.logins) {
        session.controlClosed(flow.endSeconds, flow.endNanoseconds, by);
      }
    }
    for (const session of dvrip.sessions) this.#leave(session);
    dvrip.sessions.clear();
  }

  /** One flow fewer carries the session. */
  #leave(session: Session): void {
    session.openFlows -= 1;
    if (session.openFlows === 0 || session.over) this.#table.ended(session);
  }

  #sessionOf(dvrip: DvripFlow, message: Message): Session | undefined {
    const { sessionId } = message.header;
    const { current } = dvrip;
    const same = sessionId === dvrip.sessionId ? current : undefined;
    if (same !== undefined && message.media) return same;
    if (message.name === 'LOGIN_RSP') return this.#loginAnswered(dvrip, message);
    if (message.name === 'LOGIN_REQ') {
      this.#beforeLogin(dvrip, message);
      return undefined;
    }
    if (same !== undefined) return same;
    if (isSessionId(sessionId)) return this.#byId(dvrip, message, sessionId);
    // Some clients leave the id out once the socket has logged in, and are answered (field notes §4).
    if (current?.state === 'logged-in' && current.loginFlow === dvrip.flow.number) return current;
    this.#beforeLogin(dvrip, message);
    return undefined;
  }

  #byId(dvrip: DvripFlow, message: Message, sessionId: number): Session | undefined {
    const deviceSide = deviceSideOf(dvrip);
    const session =
      this.#table.find(dvrip.flow, deviceSide, sessionId) ??
      this.#table.open(dvrip.flow, deviceSide, sessionId, message);
    if (session === undefined) return undefined;
    const control = !message.media && !message.name.includes('_CLAIM');
    this.#enter(dvrip, session, control ? 1 : 0);
    return session;
  }

  /** The flow goes on under this session. */
  #enter(dvrip: DvripFlow, session: Session, evidence: ClientEvidence): void {
    dvrip.current = session;
    dvrip.sessionId = session.sessionId;
    dvrip.session = session.number;
    const { limits, left } = this.#table;
    if (!dvrip.sessions.has(session)) {
      dvrip.sessions.add(session);
      session.openFlows += 1;
      this.#table.resumed(session);
      if (dvrip.sessions.size > limits.sessionsPerSocket) this.#leaveOldest(dvrip);
    }
    if (!session.addFlow(dvrip.flow, deviceSideOf(dvrip), evidence, limits.flowsPerSession)) {
      left.flowsPerSession += 1;
    }
  }

  #leaveOldest(dvrip: DvripFlow): void {
    const [oldest] = dvrip.sessions;
    if (oldest === undefined) return;
    dvrip.sessions.delete(oldest);
    this.#leave(oldest);
  }

  #beforeLogin(dvrip: DvripFlow, message: Message): void {
    if (dvrip.flow.protocol !== PROTOCOL_TCP) return;
    dvrip.login ??= startLogin(message);
    addToLogin(dvrip.login, message);
  }

  #loginAnswered(dvrip: DvripFlow, message: Message): Session | undefined {
    const request = dvrip.login;
    const reply = readLoginReply(message);
    const { ret } = reply;
    const ok = ret !== undefined && saysDone(ret);
    // A refused login may carry an id that will never be one (field notes §2).
    const refused = ret !== undefined && !ok;
    const { sessionId: inHeader } = message.header;
    const sessionId = isSessionId(inHeader) ? inHeader : reply.sessionId;
    if (!refused && sessionId === undefined) return undefined;
    dvrip.login = undefined;
    const session =
      refused || sessionId === undefined
        ? this.#refuse(dvrip, message)
        : this.#logIn(dvrip, message, sessionId, request);
    if (session === undefined) return undefined;
    session.dialect = message.dialect;
    session.loginFlow = dvrip.flow.number;
    if (request !== undefined) session.adoptRequest(request);
    session.adoptReply(reply);
    if (ok && session.state === 'unknown') session.state = 'logged-in';
    return session;
  }

  #refuse(dvrip: DvripFlow, message: Message): Session {
    const session = this.#table.refuse(dvrip.flow, deviceSideOf(dvrip), message);
    session.addFlow(dvrip.flow, deviceSideOf(dvrip), 2, 1);
    if (dvrip.session === 0) dvrip.session = session.number;
    return session;
  }

  #logIn(
    dvrip: DvripFlow,
    message: Message,
    sessionId: number,
    request: LoginRequest | undefined,
  ): Session | undefined {
    const deviceSide = deviceSideOf(dvrip);
    const known = this.#table.find(dvrip.flow, deviceSide, sessionId);
    const session =
      known !== undefined && isSame(known, dvrip, request)
        ? known
        : this.#table.open(dvrip.flow, deviceSide, sessionId, message);
    if (session === undefined) {
      dvrip.current = undefined;
      return undefined;
    }
    this.#enter(dvrip, session, 2);
    for (const before of dvrip.sessions) {
      if (before === session || !before.over) continue;
      dvrip.sessions.delete(before);
      this.#leave(before);
    }
    dvrip.loggedIn(session);
    return session;
  }

  /** What a control message of a session means for it. */
  #follow(dvrip: DvripFlow, session: Session, message: Message): void {
    // The answer to the login could not be read; a client that goes on under the id was let in.
    const goesOn = message.from === 'client' && session.loginFlow === dvrip.flow.number;
    if (session.state === 'unknown' && goesOn) session.state = 'logged-in';
    switch (message.name) {
      case 'KEEPALIVE_REQ':
        session.keepalives += 1;
        break;
      case 'LOGOUT_REQ':
        // With the id of another socket it is ignored (field notes §4).
        if (session.loginFlow === dvrip.flow.number) session.logoutAsked = true;
        break;
      case 'LOGOUT_RSP':
        session.logoutAsked = false;
        // The example of §5.1.3 leaves Ret out.
        if (!session.over && (message.ret === undefined || saysDone(message.ret))) {
          session.state = 'logged-out';
        }
        break;
      case 'FORCELOGOUT_REQ':
        if (!session.over && message.from === 'device') session.state = 'forced-out';
        break;
      default:
        break;
    }
    if (dvrip.dialect !== undefined) session.dialect = dvrip.dialect;
    if (session.over) this.#table.ended(session);
  }
}

/**
 * Whether the answer to a login goes on with a session that is there: a second login on a socket gets the same id
 * (field notes §4); and a data socket may be seen before the login's answer, though not before its request.
 */
function isSame(session: Session, dvrip: DvripFlow, request: LoginRequest | undefined): boolean {
  if (session.over) return false;
  if (session.loginFlow !== 0) return session.loginFlow === dvrip.flow.number;
  if (request === undefined) return true;
  const { startSeconds, startNanoseconds } = session;
  const behind = startSeconds - request.seconds + (startNanoseconds - request.nanoseconds) / 1e9;
  return behind >= -QUEUE_JITTER_SECONDS;
}

function deviceSideOf(dvrip: DvripFlow): Side {
  return dvrip.deviceSide === -1 ? dvrip.flow.server : dvrip.deviceSide;
}
