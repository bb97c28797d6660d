import { u8, u32le } from '../core/bytes.ts';
import type { BodyBudget } from './body-budget.ts';
import { DahuaHint } from './dahua-hint.ts';
import { HEADER_LENGTH, Header, looksLikeHeader, MAGIC, nextMagic, type Vocabulary } from './header.ts';
import { KeptBody } from './kept-body.ts';

export interface FramingLimits {
  /** A body length beyond this is taken for garbage, not for a length. */
  readonly longestBody: number;
  /** How much of a stream on an unknown port is searched for a first header. */
  readonly recognitionBytes: number;
}

/** What stands between two messages that follow each other. */
export type SkipCause = 'gap' | 'start' | 'garbage';

/** Who takes what a framer finds. The framer's fields describe the message until the call returns. */
export interface FrameSink {
  message(framer: Framer): void;
  /** Bytes of a media body, in order. `framer.header` is that of their message. */
  mediaData(framer: Framer, bytes: Uint8Array, start: number, end: number): void;
  /** Bytes of a media body that were never captured. */
  mediaGap(framer: Framer, length: number): void;
  skipped(framer: Framer, bytes: number, after: SkipCause): void;
  /** A header in its due place promises a body over the cap. */
  oversized(framer: Framer, length: number): void;
  dahua(framer: Framer): void;
  /** The first header of the stream has been found. */
  recognised(framer: Framer): void;
}

/**
 * How a stream is met: whether its port says DVRIP or it must be recognised by its content, and whether the
 * capture has its beginning.
 */
export interface Expectation {
  readonly dvrip: boolean;
  readonly fromStart: boolean;
}

// Where the framer stands in the stream.
const HEADER = 0;
const KEPT_BODY = 1;
const MEDIA_BODY = 2;
const GIVEN_UP = 3;

// How a header is judged before it is believed.
/** The first bytes of a stream that should be DVRIP. */
const FIRST = 0;
/** Behind a message: the header is due here. */
const DUE = 1;
/** Anywhere: the bytes must look very much like one. */
const SOUGHT = 2;

const NO_BYTES = Buffer.alloc(0);

/**
 * Cuts one direction of a stream into messages (specification 3.1, 3.2), whatever the segmentation. Bodies of
 * control messages are kept whole (a view where one segment holds them), bodies of media messages are
 * handed on as they come. Lengths carry it over gaps that end inside a body; otherwise it looks for the next
 * header and says what it passed over.
 */
export class Framer {
  readonly header = new Header();
  /** Body of a control message: `body[bodyStart … bodyEnd)`; of an incomplete one, what came before the hole. */
  body: Uint8Array = NO_BYTES;
  bodyStart = 0;
  bodyEnd = 0;
  /** Body bytes that were never captured. */
  missing = 0;
  /** Body bytes that would have followed when the stream ended. */
  cut = 0;
  /** The lowest and the highest record number that carries the message. */
  firstPacket = 0;
  lastPacket = 0;
  /** Messages found. */
  messages = 0;

  readonly #sink: FrameSink;
  readonly #vocabulary: Vocabulary;
  readonly #limits: FramingLimits;
  #state = HEADER;
  #judge = FIRST;
  #remaining = 0;
  /** A header, or the search for one, that a run cut off. */
  readonly #partial: Uint8Array = new Uint8Array(HEADER_LENGTH);
  /** The record that carried each of its bytes. */
  readonly #partialPackets = new Float64Array(HEADER_LENGTH);
  #have = 0;
  readonly #kept: KeptBody;
  #skipped = 0;
  #skipCause: SkipCause = 'start';
  /** By its port, or because a header was found in one of the flow's directions. */
  #trusted: boolean;
  /** While the stream, or a datagram, begins. */
  #hint: DahuaHint | undefined;
  /** How much more may be searched before the stream is given up; for streams on unknown ports. */
  #patience = Number.POSITIVE_INFINITY;

  constructor(
    sink: FrameSink,
    vocabulary: Vocabulary,
    limits: FramingLimits,
    expectation: Expectation,
    budget: BodyBudget,
  ) {
    this.#sink = sink;
    this.#vocabulary = vocabulary;
    this.#limits = limits;
    this.#kept = new KeptBody(budget);
    this.#trusted = expectation.dvrip;
    if (expectation.dvrip && expectation.fromStart) this.#hint = new DahuaHint();
    else this.#judge = SOUGHT;
    if (!expectation.dvrip) this.#patience = expectation.fromStart ? 1 : limits.recognitionBytes;
  }

  /** Body bytes of a control message that came but were not kept, for want of room over all streams. */
  get unkept(): number {
    return this.#kept.unkept;
  }

  /** Which record carried which bytes of the body of a control message; see KeptBody. */
  get bodyRuns(): readonly number[] {
    return this.#kept.runs;
  }

  /** The stream was searched in vain: it is another protocol's. */
  get givenUp(): boolean {
    return this.#state === GIVEN_UP;
  }

  /** The other direction turned out to be DVRIP: this one is searched without end. */
  trust(): void {
    this.#trusted = true;
    this.#patience = Number.POSITIVE_INFINITY;
    if (this.#state === GIVEN_UP) this.#state = HEADER;
  }

  /** A new datagram is about to come: its header is due at once. */
  restart(): void {
    this.#judge = FIRST;
    this.#hint ??= new DahuaHint();
    this.#hint.restart();
  }

  data(bytes: Uint8Array, start: number, end: number, packet: number): void {
    let at = start;
    if (this.#hint?.open && start < end) {
      // The first bytes go ahead of the others, so that the hint comes behind them however many come at once.
      at = this.#hint.take(bytes, start, end);
      this.#cut(bytes, start, at, packet);
      if (this.#hint.decided && this.#hint.close()) this.#sink.dahua(this);
    }
    this.#cut(bytes, at, end, packet);
  }

  #cut(bytes: Uint8Array, start: number, end: number, packet: number): void {
    let at = start;
    while (at < end) {
      if (this.#state === MEDIA_BODY) {
        const step = Math.min(this.#remaining, end - at);
        this.#sink.mediaData(this, bytes, at, at + step);
        at += step;
        this.#remaining -= step;
        if (packet > this.lastPacket) this.lastPacket = packet;
        else if (packet < this.firstPacket) this.firstPacket = packet;
        if (this.#remaining === 0) this.#finish();
      } else if (this.#state === HEADER) {
        at = this.#takeHeader(bytes, start, at, end, packet);
      } else if (this.#state === KEPT_BODY) {
        at = this.#takeBody(bytes, at, end, packet);
      } else {
        // Should the other direction prove this one to be DVRIP after all, these bytes are owed an account.
        this.#skipped += end - at;
        return;
      }
    }
  }

  /** `length` bytes of the stream were never captured. */
  gap(length: number): void {
    if (this.#hint?.close()) this.#sink.dahua(this);
    if (this.#state === GIVEN_UP) return;
    let left = length;
    if (this.#state !== HEADER) {
      const inside = Math.min(left, this.#remaining);
      if (this.#state === MEDIA_BODY) this.#sink.mediaGap(this, inside);
      else if (this.missing === 0) this.#setBodyFromKept();
      this.missing += inside;
      this.#remaining -= inside;
      left -= inside;
      if (this.#remaining === 0) this.#finish();
    }
    if (left === 0) return;
    // A header, or the end of one, lies in the gap.
    this.#skip(this.#have, 'gap');
    this.#have = 0;
    this.#judge = SOUGHT;
    this.#skipCause = 'gap';
    // The first bytes are missing: a stream that should be recognised by them is searched like one in mid-stream.
    if (this.messages === 0) this.#patience = Math.max(this.#patience, this.#limits.recognitionBytes);
  }

  /** The stream, or a datagram, is over. */
  end(): void {
    if (this.#hint?.close()) this.#sink.dahua(this);
    if (this.#state === KEPT_BODY || this.#state === MEDIA_BODY) {
      if (this.#state === KEPT_BODY && this.missing === 0) this.#setBodyFromKept();
      this.cut = this.#remaining;
      this.#finish();
    } else if (this.#state === HEADER) {
      this.#skip(this.#have, this.messages === 0 ? 'start' : 'garbage');
      this.#have = 0;
    }
    this.#reportSkipped();
  }

  /** Answers where to go on; `start` is where the bytes at hand begin. */
  #takeHeader(bytes: Uint8Array, start: number, at: number, end: number, packet: number): number {
    if (this.#have === 0 && end - at >= HEADER_LENGTH) {
      if (this.#believe(bytes, at)) {
        this.firstPacket = this.lastPacket = packet;
        this.#begin(bytes, at);
        return at + HEADER_LENGTH;
      }
      let to = at;
      do to = nextMagic(bytes, to + 1, end);
      while (end - to >= HEADER_LENGTH && !this.#believe(bytes, to));
      this.#skip(to - at, this.messages === 0 ? 'start' : 'garbage');
      return to;
    }
    const take = Math.min(HEADER_LENGTH - this.#have, end - at);
    this.#partial.set(bytes.subarray(at, at + take), this.#have);
    this.#partialPackets.fill(packet, this.#have, this.#have + take);
    this.#have += take;
    if (this.#have === HEADER_LENGTH) this.#takePartial();
    const behind = at + take;
    // Once all that is left of it lies in the bytes at hand, it can be read there: much faster in garbage.
    if (this.#have > behind - start || behind === end) return behind;
    const left = this.#have;
    this.#have = 0;
    return behind - left;
  }

  #takePartial(): void {
    if (this.#believe(this.#partial, 0)) {
      this.#have = 0;
      this.firstPacket = Math.min(...this.#partialPackets);
      this.lastPacket = Math.max(...this.#partialPackets);
      this.#begin(this.#partial, 0);
      return;
    }
    const drop = nextMagic(this.#partial, 1, HEADER_LENGTH);
    this.#partial.copyWithin(0, drop);
    this.#partialPackets.copyWithin(0, drop);
    this.#have = HEADER_LENGTH - drop;
    this.#skip(drop, this.messages === 0 ? 'start' : 'garbage');
  }

  /** Whether the 20 bytes at `at` are taken for a header. */
  #believe(bytes: Uint8Array, at: number): boolean {
    const longest = this.#limits.longestBody;
    if (this.#judge === SOUGHT) return looksLikeHeader(bytes, at, this.#vocabulary, longest);
    const length = u32le(bytes, at + 16);
    if (u8(bytes, at) === MAGIC && (this.#judge === DUE || u8(bytes, at + 1) <= 1)) {
      if (length <= longest) return true;
      if (this.#judge === DUE || this.#trusted) this.#sink.oversized(this, length);
    }
    this.#judge = SOUGHT;
    return false;
  }

  #begin(bytes: Uint8Array, at: number): void {
    const header = this.header;
    header.read(bytes, at);
    if (this.messages === 0) {
      this.trust();
      this.#sink.recognised(this);
    }
    this.#reportSkipped();
    this.#judge = DUE;
    this.messages += 1;
    this.missing = 0;
    this.cut = 0;
    this.body = NO_BYTES;
    this.bodyStart = this.bodyEnd = 0;
    this.#remaining = header.bodyLength;
    this.#state = this.#vocabulary.isMedia(header.messageId) ? MEDIA_BODY : KEPT_BODY;
    if (header.bodyLength === 0) this.#finish();
  }

  #takeBody(bytes: Uint8Array, at: number, end: number, packet: number): number {
    const step = Math.min(this.#remaining, end - at);
    if (packet > this.lastPacket) this.lastPacket = packet;
    if (packet < this.firstPacket) this.firstPacket = packet;
    // Behind a hole nothing more is kept: the body cannot be read whole.
    if (this.missing === 0) {
      const kept = this.#kept;
      if (kept.length + kept.unkept === 0 && step === this.#remaining) {
        this.body = bytes;
        this.bodyStart = at;
        this.bodyEnd = at + step;
        kept.note(step, packet);
      } else {
        kept.add(bytes, at, at + step, packet, this.header.bodyLength);
      }
    }
    this.#remaining -= step;
    if (this.#remaining === 0) {
      if (this.#kept.length > 0) this.#setBodyFromKept();
      this.#finish();
    }
    return at + step;
  }

  #setBodyFromKept(): void {
    this.body = this.#kept.bytes;
    this.bodyStart = 0;
    this.bodyEnd = this.#kept.length;
  }

  /** The message is as complete as it will get. */
  #finish(): void {
    this.#state = HEADER;
    this.#sink.message(this);
    this.body = NO_BYTES;
    this.#kept.clear();
  }

  #skip(bytes: number, cause: SkipCause): void {
    if (bytes === 0) return;
    if (this.#skipped === 0 && this.#skipCause !== 'gap') this.#skipCause = cause;
    this.#skipped += bytes;
    this.#patience -= bytes;
    if (this.#patience <= 0) {
      this.#state = GIVEN_UP;
      this.#skipped += this.#have;
      this.#have = 0;
    }
  }

  #reportSkipped(): void {
    const skipped = this.#skipped;
    this.#skipped = 0;
    const cause = this.#skipCause;
    this.#skipCause = 'garbage';
    if (skipped > 0 && this.#trusted) this.#sink.skipped(this, skipped, cause);
  }
}
