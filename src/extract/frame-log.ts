/** Ticks of the clock that MPEG time stamps count (ISO/IEC 13818-1, 2.4.3.7). */
const TICKS_PER_SECOND = 90_000;
/** A time stamp has 33 bits, a step between two frames 32 in this log. */
const LONGEST_TICKS = 2 ** 33;
const LONGEST_STEP = 2 ** 32;
const FIRST_CAPACITY = 64;

/** How many frames may still be logged, and what was not for want of room; one object serves an extraction. */
export interface FrameBudget {
  left: number;
  readonly untimed: { frames: number; bytes: number };
}

export function frameBudget(frames: number): FrameBudget {
  return { left: frames, untimed: { frames: 0, bytes: 0 } };
}

/** When the frames of one file were captured and how long they are, in order: 8 bytes for each. */
export class FrameLog {
  count = 0;
  /** Seconds since the stream began, of the first frame … */
  firstAt = 0;
  /** … and of the last. */
  lastAt = 0;
  readonly #budget: FrameBudget;
  /** Of each frame the ticks since the one before it, and its bytes. */
  #entries = new Uint32Array(2 * FIRST_CAPACITY);
  #lastTick = 0;
  #full = false;

  constructor(budget: FrameBudget) {
    this.#budget = budget;
  }

  /**
   * The next frame of the file. Times become strictly increasing here: frames that one packet carries are a tick
   * apart. A frame beyond the budget or too late for a time stamp ends the log, since later ones would be misplaced:
   * it and they are counted as untimed.
   */
  add(at: number, bytes: number): void {
    if (this.#full) {
      this.#leaveOut(bytes);
      return;
    }
    if (this.count === 0) this.firstAt = at;
    const elapsed = Math.round((at - this.firstAt) * TICKS_PER_SECOND);
    const tick = this.count === 0 ? 0 : Math.max(elapsed, this.#lastTick + 1);
    const step = tick - this.#lastTick;
    if (this.#budget.left === 0 || tick >= LONGEST_TICKS || step >= LONGEST_STEP) {
      this.#full = true;
      this.#leaveOut(bytes);
      return;
    }
    this.#budget.left -= 1;
    if (2 * this.count === this.#entries.length) this.#grow();
    this.#entries[2 * this.count] = step;
    this.#entries[2 * this.count + 1] = bytes;
    this.count += 1;
    this.#lastTick = tick;
    this.lastAt = at;
  }

  /** Ticks since the first frame, and bytes, of each frame. */
  *frames(): Generator<{ readonly tick: number; readonly bytes: number }> {
    let tick = 0;
    for (let at = 0; at < 2 * this.count; at += 2) {
      tick += this.#entries[at] ?? 0;
      yield { tick, bytes: this.#entries[at + 1] ?? 0 };
    }
  }

  #leaveOut(bytes: number): void {
    const { untimed } = this.#budget;
    untimed.frames += 1;
    untimed.bytes += bytes;
  }

  #grow(): void {
    const entries = new Uint32Array(2 * this.#entries.length);
    entries.set(this.#entries);
    this.#entries = entries;
  }
}
