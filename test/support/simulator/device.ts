/** A simulated recorder: DVRIP over TCP, and discovery over UDP where asked for, in the manner of real ones. */
import { createServer, type Server } from 'node:net';
import {
  type Json,
  type JsonObject,
  jsoncppText,
  parseBody,
  sessionText,
  TRAILER_DEVICE,
  TRAILER_NONE,
} from './body-text.ts';
import { Connection, type Hook } from './connection.ts';
import { ANSWERS, type Call, type ReplyStyle } from './device-answers.ts';
import { defaultConfiguration, identity, netCommon } from './device-configuration.ts';
import { type DiscoveryResponder, startDiscoveryResponder } from './discovery.ts';
import { type Endpoint, Log, type SideLog } from './log.ts';
import { type Footage, madeUpFootage } from './media-source.ts';
import type { RunningStream } from './pacing.ts';
import { ID, type Message, VERSION_DEVICE } from './wire.ts';

export interface ScriptedAlarm {
  readonly afterMilliseconds: number;
  readonly channel: number;
  readonly event: string;
  readonly status: 'Start' | 'Stop';
}

export interface DeviceOptions {
  /** Address to listen on, an IP address. */
  readonly host: string;
  /** TCP port; 0 takes a free one. */
  readonly port?: number;
  /** UDP port for discovery; without it the device is not to be found. */
  readonly discoveryPort?: number;
  /** Passwords in the clear by user name. */
  readonly users?: Readonly<Record<string, string>>;
  readonly channels?: number;
  readonly deviceType?: string;
  readonly aliveInterval?: number;
  readonly firstSessionId?: number;
  /** `spec` numbers login, logout and keepalive as the table of §6.2.1 does and counts media from 1. */
  readonly dialect?: 'field' | 'spec';
  readonly footage?: Footage;
  readonly snapshot?: Buffer;
  /** See Pace: 1 is real time. */
  readonly slowness?: number;
  /** Names whose reply is cut into pieces (Total/Cur packet) of at most `pieceBytes`. */
  readonly splitNames?: readonly string[];
  readonly pieceBytes?: number;
  /** Alarms that follow a guard request. */
  readonly alarms?: readonly ScriptedAlarm[];
  /** Ends every session from the device's side so long after its login. */
  readonly forceLogoutAfterMilliseconds?: number;
  readonly hook?: Hook;
}

export interface Session {
  readonly id: number;
  readonly user: string;
  readonly control: Connection;
  /** The sockets that were claimed for this session, by the id of the claim. */
  readonly claims: Map<number, Connection>;
  /** What is being sent, by a key that the starter chooses. */
  readonly streams: Map<string, RunningStream>;
  /** Firmware bytes taken in since the upgrade began, or undefined outside an upgrade. */
  upgradeBytes: number | undefined;
  pushSequence: number;
}

/** The ids of §6.2.1's table and what they are in the field. */
const SPEC_REQUESTS: ReadonlyMap<number, number> = new Map([
  [999, ID.login],
  [1001, ID.logout],
  [1004, 1005],
  [1005, ID.keepAlive],
]);
const SPEC_FORCE_LOGOUT = 1003;

export class Device {
  readonly options: DeviceOptions;
  readonly wireLog = new Log('device');
  readonly configuration: Map<string, Json>;
  readonly channels: number;
  readonly footage: Footage;
  readonly sessions = new Map<number, Session>();
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #discovery: DiscoveryResponder | undefined;
  #nextSession: number;
  #nextJoint = 1;

  constructor(options: DeviceOptions) {
    this.options = options;
    this.channels = options.channels ?? 4;
    this.configuration = defaultConfiguration(options.host, this.channels);
    this.footage = options.footage ?? madeUpFootage(48);
    this.#nextSession = options.firstSessionId ?? 0x0b;
    this.#server = createServer((socket) => {
      const connection = new Connection(socket, { log: this.wireLog, opener: false, hook: options.hook });
      this.#connections.add(connection);
      connection.listen((message) => this.#receive(connection, message));
      void connection.closed.then(() => this.#forget(connection));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.options.port ?? 0, this.options.host, resolve);
    });
    const { discoveryPort, host } = this.options;
    if (discoveryPort === undefined) return;
    const announcement = netCommon(host, identity(this.channels));
    this.#discovery = await startDiscoveryResponder({
      address: host,
      port: discoveryPort,
      log: this.wireLog,
      announcement,
    });
  }

  get endpoint(): Endpoint {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the device is not listening');
    return { address: address.address, port: address.port };
  }

  get log(): SideLog {
    return this.wireLog.toJSON();
  }

  get version(): number {
    return VERSION_DEVICE;
  }

  get firstMediaSequence(): number {
    return this.options.dialect === 'spec' ? 1 : 0;
  }

  get pace(): { slowness: number } {
    return { slowness: this.options.slowness ?? 1 };
  }

  /** Stops everything: streams, timers, sockets. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const session of this.sessions.values())
      for (const stream of session.streams.values()) stream.stop();
    for (const connection of this.#connections) connection.destroy();
    this.#discovery?.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  openSession(user: string, control: Connection): Session {
    const id = this.#nextSession;
    this.#nextSession += 1;
    const session: Session = {
      id,
      user,
      control,
      claims: new Map(),
      streams: new Map(),
      upgradeBytes: undefined,
      pushSequence: 0,
    };
    this.sessions.set(id, session);
    this.wireLog.session({ sessionId: id, user, client: control.remote, device: control.local });
    const { forceLogoutAfterMilliseconds } = this.options;
    if (forceLogoutAfterMilliseconds !== undefined) {
      this.after(forceLogoutAfterMilliseconds, () => this.#forceLogout(session));
    }
    return session;
  }

  closeSession(session: Session): void {
    this.sessions.delete(session.id);
    for (const stream of session.streams.values()) stream.stop();
  }

  after(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** Sends a message of the device's own accord, on the control socket, with the device's own counter. */
  push(session: Session, id: number, fields: JsonObject): void {
    this.#write(session.control, id, session.id, session.pushSequence, fields, {});
    session.pushSequence += 1;
  }

  reply(call: Call, fields: JsonObject, style: ReplyStyle = {}): void {
    const { connection, message } = call;
    const sessionId = style.sessionId ?? message.sessionId;
    const text = style.struct === true ? sessionText.bare(sessionId) : sessionText.padded(sessionId);
    const sequence = message.sequence + (style.sequenceStep ?? 0);
    const body = { Ret: 100, SessionID: text, ...fields };
    this.#write(connection, message.id + 1, sessionId, sequence, body, style);
  }

  #write(
    to: Connection,
    id: number,
    sessionId: number,
    sequence: number,
    fields: JsonObject,
    style: ReplyStyle,
  ): void {
    const trailer = this.options.dialect === 'spec' ? TRAILER_NONE : TRAILER_DEVICE;
    const body = Buffer.concat([Buffer.from(jsoncppText(fields)), trailer]);
    const notes = typeof fields.Ret === 'number' ? { ret: fields.Ret } : {};
    const whole: Message = {
      id,
      version: this.version,
      octet2: 0,
      octet3: 0,
      sessionId,
      sequence,
      octet12: 0,
      octet13: 0,
      body,
    };
    const pieceBytes = this.options.pieceBytes ?? 32768;
    const split = style.name !== undefined && this.options.splitNames?.includes(style.name) === true;
    if (!split || body.length <= pieceBytes) {
      to.send(whole, notes);
      return;
    }
    const joint = this.#nextJoint;
    this.#nextJoint += 1;
    const pieces = Math.ceil(body.length / pieceBytes);
    for (let piece = 0; piece < pieces; piece += 1) {
      const part = body.subarray(piece * pieceBytes, (piece + 1) * pieceBytes);
      to.send({ ...whole, octet12: pieces, octet13: piece, body: part }, { ...notes, joint });
    }
  }

  #receive(connection: Connection, message: Message): void {
    const id = (this.options.dialect === 'spec' ? SPEC_REQUESTS.get(message.id) : undefined) ?? message.id;
    const answer = ANSWERS.get(id);
    const session = this.sessions.get(message.sessionId);
    // Real devices let requests of strangers go unanswered (field notes 4).
    if (answer === undefined || (session === undefined && id !== ID.login)) return;
    const body = id === ID.talkUp || id === ID.upgradeData ? {} : parseBody(message.body);
    answer({ device: this, connection, session, message, body });
  }

  #forceLogout(session: Session): void {
    if (!this.sessions.has(session.id)) return;
    const id = this.options.dialect === 'spec' ? SPEC_FORCE_LOGOUT : ID.forceLogout;
    this.push(session, id, { Name: '', SessionID: sessionText.padded(session.id) });
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    for (const session of this.sessions.values()) {
      if (session.control === connection) this.closeSession(session);
    }
  }
}

export async function startDevice(options: DeviceOptions): Promise<Device> {
  const device = new Device(options);
  await device.listen();
  return device;
}
