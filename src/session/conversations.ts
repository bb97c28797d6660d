import { u32le } from '../../dissectors/core/bytes.ts';
import type { Finding } from '../../dissectors/core/finding.ts';
import { BodyBudget } from '../../dissectors/dvrip/body-budget.ts';
import {
  HEADER_LENGTH,
  type Header,
  looksLikeHeader,
  type Vocabulary,
} from '../../dissectors/dvrip/header.ts';
import { type Dialect, isKnownId, isMediaId } from '../../schemas/registry.ts';
import type { CaptureTime } from '../reassembly/capture-time.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import type { ConversationLimits } from './conversation-limits.ts';
import { DvripFlow } from './dvrip-flow.ts';
import { DvripStream } from './dvrip-stream.ts';
import type { Asked } from './exchanges.ts';
import { HeldBack } from './held-back.ts';
import type { MediaStream } from './media-stream.ts';
import { MediaStreams } from './media-streams.ts';
import type { MediaTap } from './media-tap.ts';
import type { Message } from './message.ts';
import { MessageIntake } from './message-intake.ts';
import type { Session } from './session.ts';
import { SessionTable } from './session-table.ts';
import { SessionTracker } from './session-tracker.ts';

export interface ConversationOptions {
  /** `auto`: each flow shows its own. */
  readonly dialect: Dialect | 'auto';
  /** CommunicateKey of encrypted sessions, where the user has it. */
  readonly key: Uint8Array | undefined;
  /** TCP and UDP ports where DVRIP is expected, beside those that its content shows. */
  readonly ports: ReadonlySet<number>;
  readonly limits: ConversationLimits;
  /** How much of each media body is kept until its message is handed on; 0 = nothing. */
  readonly keptMediaBytes: number;
  /** Sees the payload of media streams. */
  readonly mediaTap: MediaTap | undefined;
}

export interface ConversationSink {
  /** A message is complete, or as complete as it will get. The view is good during the call only. */
  message(message: Message): void;
  /** Something was found in a stream that belongs to no one message. */
  streamFinding(dvrip: DvripFlow, side: Side, finding: Finding): void;
  /** The flow has ended, and this request got no answer. */
  unanswered(dvrip: DvripFlow, request: Asked): void;
  /** Nothing more will come of a media stream. */
  mediaStreamEnded(stream: MediaStream): void;
  /** The session is over, or no connection carries it any more; should one do so again, it goes on untold. */
  sessionEnded(session: Session): void;
  /** There are more sessions than are kept: this one, which has ended, will not be found any more. */
  sessionLetGo(session: Session, streams: readonly MediaStream[]): void;
}

/** The flows that carry DVRIP, and what they share: recognition, streams and datagrams, sessions, media. */
export class Conversations {
  readonly vocabulary: Vocabulary = { isMedia: isMediaId, isKnown: isKnownId };
  readonly media: MediaStreams;
  readonly limits: ConversationLimits;
  readonly sessions: SessionTable;
  readonly keptMediaBytes: number;
  readonly bodies: BodyBudget;
  /** Directions in which something waits for the other one. */
  readonly waiting = new Set<DvripStream>();
  /** Takes what the framers have. */
  readonly intake: MessageIntake;

  readonly #ports: ReadonlySet<number>;
  readonly #sink: ConversationSink;
  readonly #time: CaptureTime;
  readonly #flows = new Map<number, DvripFlow>();
  readonly #tracker: SessionTracker;

  /** `time` is kept by the caller: when the bytes at hand were captured. */
  constructor(options: ConversationOptions, time: CaptureTime, sink: ConversationSink) {
    this.#time = time;
    this.limits = options.limits;
    this.#ports = options.ports;
    this.#sink = sink;
    this.keptMediaBytes = options.keptMediaBytes;
    this.media = new MediaStreams(options.limits, time, options.mediaTap, (stream) =>
      sink.mediaStreamEnded(stream),
    );
    this.sessions = new SessionTable(options.limits, (port) => this.#isPort(port), {
      ended: (session) => sink.sessionEnded(session),
      letGo: (session) => {
        sink.sessionLetGo(session, this.media.ofSession(session.number));
        this.media.forget(session.number);
      },
    });
    this.#tracker = new SessionTracker(this.sessions);
    this.bodies = new BodyBudget(options.limits.keptBodyBytes);
    this.intake = new MessageIntake(options, time, this, this.#tracker, sink);
  }

  /** Messages so far. */
  get messages(): number {
    return this.intake.messages;
  }

  /** How often something was left out for each limit. */
  get limitsReached(): Readonly<Record<string, number>> {
    return {
      ...this.media.limitsReached,
      ...this.sessions.left,
      openRequests: this.intake.openRequestsDropped,
      keptBodyBytes: this.bodies.refused,
    };
  }

  /** What is known of a flow; undefined for one that has carried nothing. */
  of(flow: Flow): DvripFlow | undefined {
    return this.#flows.get(flow.number);
  }

  /** Nothing more will come of a UDP flow. */
  endDatagrams(flow: Flow): void {
    for (const stream of this.#flows.get(flow.number)?.streams ?? []) stream?.end();
  }

  /** Everything of a flow has been handed on: its requests and its sessions have ended with it. */
  flowEnded(flow: Flow): void {
    const dvrip = this.#flows.get(flow.number);
    if (dvrip === undefined) return;
    // A direction that carried nothing does not end.
    for (const stream of dvrip.streams) stream?.oppositeEnded();
    dvrip.exchanges?.end(dvrip.losses);
    this.#tracker.flowEnded(dvrip);
  }

  forget(flow: Flow): void {
    this.#flows.delete(flow.number);
  }

  /** The media stream that begins with the header at hand, in a direction that has `present` of them. */
  openMedia({ dvrip }: DvripStream, header: Header, present: number): MediaStream | undefined {
    return this.media.open(dvrip, this.#tracker.expected(dvrip, header.sessionId), header, present);
  }

  /** What a direction sent before its time. */
  holdBack(direction: StreamDirection, reader: DvripStream): HeldBack {
    return new HeldBack(direction, this.limits, this.#time, this.bodies, reader);
  }

  /** The consumer of a TCP direction that is about to carry its first bytes. */
  openStream(stream: StreamDirection): DvripStream {
    const dvrip = this.#flowOf(stream.flow);
    const expected = this.#isPort(stream.flow.port0) || this.#isPort(stream.flow.port1);
    const reader = new DvripStream(this, dvrip, stream.side, {
      dvrip: expected || dvrip.recognised,
      fromStart: stream.synSeen,
    });
    dvrip.streams[stream.side] = reader;
    return reader;
  }

  /** A UDP datagram: on the discovery ports, or one that is a message from its first byte to its last. */
  datagram(flow: Flow, side: Side, bytes: Uint8Array, start: number, end: number, packet: number): void {
    if (end - start < HEADER_LENGTH) return;
    const expected =
      this.#flows.get(flow.number)?.recognised === true ||
      this.#isPort(flow.port0) ||
      this.#isPort(flow.port1);
    if (!expected && !this.#isWholeMessage(bytes, start, end)) return;
    const dvrip = this.#flowOf(flow);
    let stream = dvrip.streams[side];
    if (stream === undefined) {
      stream = new DvripStream(this, dvrip, side, { dvrip: true, fromStart: true });
      dvrip.streams[side] = stream;
    }
    stream.framer.restart();
    stream.data(bytes, start, end, packet);
    stream.framer.end();
  }

  #isWholeMessage(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start - HEADER_LENGTH;
    return looksLikeHeader(bytes, start, this.vocabulary, length) && u32le(bytes, start + 16) === length;
  }

  recognised(stream: DvripStream): void {
    const { dvrip } = stream;
    if (dvrip.recognised) return;
    dvrip.recognised = true;
    dvrip.streams[stream.side === 0 ? 1 : 0]?.framer.trust();
  }

  found(stream: DvripStream, finding: Finding): void {
    this.#sink.streamFinding(stream.dvrip, stream.side, finding);
  }

  #flowOf(flow: Flow): DvripFlow {
    let dvrip = this.#flows.get(flow.number);
    if (dvrip === undefined) {
      dvrip = new DvripFlow(flow, this.#deviceByPort(flow));
      this.#flows.set(flow.number, dvrip);
    }
    return dvrip;
  }

  #deviceByPort(flow: Flow): Side | -1 {
    const at0 = this.#isPort(flow.port0);
    const at1 = this.#isPort(flow.port1);
    if (at0 === at1) return -1;
    return at0 ? 0 : 1;
  }

  #isPort(port: number): boolean {
    return this.#ports.has(port);
  }
}
