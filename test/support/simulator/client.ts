/** A simulated client: logs in, asks, watches. Speaks like the vendor's CMS unless told otherwise. */
import { createConnection } from 'node:net';
import { type Json, type JsonObject, numberAt, parseBody, sessionText } from './body-text.ts';
import { type ClientManner, MANNERS } from './client-manners.ts';
import { monitorOperation, playOperation, talkOperation } from './client-operations.ts';
import { Connection, type Hook } from './connection.ts';
import { Log, type MessageNotes, type SideLog } from './log.ts';
import { MediaLink } from './media-link.ts';
import { MediaSender } from './media-sender.ts';
import { sofiaHash } from './password.ts';
import type { StreamKind } from './stream-log.ts';
import { ID, type Message } from './wire.ts';

export interface ClientOptions {
  readonly host: string;
  readonly port: number;
  /** Own address to connect from. */
  readonly localAddress?: string;
  /** Ports to connect from, taken in order; without it the system chooses. */
  readonly localPorts?: readonly number[];
  readonly manner?: ClientManner;
  /** `spec` numbers login, logout and keepalive as the table of §6.2.1 does. */
  readonly dialect?: 'field' | 'spec';
  readonly hook?: Hook;
  /** A log to share with other clients of the same recording. */
  readonly log?: Log;
}

export interface Answer {
  readonly message: Message;
  readonly ret: number;
  readonly body: JsonObject;
}

const SPEC_IDS = { login: 999, logout: 1001, forceLogout: 1003, keepAlive: 1005 } as const;

export class Client {
  readonly options: ClientOptions;
  readonly manner: ClientManner;
  readonly wireLog: Log;
  readonly control: Connection;
  readonly ids: {
    readonly login: number;
    readonly logout: number;
    readonly forceLogout: number;
    readonly keepAlive: number;
  };
  sessionId = 0;
  readonly #localPorts: number[];
  readonly #sequences = new Map<Connection, number>();

  private constructor(options: ClientOptions, log: Log, control: Connection, localPorts: number[]) {
    this.options = options;
    this.manner = options.manner ?? MANNERS.cms;
    this.wireLog = log;
    this.control = control;
    this.#localPorts = localPorts;
    this.ids = options.dialect === 'spec' ? SPEC_IDS : ID;
  }

  static async connect(options: ClientOptions): Promise<Client> {
    const log = options.log ?? new Log('client');
    const localPorts = [...(options.localPorts ?? [])];
    return new Client(options, log, await dial(options, localPorts.shift(), log), localPorts);
  }

  /** A client whose control socket the device opened (specification 4.1.2). */
  static over(control: Connection, options: ClientOptions): Client {
    return new Client(options, options.log ?? new Log('client'), control, [...(options.localPorts ?? [])]);
  }

  get log(): SideLog {
    return this.wireLog.toJSON();
  }

  get firstMediaSequence(): number {
    return this.options.dialect === 'spec' ? 1 : 0;
  }

  /** Another connection to the same device, as a data socket needs one. */
  dial(): Promise<Connection> {
    return dial(this.options, this.#localPorts.shift(), this.wireLog);
  }

  /** Sends a text message. The sequence number is the connection's own, from 0. */
  send(id: number, fields: JsonObject | undefined, on: Connection = this.control): void {
    const { text, trailer } = this.manner;
    const body = fields === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.from(text(fields)), trailer]);
    this.#write(id, body, this.#count(on), on, { asks: true });
  }

  /** Answers a message of the device, with its number. */
  answer(request: Message, fields: JsonObject, on: Connection = this.control): void {
    const { text, trailer } = this.manner;
    const body = Buffer.concat([Buffer.from(text(fields)), trailer]);
    const ret = numberAt(fields, 'Ret');
    this.#write(request.id + 1, body, request.sequence, on, { ret, ...on.answering(request) });
  }

  /** Sends a file as the body of a request, without trailer. */
  sendFile(id: number, file: Buffer, kind: StreamKind): Promise<Answer> {
    const index = this.#write(id, file, this.#count(this.control), this.control, { asks: true });
    const stream = this.control.flow.stream({ kind });
    stream.message(index);
    stream.file(file);
    return this.receive(id + 1);
  }

  #count(on: Connection): number {
    const sequence = this.#sequences.get(on) ?? 0;
    this.#sequences.set(on, sequence + 1);
    return sequence;
  }

  #write(id: number, body: Buffer, sequence: number, on: Connection, notes: MessageNotes): number {
    const { version } = this.manner;
    const { sessionId } = this;
    const header = { id, version, octet2: 0, octet3: 0, sessionId, sequence, octet12: 0, octet13: 0 };
    return on.send({ ...header, body }, notes);
  }

  /** The next text message with that id; the pieces of a cut one are joined. */
  async receive(id: number, on: Connection = this.control): Promise<Answer> {
    const wanted = (message: Message) => message.id === id;
    const message = await on.wait(wanted, `message ${id}`);
    const pieces = [message.body];
    while (pieces.length < message.octet12) pieces.push((await on.wait(wanted, `piece of ${id}`)).body);
    const body = parseBody(Buffer.concat(pieces));
    return { message, ret: numberAt(body, 'Ret'), body };
  }

  async request(id: number, fields: JsonObject | undefined, on: Connection = this.control): Promise<Answer> {
    this.send(id, fields, on);
    return this.receive(id + 1, on);
  }

  /** A request of the usual form: Name, the value under that name where there is one, SessionID. */
  ask(id: number, name: string, value?: Json, on: Connection = this.control): Promise<Answer> {
    return this.request(id, this.named(name, value), on);
  }

  named(name: string, value?: Json): JsonObject {
    const sessionId = this.manner.sessionText(this.sessionId, name);
    return { Name: name, ...(value === undefined ? {} : { [name]: value }), SessionID: sessionId };
  }

  async login(user = 'admin', password = ''): Promise<Answer> {
    const answer = await this.request(this.ids.login, {
      EncryptType: 'MD5',
      LoginType: this.manner.loginType,
      PassWord: sofiaHash(password),
      UserName: user,
    });
    if (answer.ret === 100) this.sessionId = answer.message.sessionId;
    return answer;
  }

  keepAlive(): Promise<Answer> {
    return this.ask(this.ids.keepAlive, 'KeepAlive');
  }

  logout(): Promise<Answer> {
    return this.ask(this.ids.logout, '');
  }

  systemInfo(name: 'SystemInfo' | 'StorageInfo' | 'WorkState' = 'SystemInfo'): Promise<Answer> {
    return this.ask(ID.systemInfo, name);
  }

  configGet(name: string): Promise<Answer> {
    return this.ask(ID.configGet, name);
  }

  configSet(name: string, value: Json): Promise<Answer> {
    return this.ask(ID.configSet, name, value);
  }

  channelTitles(): Promise<Answer> {
    return this.ask(ID.channelTitleGet, 'ChannelTitle');
  }

  fileQuery(type: 'h264' | 'jpg' = 'h264'): Promise<Answer> {
    return this.ask(ID.fileQuery, 'OPFileQuery', {
      BeginTime: '2024-02-29 00:00:00',
      Channel: 0,
      DriverTypeMask: '0x0000FFFF',
      EndTime: '2024-02-29 23:59:59',
      Event: '*',
      StreamType: '0x00000000',
      Type: type,
    });
  }

  /** Waits for the device to end the session, and agrees. */
  async agreeToForcedLogout(): Promise<void> {
    const { message } = await this.receive(this.ids.forceLogout);
    this.answer(message, { Ret: 100, SessionID: sessionText.padded(this.sessionId) });
    await this.control.closed;
  }

  /** A data socket of its own, claimed with `id`; or the control socket itself, for clients that have but one. */
  async claim(id: number, name: string, value: JsonObject, on?: Connection): Promise<MediaLink> {
    const connection = on ?? (await this.dial());
    const link = new MediaLink(connection);
    const { ret } = await this.ask(id, name, value, connection);
    if (ret !== 100) throw new Error(`the claim ${id} was refused with ${ret}`);
    return link;
  }

  claimMonitor(channel = 0, streamType: 'Main' | 'Extra1' = 'Main', on?: Connection): Promise<MediaLink> {
    return this.claim(ID.monitorClaim, 'OPMonitor', monitorOperation('Claim', channel, streamType), on);
  }

  startMonitor(channel = 0, streamType: 'Main' | 'Extra1' = 'Main'): Promise<Answer> {
    return this.ask(ID.monitor, 'OPMonitor', monitorOperation('Start', channel, streamType));
  }

  stopMonitor(channel = 0, streamType: 'Main' | 'Extra1' = 'Main'): Promise<Answer> {
    return this.ask(ID.monitor, 'OPMonitor', monitorOperation('Stop', channel, streamType));
  }

  claimPlay(fileName: string): Promise<MediaLink> {
    return this.claim(ID.playClaim, 'OPPlayBack', playOperation('Claim', fileName));
  }

  play(action: 'Start' | 'Stop' | 'DownloadStart' | 'DownloadStop', fileName: string): Promise<Answer> {
    return this.ask(ID.play, 'OPPlayBack', playOperation(action, fileName));
  }

  claimTalk(): Promise<MediaLink> {
    return this.claim(ID.talkClaim, 'OPTalk', talkOperation('Claim', 0, 8));
  }

  talk(action: 'Start' | 'Stop'): Promise<Answer> {
    return this.ask(ID.talk, 'OPTalk', talkOperation(action, 128, 8000));
  }

  /** The client's own voice on a socket claimed for talk. */
  talkSender(link: MediaLink): MediaSender {
    return link.sender({
      id: ID.talkUp,
      version: this.manner.version,
      sessionId: this.sessionId,
      channel: 0,
      octet2: 0,
      firstSequence: this.firstMediaSequence,
      about: { kind: 'talk', channel: 0 },
    });
  }

  /** What a socket claimed for video and audio towards the device carries: up to 64 KiB a message. */
  avTalkSender(link: MediaLink): MediaSender {
    return link.sender({
      id: ID.avTalkData,
      version: this.manner.version,
      sessionId: this.sessionId,
      channel: 0,
      octet2: 0,
      firstSequence: 0,
      about: { kind: 'talk', channel: 0 },
      countsFrames: true,
      messageBytes: 65_536,
    });
  }

  upgrade(action: 'Start' | 'Abort'): Promise<Answer> {
    return this.ask(ID.upgrade, 'OPSystemUpgrade', { Action: action, Type: 'System' });
  }

  /** Sends binary blocks on the control socket, counted from the dialect's first number: firmware. */
  blockSender(id: number): MediaSender {
    return new MediaSender(this.control, {
      id,
      version: this.manner.version,
      sessionId: this.sessionId,
      channel: 0,
      octet2: 0,
      firstSequence: this.firstMediaSequence,
      about: { kind: 'upgrade' },
    });
  }

  close(): Promise<void> {
    return this.control.close();
  }
}

function dial(options: ClientOptions, localPort: number | undefined, log: Log): Promise<Connection> {
  const { host, port, localAddress, hook } = options;
  return new Promise((resolve, reject) => {
    const from = {
      ...(localAddress === undefined ? {} : { localAddress }),
      ...(localPort === undefined ? {} : { localPort }),
    };
    const socket = createConnection({ host, port, ...from });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(new Connection(socket, { log, opener: true, hook }));
    });
  });
}
