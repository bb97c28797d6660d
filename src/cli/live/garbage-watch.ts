import type { MemoryCeiling } from '../../analysis/memory-ceiling.ts';
import { collectGarbage, memoryTaken } from '../../dashboard/worker/memory-taken.ts';

/** Read between two looks, of some 25 microseconds each. A body of JSON makes garbage of some fifty times its length. */
const LOOK_BYTES = 256 * 1024;
/** Collecting stops the process for some hundredths of a second: worth it for this part of the ceiling, and not for less. */
const WORTH = 0.1;

/** What the process can say of its memory, and do about it. */
export interface WatchedMemory {
  taken(): number;
  collect(): void;
}

const OF_THE_PROCESS: WatchedMemory = { taken: memoryTaken, collect: collectGarbage };

/**
 * Collects garbage before it comes near the ceiling, however fast it grows: V8 lets it grow to four times what is alive, and
 * a second is long enough for that.
 */
export class GarbageWatch {
  readonly #ceiling: MemoryCeiling;
  readonly #memory: WatchedMemory;
  #lookedAt = 0;
  /** Bytes taken after the last collection. */
  #least = 0;

  constructor(ceiling: MemoryCeiling, memory: WatchedMemory = OF_THE_PROCESS) {
    this.#ceiling = ceiling;
    this.#memory = memory;
  }

  /** To be called often, with the bytes of traffic read so far. */
  look(bytesRead: number): void {
    if (bytesRead - this.#lookedAt < LOOK_BYTES) return;
    this.#lookedAt = bytesRead;
    const taken = this.#memory.taken();
    if (!this.#ceiling.isNear(taken) || taken - this.#least < this.#ceiling.bytes * WORTH) return;
    this.#memory.collect();
    this.#least = this.#memory.taken();
  }
}
