import { Oldest } from '../../dissectors/core/oldest.ts';
import { PRE_LOGIN_SESSION } from '../../dissectors/dvrip/header.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import type { Message } from './message.ts';
import { Session, type SessionState } from './session.ts';

export interface SessionLimits {
  /** Sessions kept: beyond, the one that ended first is let go; where none has, new ones are shown without a number. */
  readonly sessions: number;
  /** Refused logins kept, beside them; the oldest beyond are let go. */
  readonly refusedLogins: number;
  /** Flows listed for one session. */
  readonly flowsPerSession: number;
  /**
   * Sessions that one socket carries at once, more than any client has; each login looks at all of them. With a further
   * one the oldest leaves the socket, and comes back with its next message.
   */
  readonly sessionsPerSocket: number;
  /** Devices that logged in by themselves whose data sockets are told by that. */
  readonly registeredDevices: number;
}

export interface SessionEvents {
  /** Nothing more is due in it; told once. */
  ended(session: Session): void;
  /** It is let go, to make room: whoever wants to tell of it does so now. */
  letGo(session: Session): void;
}

/**
 * The sessions, by the device and the id that was given out: a session spans several sockets, and an id is given out
 * per login, not per socket (field notes §4). An id may be given out again; then the newest session has it.
 */
export class SessionTable {
  /** How often something was left out, or let go, because a limit was reached. */
  readonly left = { sessions: 0, letGo: 0, refusedLogins: 0, flowsPerSession: 0, registeredDevices: 0 };

  readonly limits: SessionLimits;
  readonly #kept = new Map<number, Session>();
  /** Sessions that ended, and refused logins, in that order; some may have gone on, or have been let go. */
  readonly #ended = new Set<Session>();
  readonly #refused = new Set<Session>();
  readonly #oldestEnded = new Oldest(() => this.#ended.values());
  readonly #oldestRefused = new Oldest(() => this.#refused.values());
  /** How many of those let go were in each state. */
  readonly #statesLetGo = new Map<SessionState, number>();
  readonly #byId = new Map<string, Session>();
  readonly #registered = new Set<string>();
  readonly #isPort: (port: number) => boolean;
  readonly #events: SessionEvents;
  #opened = 0;
  #refusedLogins = 0;

  /** `isPort`: whether a device is expected to listen there. */
  constructor(limits: SessionLimits, isPort: (port: number) => boolean, events: SessionEvents) {
    this.limits = limits;
    this.#isPort = isPort;
    this.#events = events;
  }

  /** The sessions and refused logins that are kept, in order of their numbers. */
  get all(): readonly Session[] {
    return [...this.#kept.values()];
  }

  get(number: number): Session | undefined {
    return this.#kept.get(number);
  }

  /** Sessions that began, or were there already; refused logins are not among them. */
  get count(): number {
    return this.#opened;
  }

  get refusedLogins(): number {
    return this.#refusedLogins;
  }

  /** How many sessions, those let go included, are in each state. */
  states(): ReadonlyMap<SessionState, number> {
    const states = new Map(this.#statesLetGo);
    for (const { state } of this.#kept.values()) states.set(state, (states.get(state) ?? 0) + 1);
    return states;
  }

  /** The session that has the id now. */
  find(flow: Flow, deviceSide: Side, sessionId: number): Session | undefined {
    return this.#byId.get(this.#key(flow, deviceSide, sessionId));
  }

  /** A session of this id begins, or is seen first; undefined where there is no room for it. */
  open(flow: Flow, deviceSide: Side, sessionId: number, at: Message): Session | undefined {
    if (this.#kept.size - this.#refused.size >= this.limits.sessions && !this.#makeRoom()) {
      this.left.sessions += 1;
      return undefined;
    }
    this.#opened += 1;
    const key = this.#key(flow, deviceSide, sessionId);
    const session = new Session(this.#nextNumber(), sessionId, key, flow, deviceSide, at);
    this.#kept.set(session.number, session);
    this.#byId.set(key, session);
    return session;
  }

  /** A login that was refused: a session that never was; nothing else will belong to it. */
  refuse(flow: Flow, deviceSide: Side, at: Message): Session {
    if (this.#refused.size >= this.limits.refusedLogins) this.#letGoRefused();
    this.#refusedLogins += 1;
    const session = new Session(this.#nextNumber(), at.header.sessionId, '', flow, deviceSide, at);
    session.state = 'refused';
    this.#kept.set(session.number, session);
    this.#refused.add(session);
    return session;
  }

  /** The session is over, or no open flow carries it any more. */
  ended(session: Session): void {
    // What was let go has ended before.
    if (this.#ended.has(session) || this.#kept.get(session.number) !== session) return;
    if (session.state === 'refused') return;
    this.#ended.add(session);
    if (session.endTold) return;
    session.endTold = true;
    this.#events.ended(session);
  }

  /** A flow carries it again. */
  resumed(session: Session): void {
    this.#ended.delete(session);
  }

  /** The limits have become lower. */
  trim(): void {
    while (this.#refused.size > this.limits.refusedLogins) this.#letGoRefused();
    while (this.#kept.size - this.#refused.size > this.limits.sessions && this.#makeRoom());
  }

  /** Lets the session go that ended first; false where none has. */
  #makeRoom(): boolean {
    const oldest = this.#oldestEnded.take();
    if (oldest === undefined) return false;
    this.left.letGo += 1;
    this.#letGo(oldest);
    return true;
  }

  #letGoRefused(): void {
    const oldest = this.#oldestRefused.take();
    if (oldest === undefined) return;
    this.left.refusedLogins += 1;
    this.#letGo(oldest);
  }

  #letGo(session: Session): void {
    this.#events.letGo(session);
    session.letGo = true;
    this.#ended.delete(session);
    this.#refused.delete(session);
    this.#kept.delete(session.number);
    if (this.#byId.get(session.key) === session) this.#byId.delete(session.key);
    this.#statesLetGo.set(session.state, (this.#statesLetGo.get(session.state) ?? 0) + 1);
  }

  #nextNumber(): number {
    return this.#opened + this.#refusedLogins;
  }

  /** The device of the flow has logged in to its peer by itself (§4.1.2). */
  registered(flow: Flow, deviceSide: Side): void {
    const key = registrar(flow, deviceSide);
    if (this.#registered.has(key)) return;
    if (this.#registered.size < this.limits.registeredDevices) this.#registered.add(key);
    else this.left.registeredDevices += 1;
  }

  isRegistered(flow: Flow, deviceSide: Side): boolean {
    return this.#registered.size > 0 && this.#registered.has(registrar(flow, deviceSide));
  }

  /** Ids are unique where connections are taken: at the device, or, in active registration, at the client. */
  #key(flow: Flow, deviceSide: Side, sessionId: number): string {
    const clientSide = deviceSide === 0 ? 1 : 0;
    const device = addressKey(flow.address(deviceSide));
    const listens = flow.clientKnown
      ? flow.server === deviceSide
      : flow.server === deviceSide || this.#isPort(flow.port(deviceSide));
    return listens
      ? `${device}:${flow.port(deviceSide)}:${sessionId}`
      : `${device}>${addressKey(flow.address(clientSide))}:${flow.port(clientSide)}:${sessionId}`;
  }
}

/** Whether the id names a session: 0 and the fixed number of mobile clients (field notes §1) name none. */
export function isSessionId(id: number): boolean {
  return id !== 0 && id !== PRE_LOGIN_SESSION;
}

function registrar(flow: Flow, deviceSide: Side): string {
  const clientSide = deviceSide === 0 ? 1 : 0;
  return `${addressKey(flow.address(deviceSide))}>${addressKey(flow.address(clientSide))}:${flow.port(clientSide)}`;
}

/** An address, of 4 or 16 bytes, as the key of a Map. */
export function addressKey(address: Uint8Array): string {
  return String.fromCharCode(...address);
}
