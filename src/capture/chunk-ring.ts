import { RECENT_CHUNKS } from '../../dissectors/core/packet.ts';
import { STANDARD_RECORD_BYTES } from './limits.ts';

/**
 * Room before each chunk for the record that the chunk before it left unfinished, so that every record is in one
 * piece: the largest usual record with its pcapng block around it.
 */
export const HEADROOM = STANDARD_RECORD_BYTES + 4096;

/**
 * The read buffers, used in turn: the one being filled, and the last RECENT_CHUNKS, which stay intact.
 * They come into being when first used, so a small file costs one or two.
 */
export class ChunkRing {
  /** Number of the next chunk, counted over all files. */
  next = 0;
  readonly #chunkBytes: number;
  readonly #buffers: Buffer[] = [];

  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
  }

  /** The buffer of the chunk numbered `next`; its bytes go to HEADROOM and on. */
  take(): Buffer {
    const slot = this.next % (RECENT_CHUNKS + 1);
    this.next++;
    let buffer = this.#buffers[slot];
    if (buffer === undefined) {
      buffer = Buffer.allocUnsafeSlow(HEADROOM + this.#chunkBytes);
      this.#buffers[slot] = buffer;
    }
    return buffer;
  }
}
