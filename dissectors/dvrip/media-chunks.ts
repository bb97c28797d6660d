import { u8 } from '../core/bytes.ts';
import {
  CHUNK_AUDIO,
  ChunkHeader,
  chunkHeaderLength,
  isVideoChunk,
  LONGEST_CHUNK_HEADER,
} from './chunk-header.ts';

/** What streams carried: frames that were captured whole, and their bytes without chunk headers. */
export interface MediaTotals {
  videoFrames: number;
  videoBytes: number;
  audioFrames: number;
  audioBytes: number;
  /** Video and audio frames that began, but of which bytes are missing. */
  cutFrames: number;
}

/** Adds a chunk that has ended to the totals. */
export function countChunk(totals: MediaTotals, header: ChunkHeader, cut: boolean): void {
  const video = isVideoChunk(header.type);
  if (!video && header.type !== CHUNK_AUDIO) return;
  if (cut) {
    totals.cutFrames += 1;
  } else if (video) {
    totals.videoFrames += 1;
    totals.videoBytes += header.length;
  } else {
    totals.audioFrames += 1;
    totals.audioBytes += header.length;
  }
}

/** Who is told of the chunks of a stream. `header` is a view that is filled anew for each chunk. */
export interface ChunkSink {
  chunkStarted(header: ChunkHeader): void;
  /** Bytes of its payload, in order; good during the call only. */
  chunkData(bytes: Uint8Array, start: number, end: number): void;
  /** Bytes of its payload that were never captured. */
  chunkGap(length: number): void;
  /** `cut`: bytes of it are missing. */
  chunkEnded(header: ChunkHeader, cut: boolean): void;
}

/**
 * Walks the chunks of one media stream over any packetisation: a chunk may span messages, a message may
 * hold several chunks. Payload is only stepped over. In mid-stream and after a gap that swallowed a
 * chunk's end it looks for the next chunk header.
 */
export class MediaChunks {
  /** Bytes that belong to no chunk: before the first header, or behind a damaged one. */
  strayBytes = 0;

  readonly #sink: ChunkSink;
  readonly #longestChunk: number;
  readonly #chunk = new ChunkHeader();
  #remaining = 0;
  /** Bytes of the chunk at hand were never captured. */
  #cut = false;
  /** The beginning of a chunk header that the run before cut off. */
  readonly #partial = new Uint8Array(LONGEST_CHUNK_HEADER);
  #have = 0;

  constructor(sink: ChunkSink, longestChunk: number) {
    this.#sink = sink;
    this.#longestChunk = longestChunk;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (this.#remaining > 0) {
        const step = Math.min(this.#remaining, end - at);
        this.#remaining -= step;
        this.#sink.chunkData(bytes, at, at + step);
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
    const inside = Math.min(length, this.#remaining);
    this.#remaining -= inside;
    this.#sink.chunkGap(inside);
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
    if (this.#have === 0 && end - at >= LONGEST_CHUNK_HEADER) {
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
    const chunk = this.#chunk;
    const size = chunk.read(bytes, at);
    if (size === 0 || chunk.length > this.#longestChunk) return 0;
    this.#remaining = chunk.length;
    this.#cut = false;
    this.#sink.chunkStarted(chunk);
    if (chunk.length === 0) this.#finish();
    return size;
  }

  #finish(): void {
    this.#sink.chunkEnded(this.#chunk, this.#cut);
  }
}

/** Length of the header that `have` bytes begin; 16 while it cannot be told, 0 when they begin none. */
function headerLength(bytes: Uint8Array, have: number): number {
  if (u8(bytes, 0) !== 0) return 0;
  if (have > 1 && u8(bytes, 1) !== 0) return 0;
  if (have > 2 && u8(bytes, 2) !== 1) return 0;
  return have > 3 ? chunkHeaderLength(u8(bytes, 3)) : LONGEST_CHUNK_HEADER;
}
