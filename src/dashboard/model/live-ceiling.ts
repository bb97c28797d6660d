import { type LimitChanges, withChanges } from '../../analysis/limit-changes.ts';
import { MemoryCeiling } from '../../analysis/memory-ceiling.ts';
import { liveRecordLimits, PROCESS_BYTES, type RecordLimits } from './limits.ts';
import type { ModelRunLimits } from './run-limits.ts';

/** Collecting stops the thread for up to a tenth of a second: worth it for this part of the ceiling, and not for less. */
const WORTH = 0.15;
/** Looks in which V8 itself has collected most of the garbage at least once, in passing. */
const RECENT_LOOKS = 5;

/** What the model's thread can say of its memory, and do about it. */
export interface ThreadMemory {
  /** Bytes of its heap and of its buffers. */
  held(): number;
  /** Collects garbage, which stops the thread for some hundredths of a second. */
  collect(): void;
}

/** Holds a live dashboard below the ceiling of its process. */
export class LiveCeiling {
  readonly ceiling: MemoryCeiling;
  readonly records: RecordLimits;
  readonly #memory: ThreadMemory | undefined;
  /** What the thread held at the last looks: the least of it is what is alive and little more. */
  #recent: number[] = [];

  /**
   * @param memory undefined: nobody looks, and the limits stay what the ceiling allows to begin with
   * @param changes limits that somebody has set: they are neither derived nor lowered
   */
  constructor(
    bytes: number,
    memory: ThreadMemory | undefined,
    changes: LimitChanges<ModelRunLimits> | undefined,
  ) {
    const { records, besideBytes } = liveRecordLimits(bytes);
    this.records = withChanges(records, changes?.dashboard);
    this.ceiling = new MemoryCeiling(bytes, besideBytes, changes);
    this.#memory = memory;
  }

  /** To be called each second; true when the limits were lowered: what is beyond them is then to be let go. */
  look(): boolean {
    const memory = this.#memory;
    if (memory === undefined) return false;
    const held = memory.held();
    this.#recent.push(held);
    if (this.#recent.length > RECENT_LOOKS) this.#recent.shift();
    const least = Math.min(...this.#recent);
    const { ceiling } = this;
    const garbage = held - least > ceiling.bytes * WORTH;
    if (ceiling.isNear(PROCESS_BYTES + (garbage ? held : least))) {
      memory.collect();
      this.#recent = [memory.held()];
    }
    return ceiling.sample(PROCESS_BYTES + Math.min(...this.#recent));
  }
}
