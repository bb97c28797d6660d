import { RECENT_CHUNKS } from '../../dissectors/core/packet.ts';
import { sequenceDistance } from './sequence.ts';

const ENTRIES = 1 << 14;
const MASK = ENTRIES - 1;
/** How far back one retransmission is looked up: bounds what an endless stream of them can cost. */
const LONGEST_WALK = 1024;
/** Read buffers are found by chunk number; a power of two that holds all that stay intact. */
const CHUNK_SLOTS = 16;
const CHUNK_MASK = CHUNK_SLOTS - 1;

/** What the history needs to know of a direction: where its newest entry is. */
export interface Delivering {
  /** Count of entries when this direction wrote its last one; 0 = none. */
  newestEntry: number;
}

/**
 * Where the last delivered segments lie in the read buffers that are still intact, so that a byte sent
 * twice can be compared with its first copy without keeping any payload. One ring for all flows: memory is
 * fixed, and what has left the ring or the buffers is simply no longer comparable.
 */
export class DeliveredHistory {
  #count = 0;
  readonly #sequence = new Int32Array(ENTRIES);
  readonly #start = new Int32Array(ENTRIES);
  readonly #length = new Int32Array(ENTRIES);
  readonly #chunk = new Int32Array(ENTRIES);
  /** Distance to the entry before of the same direction; 0 = none within the ring. */
  readonly #back = new Int32Array(ENTRIES);
  readonly #buffers: (Uint8Array | undefined)[] = new Array(CHUNK_SLOTS).fill(undefined);
  #newestChunk = -1;

  /**
   * Whether `bytes` is the read buffer of that chunk, so that an offset in it means something later. It is not
   * when the record had a buffer of its own (a reassembled datagram) or the chunk has long been overwritten.
   */
  admit(bytes: Uint8Array, chunk: number): boolean {
    if (chunk > this.#newestChunk) {
      // Chunks that brought no segment leave no trace; their slots may hold buffers that are in use again.
      const newSlots = Math.min(chunk - this.#newestChunk, CHUNK_SLOTS);
      for (let i = 0; i < newSlots; i++) this.#buffers[(chunk - i) & CHUNK_MASK] = undefined;
      this.#newestChunk = chunk;
      this.#buffers[chunk & CHUNK_MASK] = bytes;
      return true;
    }
    return this.#newestChunk - chunk < CHUNK_SLOTS && this.#buffers[chunk & CHUNK_MASK] === bytes;
  }

  /** The next bytes of a direction lie at `start` in the buffer of an admitted chunk. */
  record(direction: Delivering, sequence: number, start: number, length: number, chunk: number): void {
    const at = this.#count & MASK;
    const back = this.#count + 1 - direction.newestEntry;
    this.#sequence[at] = sequence;
    this.#start[at] = start;
    this.#length[at] = length;
    this.#chunk[at] = chunk;
    this.#back[at] = direction.newestEntry !== 0 && back < ENTRIES ? back : 0;
    this.#count += 1;
    direction.newestEntry = this.#count;
  }

  /**
   * How many bytes of a repeated segment differ from what was delivered first, as far as the first copy
   * is still in reach.
   */
  conflicts(
    direction: Delivering,
    sequence: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    nowChunk: number,
  ): number {
    const length = end - start;
    let conflicting = 0;
    let entry = direction.newestEntry;
    for (let steps = 0; steps < LONGEST_WALK && entry !== 0 && this.#count - entry < ENTRIES; steps++) {
      const at = (entry - 1) & MASK;
      const chunk = this.#chunk[at] as number;
      const first = sequenceDistance(this.#sequence[at] as number, sequence);
      const entryLength = this.#length[at] as number;
      // Entries go back in order of sequence: one that ends before this segment is the last to look at.
      if (first + entryLength <= 0) break;
      const from = Math.max(first, 0);
      const to = Math.min(first + entryLength, length);
      const buffer = this.#buffers[chunk & CHUNK_MASK];
      if (from < to && buffer !== undefined && nowChunk - chunk < RECENT_CHUNKS) {
        const shift = (this.#start[at] as number) - first;
        for (let i = from; i < to; i++) {
          if (buffer[shift + i] !== bytes[start + i]) conflicting += 1;
        }
      }
      const back = this.#back[at] as number;
      if (back === 0) break;
      entry -= back;
    }
    return conflicting;
  }
}
