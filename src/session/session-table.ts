import { PRE_LOGIN_SESSION } from '../../dissectors/dvrip/header.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import type { Message } from './message.ts';
import { Session } from './session.ts';

export interface SessionLimits {
  /** Sessions kept; later ones are shown without a number. */
  readonly sessions: number;
  /** Refused logins kept, beside them. */
  readonly refusedLogins: number;
  /** Flows listed for one session. */
  readonly flowsPerSession: number;
  /** Devices that logged in by themselves whose data sockets are told by that. */
  readonly registeredDevices: number;
}

/**
 * The sessions, by the device and the id that was given out: a session spans several sockets, and an id is given out
 * per login, not per socket (field notes §4). An id may be given out again; then the newest session has it.
 */
export class SessionTable {
  /** How often a session, a refused login, a flow of a session was left out because its limit was reached. */
  readonly left = { sessions: 0, refusedLogins: 0, flowsPerSession: 0, registeredDevices: 0 };
  /** All sessions and refused logins, in order of their numbers. */
  readonly all: Session[] = [];

  readonly limits: SessionLimits;
  readonly #byId = new Map<string, Session>();
  readonly #registered = new Set<string>();
  readonly #isPort: (port: number) => boolean;
  #refusedLogins = 0;

  /** `isPort`: whether a device is expected to listen there. */
  constructor(limits: SessionLimits, isPort: (port: number) => boolean) {
    this.limits = limits;
    this.#isPort = isPort;
  }

  /** Sessions that began, or were there already; refused logins are not among them. */
  get count(): number {
    return this.all.length - this.#refusedLogins;
  }

  get refusedLogins(): number {
    return this.#refusedLogins;
  }

  /** The session that has the id now. */
  find(flow: Flow, deviceSide: Side, sessionId: number): Session | undefined {
    return this.#byId.get(this.#key(flow, deviceSide, sessionId));
  }

  /** A session of this id begins, or is seen first; undefined where the limit is reached. */
  open(flow: Flow, deviceSide: Side, sessionId: number, at: Message): Session | undefined {
    if (this.count >= this.limits.sessions) {
      this.left.sessions += 1;
      return undefined;
    }
    const session = new Session(this.all.length + 1, sessionId, flow, deviceSide, at);
    this.all.push(session);
    this.#byId.set(this.#key(flow, deviceSide, sessionId), session);
    return session;
  }

  /** A login that was refused: a session that never was; nothing else will belong to it. */
  refuse(flow: Flow, deviceSide: Side, at: Message): Session | undefined {
    if (this.#refusedLogins >= this.limits.refusedLogins) {
      this.left.refusedLogins += 1;
      return undefined;
    }
    this.#refusedLogins += 1;
    const session = new Session(this.all.length + 1, at.header.sessionId, flow, deviceSide, at);
    session.state = 'refused';
    this.all.push(session);
    return session;
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
    const device = textOf(flow.address(deviceSide));
    const listens = flow.clientKnown
      ? flow.server === deviceSide
      : flow.server === deviceSide || this.#isPort(flow.port(deviceSide));
    return listens
      ? `${device}:${flow.port(deviceSide)}:${sessionId}`
      : `${device}>${textOf(flow.address(clientSide))}:${flow.port(clientSide)}:${sessionId}`;
  }
}

/** Whether the id names a session: 0 and the fixed number of mobile clients (field notes §1) name none. */
export function isSessionId(id: number): boolean {
  return id !== 0 && id !== PRE_LOGIN_SESSION;
}

function registrar(flow: Flow, deviceSide: Side): string {
  const clientSide = deviceSide === 0 ? 1 : 0;
  return `${textOf(flow.address(deviceSide))}>${textOf(flow.address(clientSide))}:${flow.port(clientSide)}`;
}

function textOf(address: Uint8Array): string {
  return Buffer.from(address).toString('latin1');
}
