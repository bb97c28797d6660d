import type { FragmentAssembly } from '../../dissectors/dvrip/fragments.ts';
import { type Expectation, Framer, type FrameSink, type SkipCause } from '../../dissectors/dvrip/framing.ts';
import type { MediaChunks } from '../../dissectors/dvrip/media-chunks.ts';
import type { GapCause, Side, StreamConsumer } from '../reassembly/flow.ts';
import type { Conversations } from './conversations.ts';
import type { DvripFlow } from './dvrip-flow.ts';
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

  readonly #conversations: Conversations;
  /** The chunk walkers of the media streams in this direction, by message id and channel. */
  readonly #walkers = new Map<number, MediaChunks>();
  #walker: MediaChunks | undefined = undefined;
  #walkerKey = -1;
  #keptMedia: Uint8Array = NO_BYTES;

  constructor(conversations: Conversations, dvrip: DvripFlow, side: Side, expectation: Expectation) {
    this.#conversations = conversations;
    this.dvrip = dvrip;
    this.side = side;
    this.view = new Message(dvrip);
    const { vocabulary, limits, bodies } = conversations;
    this.framer = new Framer(this, vocabulary, limits.framing, expectation, bodies);
  }

  /** Media streams followed in this direction. */
  get mediaStreams(): number {
    return this.#walkers.size;
  }

  data(bytes: Uint8Array, start: number, end: number, packet: number): void {
    this.framer.data(bytes, start, end, packet);
  }

  gap(length: number, _cause: GapCause): void {
    this.framer.gap(length);
  }

  end(): void {
    this.framer.end();
    for (const walker of this.#walkers.values()) walker.end();
    if (this.fragments !== undefined) this.#conversations.fragmentsEnded(this);
  }

  message(): void {
    this.#conversations.message(this);
  }

  mediaData(framer: Framer, bytes: Uint8Array, start: number, end: number): void {
    this.#walkerOf(framer)?.push(bytes, start, end);
    if (this.#conversations.keptMediaBytes > 0) this.#keepMedia(bytes, start, end);
  }

  mediaGap(framer: Framer, length: number): void {
    this.#walkerOf(framer)?.gap(length);
  }

  skipped(_framer: Framer, bytes: number, after: SkipCause): void {
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

  #walkerOf(framer: Framer): MediaChunks | undefined {
    const { messageId, byte12: channel } = framer.header;
    const key = (messageId << 8) | channel;
    if (key === this.#walkerKey) return this.#walker;
    let walker = this.#walkers.get(key);
    if (walker === undefined) {
      walker = this.#conversations.followMedia(messageId, this.#walkers.size);
      if (walker !== undefined) this.#walkers.set(key, walker);
    }
    this.#walkerKey = key;
    this.#walker = walker;
    return walker;
  }
}
