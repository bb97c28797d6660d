import { RECENT_CHUNKS } from '../../dissectors/core/packet.ts';
import { CAPTURE_LIMITS } from './limits.ts';

/**
 * Room before each chunk for the record that the chunk before it left unfinished, so that every record is in one
 * piece: the largest usual record with its pcapng block around it.
 */
export const HEADROOM = CAPTURE_LIMITS.standardRecordBytes + 4096;

/** Most chunks being filled at a time (ByteSource.readsAtOnce). */
const FILLING = 2;

/** A read buffer and its number, counted over all files. */
export interface Chunk {
  readonly number: number;
  readonly buffer: Buffer;
}

/**
 * The read buffers, used in turn: those being filled, and the last RECENT_CHUNKS, which stay intact.
 * They come into being when first used, so a small file costs a few untouched pages.
 */
export class ChunkRing {
  readonly #chunkBytes: number;
  readonly #buffers: Buffer[] = [];
  #next = 0;

  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
  }

  /** The next chunk; its bytes go to HEADROOM and on. */
  take(): Chunk {
    const number = this.#next++;
    const slot = number % (RECENT_CHUNKS + FILLING);
    let buffer = this.#buffers[slot];
    if (buffer === undefined) {
      buffer = Buffer.allocUnsafeSlow(HEADROOM + this.#chunkBytes);
      this.#buffers[slot] = buffer;
    }
    return { number, buffer };
  }
}
