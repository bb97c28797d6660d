/** What one side of a conversation wrote, in the order of writing: the truth that the captures are judged by. */
import { createHash, type Hash } from 'node:crypto';
import type { FrameKind } from './media-chunks.ts';
import { type LoggedRefusal, type LoggedSession, type SessionFacts, SessionLog } from './session-log.ts';
import { type LoggedStream, type StreamAbout, StreamLog } from './stream-log.ts';
import { HEADER_BYTES, type Message } from './wire.ts';

export type Side = 'client' | 'device';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface LoggedMessage {
  readonly id: number;
  readonly version: number;
  readonly octet2: number;
  readonly octet3: number;
  readonly octet12: number;
  readonly octet13: number;
  readonly sessionId: number;
  readonly sequence: number;
  /** Place of the header's first byte in the stream of this direction. */
  readonly offset: number;
  /** Bytes of the body; the header is not counted. */
  readonly length: number;
  /** SHA-256 of the body, in hexadecimal. */
  readonly sha256: string;
  /** The return code that the body carries, where it carries one. */
  readonly ret?: number;
  /** Pieces of one control message carry the same number. */
  readonly joint?: number;
  /** The sender waits for an answer. */
  readonly asks?: true;
  /** Which message of the other direction of this flow it answers, by index in that direction's log. */
  readonly answers?: number;
}

/** What the sender knows of a message beside its bytes. */
export type MessageNotes = Pick<LoggedMessage, 'ret' | 'joint' | 'asks' | 'answers'>;

export interface LoggedFrame {
  readonly kind: FrameKind;
  /** Bytes of payload; the chunk header is not counted. */
  readonly bytes: number;
  /** Which of the messages of this flow carry it, by index. */
  readonly messages: readonly number[];
}

export interface LoggedFlow {
  readonly protocol: 'tcp' | 'udp';
  readonly side: Side;
  /** True for the side that opened the connection, or sent the first datagram. */
  readonly opener: boolean;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Milliseconds since the epoch at which this side first knew of the flow; orders the flows of a recording. */
  readonly openedAt: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly messages: readonly LoggedMessage[];
  readonly frames: readonly LoggedFrame[];
  readonly streams: readonly LoggedStream[];
}

export interface SideLog {
  readonly side: Side;
  readonly flows: readonly LoggedFlow[];
  readonly sessions: readonly LoggedSession[];
  readonly refusals: readonly LoggedRefusal[];
}

interface FlowPlace {
  readonly protocol: 'tcp' | 'udp';
  readonly opener: boolean;
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

export class FlowLog {
  readonly #place: FlowPlace;
  readonly #side: Side;
  readonly #openedAt = performance.timeOrigin + performance.now();
  readonly #hash: Hash = createHash('sha256');
  readonly #messages: LoggedMessage[] = [];
  readonly #frames: LoggedFrame[] = [];
  readonly #streams: StreamLog[] = [];
  #bytes = 0;

  constructor(side: Side, place: FlowPlace) {
    this.#side = side;
    this.#place = place;
  }

  get messageCount(): number {
    return this.#messages.length;
  }

  message(message: Message, wire: Buffer, notes: MessageNotes): void {
    this.#messages.push({
      id: message.id,
      version: message.version,
      octet2: message.octet2,
      octet3: message.octet3,
      octet12: message.octet12,
      octet13: message.octet13,
      sessionId: message.sessionId,
      sequence: message.sequence,
      offset: this.#bytes,
      length: wire.length - HEADER_BYTES,
      sha256: createHash('sha256').update(message.body).digest('hex'),
      ...notes,
    });
    this.raw(wire);
  }

  /** Bytes that a hook put on the wire in place of a message: part of the stream, no message of the log. */
  raw(bytes: Buffer): void {
    this.#bytes += bytes.length;
    this.#hash.update(bytes);
  }

  frame(kind: FrameKind, bytes: number, messages: readonly number[]): void {
    this.#frames.push({ kind, bytes, messages });
  }

  /** A media stream begins. */
  stream(about: StreamAbout): StreamLog {
    const stream = new StreamLog(about);
    this.#streams.push(stream);
    return stream;
  }

  toJSON(): LoggedFlow {
    return {
      ...this.#place,
      side: this.#side,
      openedAt: this.#openedAt,
      bytes: this.#bytes,
      sha256: this.#hash.copy().digest('hex'),
      messages: [...this.#messages],
      frames: [...this.#frames],
      streams: this.#streams.map((stream) => stream.toJSON()),
    };
  }
}

export class Log {
  readonly side: Side;
  readonly #flows: FlowLog[] = [];
  readonly #sessions: SessionLog[] = [];
  readonly #refusals: LoggedRefusal[] = [];

  constructor(side: Side) {
    this.side = side;
  }

  openFlow(place: FlowPlace): FlowLog {
    const flow = new FlowLog(this.side, place);
    this.#flows.push(flow);
    return flow;
  }

  session(facts: SessionFacts): SessionLog {
    const session = new SessionLog(facts);
    this.#sessions.push(session);
    return session;
  }

  refused(refusal: LoggedRefusal): void {
    this.#refusals.push(refusal);
  }

  /** The log so far, as plain data. */
  toJSON(): SideLog {
    return {
      side: this.side,
      flows: this.#flows.map((flow) => flow.toJSON()),
      sessions: this.#sessions.map((session) => session.toJSON()),
      refusals: [...this.#refusals],
    };
  }
}
