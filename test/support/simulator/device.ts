/** A simulated recorder: DVRIP over TCP, and discovery over UDP where asked for, in the manner of real ones. */
import { createConnection, createServer, type Server } from 'node:net';
import {
  type Json,
  type JsonObject,
  jsoncppText,
  parseBody,
  sessionText,
  TRAILER_DEVICE,
  TRAILER_NONE,
} from './body-text.ts';
import { Connection } from './connection.ts';
import { ANSWERS, type Call, type ReplyStyle } from './device-answers.ts';
import { defaultConfiguration, identity, netCommon } from './device-configuration.ts';
import type { DeviceOptions } from './device-options.ts';
import { type DiscoveryResponder, startDiscoveryResponder } from './discovery.ts';
import { type Endpoint, Log, type MessageNotes, type SideLog } from './log.ts';
import { type Footage, madeUpFootage } from './media-source.ts';
import type { RunningStream } from './pacing.ts';
import { sofiaHash } from './password.ts';
import type { SessionFacts, SessionLog, SessionState } from './session-log.ts';
import { ID, type Message, VERSION_DEVICE } from './wire.ts';

export interface Session {
  readonly id: number;
  readonly user: string;
  readonly control: Connection;
  readonly log: SessionLog;
  /** The sockets that were claimed for this session, by the id of the claim. */
  readonly claims: Map<number, Connection>;
  /** What is being sent, by a key that the starter chooses. */
  readonly streams: Map<string, RunningStream>;
  /** Firmware bytes taken in since the upgrade began, or undefined outside an upgrade. */
  upgradeBytes: number | undefined;
  /** The request that began it. */
  upgradeRequest: Message | undefined;
  /** When the control socket was last heard, by performance.now(). */
  heardAt: number;
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

const FIRST_SESSION = 0x0b;

/** Requests whose body is no text. */
const BINARY_IDS: ReadonlySet<number> = new Set([ID.talkUp, ID.avTalkData, ID.upgradeData, ID.configImport]);

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
    this.#nextSession = options.firstSessionId ?? FIRST_SESSION;
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

  /** The id that the next login is given. */
  takeSessionId(): number {
    if (this.options.reusesIds === true) {
      let free = this.options.firstSessionId ?? FIRST_SESSION;
      while (this.sessions.has(free)) free += 1;
      return free;
    }
    const id = this.#nextSession;
    this.#nextSession += 1;
    return id;
  }

  openSession(facts: SessionFacts, control: Connection): Session {
    const { sessionId: id, user, aliveInterval } = facts;
    const log = this.wireLog.session(facts);
    log.socket(control);
    const session: Session = {
      id,
      user,
      control,
      log,
      claims: new Map(),
      streams: new Map(),
      upgradeBytes: undefined,
      upgradeRequest: undefined,
      heardAt: performance.now(),
      pushSequence: 0,
    };
    this.sessions.set(id, session);
    const { forceLogoutAfterMilliseconds } = this.options;
    if (forceLogoutAfterMilliseconds !== undefined) {
      this.after(forceLogoutAfterMilliseconds, () => this.#forceLogout(session));
    }
    if (this.options.dropsSilent === true && aliveInterval !== undefined)
      this.#dropWhenSilent(session, aliveInterval * 1500);
    return session;
  }

  closeSession(session: Session, state: SessionState): void {
    this.sessions.delete(session.id);
    session.log.state = state;
    for (const stream of session.streams.values()) stream.stop();
  }

  after(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** Another connection that the device opens, as active registration has it (specification 4.1.2, 4.8.2). */
  dial(to: Endpoint): Promise<Connection> {
    const { host, hook } = this.options;
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host: to.address, port: to.port, localAddress: host });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        const connection = new Connection(socket, { log: this.wireLog, opener: true, hook });
        this.#connections.add(connection);
        void connection.closed.then(() => this.#forget(connection));
        resolve(connection);
      });
    });
  }

  /** Logs in to a client that waits for devices, and serves it from then on (specification 4.1.2, 5.1.2). */
  async register(to: Endpoint, user: string, password: string): Promise<void> {
    const control = await this.dial(to);
    const deviceType = this.options.deviceType ?? 'HVR';
    const fields = {
      ChannelNum: this.channels,
      DeviceID: 123456,
      DeviceType: deviceType,
      EncryptType: 'MD5',
      PassWord: sofiaHash(password),
      UserName: user,
    };
    this.#write(control, ID.login, 0, 0, fields, {}, { asks: true });
    const reply = await control.wait(({ id }) => id === ID.login + 1, 'an answer to the registration');
    const { sessionId } = reply;
    const client = control.remote;
    const device = control.local;
    const channels = this.channels;
    const session = this.openSession({ sessionId, user, client, device, deviceType, channels }, control);
    session.pushSequence = 1;
    control.listen((message) => this.#receive(control, message));
  }

  /** Opens a socket for what a client asked for and claims it (specification 4.8.2). */
  async claimTowards(session: Session, id: number, fields: JsonObject): Promise<void> {
    const connection = await this.dial(session.control.remote);
    session.log.socket(connection);
    const text = sessionText.padded(session.id);
    this.#write(connection, id, session.id, 0, { ...fields, SessionID: text }, {}, { asks: true });
    await connection.wait((message) => message.id === id + 1, `an answer to the claim ${id}`);
    session.claims.set(id, connection);
    connection.listen((message) => this.#receive(connection, message));
  }

  /** Sends a message of the device's own accord, on the control socket, with the device's own counter. */
  push(session: Session, id: number, fields: JsonObject, notes: MessageNotes = {}): void {
    this.#write(session.control, id, session.id, session.pushSequence, fields, {}, notes);
    session.pushSequence += 1;
  }

  reply(call: Call, fields: JsonObject, style: ReplyStyle = {}): void {
    const { connection, message } = call;
    const sessionId = style.sessionId ?? message.sessionId;
    const text = style.struct === true ? sessionText.bare(sessionId) : sessionText.padded(sessionId);
    const sequence = message.sequence + (style.sequenceStep ?? 0);
    const body = { Ret: 100, SessionID: text, ...fields };
    const notes = connection.answering(message);
    this.#write(connection, message.id + 1, sessionId, sequence, body, style, notes);
  }

  #write(
    to: Connection,
    id: number,
    sessionId: number,
    sequence: number,
    fields: JsonObject,
    style: ReplyStyle,
    about: MessageNotes,
  ): void {
    const trailer = this.options.dialect === 'spec' ? TRAILER_NONE : TRAILER_DEVICE;
    const body = Buffer.concat([Buffer.from(jsoncppText(fields)), trailer]);
    const notes = { ...about, ...(typeof fields.Ret === 'number' ? { ret: fields.Ret } : {}) };
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
    session?.log.socket(connection);
    if (session?.control === connection) session.heardAt = performance.now();
    const body = BINARY_IDS.has(id) ? {} : parseBody(message.body);
    answer({ device: this, connection, session, message, body });
  }

  #forceLogout(session: Session): void {
    if (!this.sessions.has(session.id)) return;
    const id = this.options.dialect === 'spec' ? SPEC_FORCE_LOGOUT : ID.forceLogout;
    this.push(session, id, { Name: '', SessionID: sessionText.padded(session.id) }, { asks: true });
  }

  /** Hangs up on all sockets of a session that is not kept alive (field notes 4). */
  #dropWhenSilent(session: Session, allowedMilliseconds: number): void {
    if (this.sessions.get(session.id) !== session) return;
    const left = session.heardAt + allowedMilliseconds - performance.now();
    if (left > 0) {
      this.after(left, () => this.#dropWhenSilent(session, allowedMilliseconds));
      return;
    }
    this.closeSession(session, 'timed-out');
    for (const connection of [...session.claims.values(), session.control]) void connection.close();
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    for (const session of this.sessions.values()) {
      if (session.control === connection) this.closeSession(session, 'cut');
    }
  }
}

export async function startDevice(options: DeviceOptions): Promise<Device> {
  const device = new Device(options);
  await device.listen();
  return device;
}
