import type { Dialect } from '../../schemas/registry.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import type { LoginReply, LoginRequest } from './login.ts';
import type { Message, Sender } from './message.ts';

/**
 * `unknown`: its login is not in the capture. `logged-in`: it has not ended. `timed-out`: the device closed after a
 * silence longer than AliveInterval (§5.1.1). `cut`: the connection was closed without a logout.
 */
export type SessionState =
  | 'unknown'
  | 'logged-in'
  | 'refused'
  | 'logged-out'
  | 'forced-out'
  | 'timed-out'
  | 'cut';

/** One end of a session: a copy of the address, 4 or 16 bytes. */
export interface SessionEnd {
  readonly address: Uint8Array;
  readonly port: number;
}

/** How the connection of the login came to its end. */
export interface ControlClosing {
  /** Who closed it; after a reset nobody can tell who gave up. */
  readonly by: Sender | 'reset';
  /** Capture time of the last packet. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Seconds since the client was last heard, on any of its sockets. */
  readonly silence: number;
}

/** How surely a flow shows the client's control socket: it carries the id, it carries control messages, the login. */
export type ClientEvidence = 0 | 1 | 2;

/** A login and what it brought about, over all the sockets that carry its id. */
export class Session {
  /** 1, 2, … in the order in which they were first seen. */
  readonly number: number;
  readonly sessionId: number;
  /** What the table finds it by. */
  readonly key: string;
  state: SessionState = 'unknown';
  dialect: Dialect = 'field';
  client: SessionEnd;
  device: SessionEnd;
  clientEvidence: ClientEvidence = 0;
  user: string | undefined = undefined;
  loginType: string | undefined = undefined;
  loginRet: number | undefined = undefined;
  deviceType: string | undefined = undefined;
  channels: number | undefined = undefined;
  /** Seconds. */
  aliveInterval: number | undefined = undefined;
  encrypted = false;
  /** The client has asked to log out on the socket of its login; the answer may be missing. */
  logoutAsked = false;
  /** Number of the flow that logged in; 0 = not seen. */
  loginFlow = 0;
  /** Absent as long as that connection lasts, and where the capture ends before it does. */
  closing: ControlClosing | undefined = undefined;
  /** Its end was told to who wants to know. */
  endTold = false;
  /** It was let go, to make room: nothing more is remembered of it. */
  letGo = false;
  /** Flows that carry it and have not ended. */
  openFlows = 0;
  /** Numbers of the flows that carry the id, in the order in which they first did. */
  readonly flows: number[] = [];
  messages = 0;
  startSeconds: number;
  startNanoseconds: number;
  endSeconds: number;
  endNanoseconds: number;

  keepalives = 0;
  /** Seconds between two messages of the client, from the login on. */
  longestSilence = 0;
  #heardSeconds = 0;
  #heardNanoseconds = 0;
  #heard = false;

  exchangesAnswered = 0;
  exchangesUnanswered = 0;
  exchangesUnasked = 0;
  /** Seconds. */
  longestResponse = 0;
  #responses = 0;

  constructor(number: number, sessionId: number, key: string, flow: Flow, deviceSide: Side, at: Message) {
    this.number = number;
    this.sessionId = sessionId;
    this.key = key;
    this.client = endOf(flow, deviceSide === 0 ? 1 : 0);
    this.device = endOf(flow, deviceSide);
    this.startSeconds = this.endSeconds = at.seconds;
    this.startNanoseconds = this.endNanoseconds = at.nanoseconds;
  }

  /** Nothing more is due under its id, until a login gives the id out again. */
  get over(): boolean {
    return this.state !== 'unknown' && this.state !== 'logged-in';
  }

  /** Seconds on average; 0 without any. */
  get meanResponse(): number {
    return this.exchangesAnswered === 0 ? 0 : this.#responses / this.exchangesAnswered;
  }

  /** Counts a message of the session. */
  take(message: Message): void {
    this.messages += 1;
    const { seconds, nanoseconds } = message;
    if (seconds > this.endSeconds || (seconds === this.endSeconds && nanoseconds > this.endNanoseconds)) {
      this.endSeconds = seconds;
      this.endNanoseconds = nanoseconds;
    }
    if (message.from === 'client') this.#hear(seconds, nanoseconds);
    if (message.encrypted) this.encrypted = true;
  }

  /** The flow carries the id; the one with the best evidence names the ends. False where the limit is reached. */
  addFlow(flow: Flow, deviceSide: Side, evidence: ClientEvidence, limit: number): boolean {
    if (evidence > this.clientEvidence) {
      this.clientEvidence = evidence;
      this.client = endOf(flow, deviceSide === 0 ? 1 : 0);
      this.device = endOf(flow, deviceSide);
    }
    if (this.flows.includes(flow.number)) return true;
    if (this.flows.length >= limit) return false;
    this.flows.push(flow.number);
    return true;
  }

  /** What was said on the socket before the session had an id. */
  adoptRequest(request: LoginRequest): void {
    this.messages += request.messages;
    if (
      request.seconds < this.startSeconds ||
      (request.seconds === this.startSeconds && request.nanoseconds < this.startNanoseconds)
    ) {
      this.startSeconds = request.seconds;
      this.startNanoseconds = request.nanoseconds;
    }
    if (request.encrypted) this.encrypted = true;
    this.user = request.user ?? this.user;
    this.loginType = request.loginType ?? this.loginType;
    this.deviceType = request.deviceType ?? this.deviceType;
    this.channels = request.channels ?? this.channels;
  }

  adoptReply(reply: LoginReply): void {
    this.loginRet = reply.ret ?? this.loginRet;
    this.deviceType = reply.deviceType ?? this.deviceType;
    this.channels = reply.channels ?? this.channels;
    this.aliveInterval = reply.aliveInterval ?? this.aliveInterval;
  }

  /** The socket of the login is gone. Who sent a reset does not tell who gave up: it may have been the device. */
  controlClosed(seconds: number, nanoseconds: number, by: Sender | 'reset'): void {
    const silence = this.#silenceUntil(seconds, nanoseconds);
    this.closing = { by, seconds, nanoseconds, silence };
    if (this.state !== 'logged-in') return;
    const byDevice = by !== 'client';
    const due = this.aliveInterval;
    const late = due !== undefined && due > 0 && silence > due;
    if (this.logoutAsked) {
      this.state = 'logged-out';
    } else if (byDevice && late) {
      this.longestSilence = Math.max(this.longestSilence, silence);
      this.state = 'timed-out';
    } else {
      this.state = 'cut';
    }
  }

  answered(responseSeconds: number): void {
    this.exchangesAnswered += 1;
    this.#responses += responseSeconds;
    this.longestResponse = Math.max(this.longestResponse, responseSeconds);
  }

  unanswered(): void {
    this.exchangesUnanswered += 1;
  }

  unasked(): void {
    this.exchangesUnasked += 1;
  }

  #hear(seconds: number, nanoseconds: number): void {
    if (this.#heard) {
      const silence = this.#silenceUntil(seconds, nanoseconds);
      if (silence > this.longestSilence) this.longestSilence = silence;
    }
    this.#heard = true;
    this.#heardSeconds = seconds;
    this.#heardNanoseconds = nanoseconds;
  }

  #silenceUntil(seconds: number, nanoseconds: number): number {
    if (!this.#heard) return 0;
    return seconds - this.#heardSeconds + (nanoseconds - this.#heardNanoseconds) / 1_000_000_000;
  }
}

function endOf(flow: Flow, side: Side): SessionEnd {
  return { address: Uint8Array.from(flow.address(side)), port: flow.port(side) };
}
