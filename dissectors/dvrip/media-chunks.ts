import { u8, u16le, u32le } from '../core/bytes.ts';

/**
 * Media chunks inside the bodies of media messages (field notes §6.2; lengths without the chunk header, LE):
 *
 * ```
 * FC key frame, FE picture   00 00 01 FC  type fps width height  datetime(32)  length(32)   16 bytes
 * FD inter frame             00 00 01 FD  length(32)                                         8 bytes
 * FA audio, F9 information   00 00 01 FA  codec rate  length(16)                             8 bytes
 * ```
 */
export const CHUNK_KEY_FRAME = 0xfc;
export const CHUNK_INTER_FRAME = 0xfd;
export const CHUNK_AUDIO = 0xfa;
export const CHUNK_PICTURE = 0xfe;
export const CHUNK_INFORMATION = 0xf9;

const LONGEST_HEADER = 16;

/** What streams carried: frames that were captured whole, and their bytes without chunk headers. */
export interface MediaTotals {
  videoFrames: number;
  videoBytes: number;
  audioFrames: number;
  audioBytes: number;
  /** Video and audio frames that began, but of which bytes are missing. */
  cutFrames: number;
}

/**
 * Walks the chunks of one media stream over any packetisation: a chunk may span messages, a message may
 * hold several chunks. Payload is only stepped over. In mid-stream and after a gap that swallowed a
 * chunk's end it looks for the next chunk header.
 */
export class MediaChunks {
  /** Bytes that belong to no chunk: before the first header, or behind a damaged one. */
  strayBytes = 0;

  readonly #totals: MediaTotals;
  readonly #longestChunk: number;
  #type = 0;
  #length = 0;
  #remaining = 0;
  /** Bytes of the chunk at hand were never captured. */
  #cut = false;
  /** The beginning of a chunk header that the run before cut off. */
  readonly #partial = new Uint8Array(LONGEST_HEADER);
  #have = 0;

  constructor(totals: MediaTotals, longestChunk: number) {
    this.#totals = totals;
    this.#longestChunk = longestChunk;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (this.#remaining > 0) {
        const step = Math.min(this.#remaining, end - at);
        this.#remaining -= step;
        at += step;
        if (this.#remaining === 0) this.#finish();
      } else {
        at = this.#header(bytes, at, end);
      }
    }
  }

  /** Bytes of the stream that were never captured. */
  gap(length: number): void {
    // A header cut by the gap is lost, and with it the chunk's length.
    this.strayBytes += this.#have;
    this.#have = 0;
    if (this.#remaining === 0) return;
    this.#cut = true;
    this.#remaining = Math.max(0, this.#remaining - length);
    if (this.#remaining === 0) this.#finish();
  }

  /** The stream is over. */
  end(): void {
    if (this.#remaining === 0) return;
    this.#remaining = 0;
    this.#cut = true;
    this.#finish();
  }

  #header(bytes: Uint8Array, at: number, end: number): number {
    if (this.#have === 0 && end - at >= LONGEST_HEADER) {
      const length = this.#accept(bytes, at);
      if (length > 0) return at + length;
      return this.#seek(bytes, at + 1, end);
    }
    this.#partial[this.#have] = u8(bytes, at);
    this.#have += 1;
    const need = headerLength(this.#partial, this.#have);
    if (this.#have === need) {
      if (this.#accept(this.#partial, 0) > 0) this.#have = 0;
      else this.#refuse();
    } else if (need === 0) {
      this.#refuse();
    }
    return at + 1;
  }

  /** Passes over bytes that begin no chunk, up to the next zero byte that might. */
  #seek(bytes: Uint8Array, from: number, end: number): number {
    // A plain loop: `indexOf` would search the whole read buffer behind `end`.
    let to = from;
    while (to < end && u8(bytes, to) !== 0) to += 1;
    this.strayBytes += to - from + 1;
    return to;
  }

  /** What was taken for a header is none: its first byte belongs to no chunk, the rest is looked at anew. */
  #refuse(): void {
    const rest = this.#partial.slice(1, this.#have);
    this.#have = 0;
    this.strayBytes += 1;
    this.push(rest, 0, rest.length);
  }

  /** Begins the chunk whose header stands at `at`, and answers the header's length; 0 = there is none. */
  #accept(bytes: Uint8Array, at: number): number {
    if (u8(bytes, at) !== 0 || u8(bytes, at + 1) !== 0 || u8(bytes, at + 2) !== 1) return 0;
    const type = u8(bytes, at + 3);
    const length = chunkHeaderLength(type);
    if (length === 0) return 0;
    const payload =
      length === 16
        ? u32le(bytes, at + 12)
        : type === CHUNK_INTER_FRAME
          ? u32le(bytes, at + 4)
          : u16le(bytes, at + 6);
    if (payload > this.#longestChunk) return 0;
    this.#type = type;
    this.#length = this.#remaining = payload;
    this.#cut = false;
    if (payload === 0) this.#finish();
    return length;
  }

  #finish(): void {
    const totals = this.#totals;
    const video = isVideo(this.#type);
    if (!video && this.#type !== CHUNK_AUDIO) return;
    if (this.#cut) {
      totals.cutFrames += 1;
    } else if (video) {
      totals.videoFrames += 1;
      totals.videoBytes += this.#length;
    } else {
      totals.audioFrames += 1;
      totals.audioBytes += this.#length;
    }
  }
}

function isVideo(type: number): boolean {
  return type === CHUNK_KEY_FRAME || type === CHUNK_INTER_FRAME;
}

/** Length of the header of a chunk type; 0 = no such type. */
function chunkHeaderLength(type: number): number {
  switch (type) {
    case CHUNK_KEY_FRAME:
    case CHUNK_PICTURE:
      return 16;
    case CHUNK_INTER_FRAME:
    case CHUNK_AUDIO:
    case CHUNK_INFORMATION:
      return 8;
    default:
      return 0;
  }
}

/** Length of the header that `have` bytes begin; 16 while it cannot be told, 0 when they begin none. */
function headerLength(bytes: Uint8Array, have: number): number {
  if (u8(bytes, 0) !== 0) return 0;
  if (have > 1 && u8(bytes, 1) !== 0) return 0;
  if (have > 2 && u8(bytes, 2) !== 1) return 0;
  return have > 3 ? chunkHeaderLength(u8(bytes, 3)) : LONGEST_HEADER;
}
