import type { FragmentAssembly } from '../../dissectors/dvrip/fragments.ts';
import { type Expectation, Framer, type FrameSink, type SkipCause } from '../../dissectors/dvrip/framing.ts';
import type { Header } from '../../dissectors/dvrip/header.ts';
import type { GapCause, Side, StreamConsumer } from '../reassembly/flow.ts';
import { sequenceAdd } from '../reassembly/sequence.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import type { Conversations } from './conversations.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import type { HeldBack } from './held-back.ts';
import type { MediaStream } from './media-stream.ts';
import { AVTALK_DATA } from './media-streams.ts';
import { Message } from './message.ts';

const NO_BYTES = Buffer.alloc(0);

/** One direction of a flow, read as DVRIP: stream bytes in, messages and media chunks out. */
export class DvripStream implements StreamConsumer, FrameSink {
  readonly dvrip: DvripFlow;
  readonly side: Side;
  readonly framer: Framer;
  /** The view that carries each message of this direction to the sink. */
  readonly view: Message;
  /** Made when the first piece of a multi-packet message comes; hardly any device sends one. */
  fragments: FragmentAssembly | undefined = undefined;
  /**
   * Holes so far: bytes that were never captured, or that belong to no message. One in a message counts again behind
   * it, so that between two messages with the same number nothing is missing.
   */
  losses = 0;

  readonly #conversations: Conversations;
  readonly #direction: StreamDirection;
  readonly #opposite: StreamDirection;
  /** Made when something has to wait for the other direction. */
  #heldBack: HeldBack | undefined = undefined;
  #holds = false;
  /** Its end is held back too. */
  #endsLate = false;
  /** The media streams in this direction, by message id and channel. */
  readonly #streams = new Map<number, MediaStream>();
  #stream: MediaStream | undefined = undefined;
  #streamKey = -1;
  #lastMediaSequence = 0;
  #keptMedia: Uint8Array = NO_BYTES;

  constructor(conversations: Conversations, dvrip: DvripFlow, side: Side, expectation: Expectation) {
    this.#conversations = conversations;
    this.dvrip = dvrip;
    this.side = side;
    this.#direction = dvrip.flow.streams[side];
    this.#opposite = dvrip.flow.streams[side === 0 ? 1 : 0];
    this.view = new Message(dvrip);
    const { vocabulary, limits, bodies } = conversations;
    this.framer = new Framer(this, vocabulary, limits.framing, expectation, bodies);
  }

  data(bytes: Uint8Array, start: number, end: number, packet: number): void {
    if (this.#opposite.holeAcknowledged || this.dvrip.heldBack > 0) {
      this.#dataInTurn(bytes, start, end, packet);
    } else {
      this.framer.data(bytes, start, end, packet);
    }
  }

  gap(length: number, _cause: GapCause): void {
    if (this.#heldBack?.holdGap(length) === true) return;
    this.lose(length);
    this.#peer?.releaseHeld(this.#direction.next, false);
  }

  read(bytes: Uint8Array, start: number, end: number, packet: number): void {
    this.framer.data(bytes, start, end, packet);
  }

  lose(length: number): void {
    this.losses += 1;
    this.framer.gap(length);
  }

  /** Reads what the other direction has now come far enough for, up to `received`. */
  releaseHeld(received: number, behind: boolean): void {
    if (this.#heldBack?.waits !== true) return;
    this.#heldBack.release(received, behind);
    this.#noteHeld();
  }

  end(): void {
    if (this.#heldBack?.hopes === true) {
      this.#endsLate = true;
      return;
    }
    this.#heldBack?.release();
    this.#end();
    this.#peer?.oppositeEnded();
  }

  /** See {@link HeldBack.passTime}. */
  passTime(now: number): void {
    this.#heldBack?.passTime(now);
    this.#noteHeld();
  }

  /** The other direction brings nothing more. */
  oppositeEnded(): void {
    this.#heldBack?.release();
    this.#noteHeld();
  }

  get #peer(): DvripStream | undefined {
    return this.dvrip.streams[this.side === 0 ? 1 : 0];
  }

  /** What was sent before these bytes is read before them, and what answers them behind them. */
  #dataInTurn(bytes: Uint8Array, start: number, end: number, packet: number): void {
    const { next } = this.#direction;
    this.#peer?.releaseHeld(sequenceAdd(next, start - end), false);
    // Requests are read as they come: of those that wait, only the newest tells what was acknowledged.
    const answers = this.dvrip.deviceSide === this.side && !this.framer.givenUp;
    if (answers || this.#holds) {
      this.#heldBack ??= this.#conversations.holdBack(this.#direction, this);
      const held = this.#heldBack.hold(bytes, start, end, packet);
      this.#noteHeld();
      if (held) return;
    }
    this.framer.data(bytes, start, end, packet);
    this.#peer?.releaseHeld(next, true);
  }

  /** Keeps the count of the flow's directions that hold something back. */
  #noteHeld(): void {
    const waits = this.#heldBack?.waits === true;
    if (waits === this.#holds) return;
    this.#holds = waits;
    this.dvrip.heldBack += waits ? 1 : -1;
    if (waits) this.dvrip.hasHeldBack = true;
    if (waits) this.#conversations.waiting.add(this);
    else this.#conversations.waiting.delete(this);
    if (!waits && this.#endsLate) {
      this.#endsLate = false;
      this.#end();
    }
  }

  #end(): void {
    this.framer.end();
    // What is left of a message in several packets may be a picture, which begins a stream.
    if (this.fragments !== undefined) this.#conversations.intake.streamEnded(this);
    for (const stream of this.#streams.values()) this.#conversations.media.close(stream);
    this.dvrip.streamEnded(this.side);
  }

  message(): void {
    this.#conversations.intake.take(this);
    // The hole in it may reach beyond its end, and hide the next one.
    if (this.framer.missing + this.framer.cut > 0) this.losses += 1;
  }

  mediaData(framer: Framer, bytes: Uint8Array, start: number, end: number): void {
    this.#streamOf(framer.header)?.data(bytes, start, end);
    if (this.#conversations.keptMediaBytes > 0) this.#keepMedia(bytes, start, end);
  }

  mediaGap(framer: Framer, length: number): void {
    this.#streamOf(framer.header)?.gap(length);
  }

  skipped(_framer: Framer, bytes: number, after: SkipCause): void {
    this.losses += 1;
    this.#conversations.found(this, { code: 'framing/skipped-bytes', params: { skipped: bytes, after } });
  }

  oversized(_framer: Framer, length: number): void {
    const cap = this.#conversations.limits.framing.longestBody;
    this.#conversations.found(this, { code: 'framing/oversized-body', params: { length, cap } });
  }

  dahua(): void {
    this.#conversations.found(this, { code: 'framing/dahua-header', params: {} });
  }

  recognised(): void {
    this.#conversations.recognised(this);
  }

  /** The beginning of the media body at hand, where somebody wants to look at it. */
  takeKeptMedia(): Uint8Array {
    const kept = this.#keptMedia;
    this.#keptMedia = NO_BYTES;
    return kept;
  }

  #keepMedia(bytes: Uint8Array, start: number, end: number): void {
    const room = this.#conversations.keptMediaBytes - this.#keptMedia.length;
    if (room <= 0) return;
    this.#keptMedia = Buffer.concat([this.#keptMedia, bytes.subarray(start, Math.min(end, start + room))]);
  }

  /** A media message is complete, or a picture, whose body was kept. */
  mediaMessage(message: Message): void {
    const { header } = message;
    const shared = (header.sequence - this.#lastMediaSequence) | 0;
    this.#lastMediaSequence = header.sequence;
    const { media, vocabulary } = this.#conversations;
    let stream: MediaStream | undefined;
    if (vocabulary.isMedia(header.messageId)) {
      // A message without a body begins no stream.
      stream = this.#streams.get(streamKeyOf(header));
    } else {
      stream = this.#streamOf(header);
      stream?.picture(message.body, message.bodyStart, message.bodyEnd);
    }
    if (stream !== undefined && !stream.closed) media.mediaMessage(stream, message, shared);
  }

  #streamOf(header: Header): MediaStream | undefined {
    const key = streamKeyOf(header);
    if (key === this.#streamKey && this.#stream?.over !== true) return this.#stream;
    const { media } = this.#conversations;
    let stream = this.#streams.get(key);
    if (stream === undefined || stream.over) {
      if (stream !== undefined) {
        media.close(stream);
        this.#streams.delete(key);
      }
      stream = this.#conversations.openMedia(this, header, this.#streams.size);
      if (stream !== undefined) this.#streams.set(key, stream);
    }
    this.#streamKey = key;
    this.#stream = stream;
    return stream;
  }
}

function streamKeyOf(header: Header): number {
  return header.messageId === AVTALK_DATA ? header.messageId << 8 : (header.messageId << 8) | header.byte12;
}
