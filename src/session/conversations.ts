import { copyBytes } from '../../dissectors/core/bytes.ts';
import type { Finding } from '../../dissectors/core/finding.ts';
import {
  FragmentAssembly,
  type FragmentedMessage,
  type FragmentLimits,
  isFragment,
  joinPieces,
} from '../../dissectors/dvrip/fragments.ts';
import type { FramingLimits } from '../../dissectors/dvrip/framing.ts';
import { HEADER_LENGTH, Header, looksLikeHeader, type Vocabulary } from '../../dissectors/dvrip/header.ts';
import type { MediaTotals } from '../../dissectors/dvrip/media-chunks.ts';
import { type Dialect, describeMessage, isKnownId, isMediaId, messageName } from '../../schemas/registry.ts';
import type { Flow, Side } from '../reassembly/flow.ts';
import { PROTOCOL_TCP } from '../reassembly/flow.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import { DvripFlow } from './dvrip-flow.ts';
import { DvripStream } from './dvrip-stream.ts';
import { judgeBody } from './judge-body.ts';
import { type Message, NO_FINDINGS, type Sender } from './message.ts';
import { SessionTable } from './session-table.ts';

export interface ConversationLimits {
  readonly framing: FramingLimits;
  readonly fragments: FragmentLimits;
  /** A media chunk longer than this is taken for damage. */
  readonly longestChunk: number;
  /** Media streams followed at once in one direction of a flow. */
  readonly mediaStreams: number;
  /** Sessions numbered; later ones are shown without a number. */
  readonly sessions: number;
}

export interface ConversationOptions {
  readonly dialect: Dialect;
  /** TCP and UDP ports where DVRIP is expected, beside those that its content shows. */
  readonly ports: ReadonlySet<number>;
  readonly limits: ConversationLimits;
  /** How much of each media body is kept until its message is handed on; 0 = nothing. */
  readonly keptMediaBytes: number;
}

export interface ConversationSink {
  /** A message is complete, or as complete as it will get. The view is good during the call only. */
  message(message: Message): void;
  /** Something was found in a stream that belongs to no one message. */
  streamFinding(dvrip: DvripFlow, side: Side, finding: Finding): void;
}

const BRACE = 0x7b;

/** From streams and datagrams to messages: recognition, framing, names, senders, sessions. */
export class Conversations {
  readonly vocabulary: Vocabulary = { isMedia: isMediaId, isKnown: isKnownId };
  readonly media: MediaTotals = {
    videoFrames: 0,
    videoBytes: 0,
    audioFrames: 0,
    audioBytes: 0,
    cutFrames: 0,
  };
  readonly limits: ConversationLimits;
  readonly sessions: SessionTable;
  readonly keptMediaBytes: number;
  /** Messages so far. */
  messages = 0;
  /** Capture time of the record at hand; the analysis sets it. */
  seconds = 0;
  nanoseconds = 0;

  readonly #dialect: Dialect;
  readonly #ports: ReadonlySet<number>;
  readonly #sink: ConversationSink;
  readonly #flows = new Map<number, DvripFlow>();

  constructor(options: ConversationOptions, sink: ConversationSink) {
    this.limits = options.limits;
    this.#dialect = options.dialect;
    this.#ports = options.ports;
    this.#sink = sink;
    this.keptMediaBytes = options.keptMediaBytes;
    this.sessions = new SessionTable(options.limits.sessions);
  }

  /** What is known of a flow; undefined for one that has carried nothing. */
  of(flow: Flow): DvripFlow | undefined {
    return this.#flows.get(flow.number);
  }

  forget(flow: Flow): void {
    this.#flows.delete(flow.number);
  }

  /** Media messages whose bodies are made of chunks; firmware is not. */
  carriesChunks(messageId: number): boolean {
    return describeMessage(this.#dialect, messageId)?.carrier === 'media';
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
    const dvrip = this.#flowOf(flow);
    if (!dvrip.recognised && !this.#isPort(flow.port0) && !this.#isPort(flow.port1)) {
      if (!looksLikeHeader(bytes, start, this.vocabulary, end - start - HEADER_LENGTH)) return;
    }
    let stream = dvrip.streams[side];
    if (stream === undefined) {
      stream = new DvripStream(this, dvrip, side, { dvrip: true, fromStart: true });
      dvrip.streams[side] = stream;
    }
    stream.framer.restart();
    stream.data(bytes, start, end, packet);
    stream.end();
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

  /** The framer of `stream` has a message. */
  message(stream: DvripStream): void {
    const { framer } = stream;
    const { header } = framer;
    if (!isMediaId(header.messageId) && isFragment(header)) {
      stream.fragments ??= new FragmentAssembly(this.limits.fragments);
      const piece = copyBytes(framer.body, framer.bodyStart, framer.bodyEnd);
      const done = stream.fragments.push(header, piece, framer.firstPacket, framer.lastPacket);
      for (const message of done) this.#fragmented(stream, message);
      return;
    }
    const message = stream.view;
    message.header = header;
    message.body = framer.body;
    message.bodyStart = framer.bodyStart;
    message.bodyEnd = framer.bodyEnd;
    message.length = header.bodyLength;
    message.fragments = 1;
    message.missing = framer.missing;
    message.cut = framer.cut;
    message.firstPacket = framer.firstPacket;
    message.lastPacket = framer.lastPacket;
    message.findings = NO_FINDINGS;
    if (framer.missing > 0) {
      message.findings = [{ code: 'framing/gap-in-message', params: { missing: framer.missing } }];
    } else if (framer.cut > 0) {
      const have = header.bodyLength - framer.cut;
      message.findings = [{ code: 'framing/cut-message', params: { have, need: header.bodyLength } }];
    }
    this.#complete(stream, message);
  }

  /** What pieces a stream that ended leaves behind. */
  fragmentsEnded(stream: DvripStream): void {
    for (const message of stream.fragments?.end() ?? []) this.#fragmented(stream, message);
  }

  #fragmented(stream: DvripStream, joined: FragmentedMessage): void {
    const message = stream.view;
    const header = new Header();
    header.version = joined.version;
    header.sessionId = joined.sessionId;
    header.sequence = joined.sequence;
    header.byte12 = joined.total;
    header.messageId = joined.messageId;
    header.bodyLength = joined.bytes;
    message.header = header;
    message.body = joinPieces(joined);
    message.bodyStart = 0;
    message.bodyEnd = joined.bytes;
    message.length = joined.bytes;
    message.fragments = joined.total;
    message.missing = message.cut = 0;
    message.firstPacket = joined.firstPacket;
    message.lastPacket = joined.lastPacket;
    message.findings = NO_FINDINGS;
    if (joined.have < joined.total) {
      const params = { have: joined.have, total: joined.total };
      message.findings = [{ code: 'framing/missing-fragments', params }];
    }
    this.#complete(stream, message);
  }

  #complete(stream: DvripStream, message: Message): void {
    const { dvrip } = stream;
    const id = message.header.messageId;
    this.messages += 1;
    message.number = this.messages;
    message.seconds = this.seconds;
    message.nanoseconds = this.nanoseconds;
    message.side = stream.side;
    message.from = this.#sender(dvrip, stream.side, id);
    message.definition = describeMessage(this.#dialect, id, message.from);
    message.name = message.definition?.name ?? messageName(this.#dialect, id, message.from);
    message.media = isMediaId(id) || isPicture(message);
    message.content = undefined;
    message.ret = undefined;
    message.valid = message.findings.length === 0;
    if (message.media) {
      dvrip.mediaMessages += 1;
      if (this.keptMediaBytes > 0 && isMediaId(id)) {
        message.body = stream.takeKeptMedia();
        message.bodyStart = 0;
        message.bodyEnd = message.body.length;
      }
    } else {
      dvrip.controlMessages += 1;
      if (isClaim(message.name)) dvrip.claims += 1;
      judgeBody(message);
    }
    this.#assignSession(dvrip, message);
    this.#sink.message(message);
  }

  /** The side of the well-known port is the device; elsewhere the first message with a set direction tells. */
  #sender(dvrip: DvripFlow, side: Side, id: number): Sender {
    if (dvrip.deviceSide === -1 || dvrip.flow.protocol !== PROTOCOL_TCP) {
      const from = describeMessage(this.#dialect, id)?.from;
      if (from === 'client' || from === 'device') {
        dvrip.deviceSide = from === 'device' ? side : opposite(side);
      } else if (dvrip.deviceSide === -1) {
        return side === dvrip.flow.client ? 'client' : 'device';
      }
    }
    return side === dvrip.deviceSide ? 'device' : 'client';
  }

  #assignSession(dvrip: DvripFlow, message: Message): void {
    const { sessionId } = message.header;
    if (sessionId !== dvrip.sessionId) {
      // A refused login may carry an id that will never be one (field notes §2).
      const refused = message.name === 'LOGIN_RSP' && message.ret !== 100;
      const deviceSide = dvrip.deviceSide === -1 ? dvrip.flow.server : dvrip.deviceSide;
      const number = refused ? 0 : this.sessions.find(dvrip.flow, deviceSide, sessionId);
      if (number !== 0) {
        dvrip.sessionId = sessionId;
        dvrip.session = number;
      }
      message.session = number;
    } else {
      message.session = dvrip.session;
    }
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

function opposite(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** The answer to a snapshot request is picture data (specification 3.2), or JSON that says why there is none. */
function isPicture(message: Message): boolean {
  if (message.definition?.carrier !== 'jpeg-or-json' || message.bodyStart === message.bodyEnd) return false;
  return message.body[message.bodyStart] !== BRACE;
}

/** MONITOR_CLAIM, PLAY_CLAIM_RSP, …: what a data socket says before its data. */
function isClaim(name: string): boolean {
  return name.endsWith('_CLAIM') || name.endsWith('_CLAIM_RSP');
}
