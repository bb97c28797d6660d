import { copyBytes } from '../../dissectors/core/bytes.ts';
import type { BodyBudget } from '../../dissectors/dvrip/body-budget.ts';
import {
  FragmentAssembly,
  type FragmentedMessage,
  isFragment,
  joinPieces,
} from '../../dissectors/dvrip/fragments.ts';
import { Header } from '../../dissectors/dvrip/header.ts';
import { isMediaId } from '../../schemas/registry.ts';
import type { CaptureTime } from '../reassembly/capture-time.ts';
import { BodyJudge } from './body-judge.ts';
import type { ConversationLimits } from './conversation-limits.ts';
import type { ConversationOptions, ConversationSink } from './conversations.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import type { DvripStream } from './dvrip-stream.ts';
import { Exchanges } from './exchanges.ts';
import { incompleteness } from './incompleteness.ts';
import type { MediaStreams } from './media-streams.ts';
import { type Message, NO_FINDINGS } from './message.ts';
import { MessageNames } from './message-names.ts';
import type { SessionTable } from './session-table.ts';
import type { SessionTracker } from './session-tracker.ts';

const BRACE = 0x7b;

/** What all conversations share, and messages are given to. */
export interface SharedState {
  readonly sessions: SessionTable;
  readonly media: MediaStreams;
  readonly bodies: BodyBudget;
}

/** From what a framer has to a message: joined, named, read, judged, given to its session and its exchange, told of. */
export class MessageIntake {
  /** Messages so far. */
  messages = 0;
  /** Requests that were not remembered, since too many were open. */
  openRequestsDropped = 0;

  readonly #limits: ConversationLimits;
  readonly #keptMediaBytes: number;
  readonly #time: CaptureTime;
  readonly #bodies: BodyBudget;
  readonly #media: MediaStreams;
  readonly #names: MessageNames;
  readonly #judge: BodyJudge;
  readonly #tracker: SessionTracker;
  readonly #sink: ConversationSink;

  constructor(
    options: ConversationOptions,
    time: CaptureTime,
    { sessions, media, bodies }: SharedState,
    tracker: SessionTracker,
    sink: ConversationSink,
  ) {
    this.#limits = options.limits;
    this.#keptMediaBytes = options.keptMediaBytes;
    this.#time = time;
    this.#bodies = bodies;
    this.#media = media;
    this.#names = new MessageNames(options.dialect, sessions);
    this.#judge = new BodyJudge(options.key, options.limits.bodies);
    this.#tracker = tracker;
    this.#sink = sink;
  }

  /** The framer of `stream` has a message, or a piece of one. */
  take(stream: DvripStream): void {
    const { framer } = stream;
    const { header } = framer;
    if (!isMediaId(header.messageId) && isFragment(header)) {
      stream.fragments ??= new FragmentAssembly(this.#limits.fragments, this.#bodies);
      const { missing, cut, unkept, firstPacket, lastPacket } = framer;
      const body = copyBytes(framer.body, framer.bodyStart, framer.bodyEnd);
      const place = framer.messages;
      const piece = { body, missing, cut, unkept, firstPacket, lastPacket, place };
      for (const message of stream.fragments.push(header, piece)) this.#fragmented(stream, message);
      return;
    }
    const message = stream.view;
    message.header = header;
    message.body = framer.body;
    message.bodyStart = framer.bodyStart;
    message.bodyEnd = framer.bodyEnd;
    message.bodyRuns = framer.bodyRuns;
    message.length = header.bodyLength;
    message.fragments = 1;
    message.pieces = undefined;
    message.missing = framer.missing;
    message.cut = framer.cut;
    message.firstPacket = framer.firstPacket;
    message.lastPacket = framer.lastPacket;
    const { missing, cut, unkept } = framer;
    message.findings = missing + cut + unkept === 0 ? NO_FINDINGS : incompleteness(header.bodyLength, framer);
    this.#complete(stream, message);
  }

  /** What pieces a stream that ended leaves behind. */
  streamEnded(stream: DvripStream): void {
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
    message.bodyEnd = message.body.length;
    message.bodyRuns = undefined;
    message.length = joined.bytes;
    message.fragments = joined.total;
    message.pieces = joined;
    message.missing = joined.missing;
    message.cut = joined.cut;
    message.firstPacket = joined.firstPacket;
    message.lastPacket = joined.lastPacket;
    message.findings = incompleteness(joined.bytes, joined);
    if (joined.have < joined.total) {
      const params = { have: joined.have, total: joined.total };
      message.findings = [{ code: 'framing/missing-fragments', params }, ...message.findings];
    }
    this.#complete(stream, message);
  }

  #complete(stream: DvripStream, message: Message): void {
    const { dvrip } = stream;
    const id = message.header.messageId;
    this.messages += 1;
    message.number = this.messages;
    message.seconds = this.#time.seconds;
    message.nanoseconds = this.#time.nanoseconds;
    message.side = stream.side;
    message.content = undefined;
    message.ret = undefined;
    message.encrypted = false;
    message.valid = message.findings.length === 0;
    message.losses = stream.losses;
    if (isMediaId(id)) this.#names.nameMedia(message);
    else this.#names.name(message);
    message.media = isMediaId(id) || isPicture(message);
    if (message.media) {
      dvrip.mediaMessages += 1;
      if (this.#keptMediaBytes > 0 && isMediaId(id)) {
        message.body = stream.takeKeptMedia();
        message.bodyStart = 0;
        message.bodyEnd = message.body.length;
      }
    } else {
      dvrip.controlMessages += 1;
      this.#judge.read(message);
      this.#names.learn(message);
      if (isClaim(message.name)) dvrip.claims += 1;
      this.#judge.judge(message);
    }
    const session = this.#tracker.assign(dvrip, message);
    if (dvrip.exchanges !== undefined || !isMediaId(id)) {
      dvrip.exchanges ??= this.#exchangesOf(dvrip);
      dvrip.exchanges.take(message, session);
    }
    if (message.media) stream.mediaMessage(message);
    else this.#media.controlMessage(message);
    this.#sink.message(message);
  }

  #exchangesOf(dvrip: DvripFlow): Exchanges {
    return new Exchanges(this.#limits.openRequests, {
      unanswered: (request) => this.#sink.unanswered(dvrip, request),
      dropped: () => {
        this.openRequestsDropped += 1;
      },
    });
  }
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
