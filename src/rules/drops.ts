/** Stretches remembered; of what ended before the oldest, nobody can tell any more. */
const MOST_STRETCHES = 1024;

/**
 * Seconds before and behind a stretch that count as part of it: what was under way when it began, or is delivered late, and
 * clocks of interfaces that differ.
 */
export const DROP_MARGIN_SECONDS = 1;

/** Capture time in seconds, both ends included. */
interface Stretch {
  readonly from: number;
  until: number;
  /** {@link Drops.count} before it. */
  readonly before: number;
}

/**
 * When packets were dropped before they reached the capture. What did not come between two moments may have been among them
 * if a stretch touches the time between. Rules remember the first moment as a number ({@link Drops.count}), not as a time:
 * it grows with the beginning and with the end of each stretch.
 */
export class Drops {
  /** Beginnings and ends of stretches so far. */
  count = 0;
  /** Capture time behind which the stretch at hand is over; Infinity where there is none. To be looked at often. */
  over = Number.POSITIVE_INFINITY;
  /** Capture time at which that ended which is being judged; Infinity: it goes on. */
  judged = Number.POSITIVE_INFINITY;
  readonly #stretches: Stretch[] = [];

  /** Some were told. */
  get any(): boolean {
    return this.count > 0;
  }

  /** Packets were dropped between these capture times, in seconds; gives the beginning, margin included. */
  add(from: number, to: number): number {
    const start = Math.min(from, to) - DROP_MARGIN_SECONDS;
    const until = to + DROP_MARGIN_SECONDS;
    const last = this.#stretches.at(-1);
    if (last !== undefined && this.over !== Number.POSITIVE_INFINITY && start >= last.from) {
      // It goes on.
      last.until = Math.max(last.until, until);
      this.over = last.until;
      return start;
    }
    this.#stretches.push({ from: start, until, before: this.count });
    if (this.#stretches.length > MOST_STRETCHES) this.#stretches.shift();
    this.count += 1;
    this.over = Math.max(until, this.over === Number.POSITIVE_INFINITY ? until : this.over);
    return start;
  }

  /** The stretch at hand is over. */
  pass(): void {
    this.count += 1;
    this.over = Number.POSITIVE_INFINITY;
  }

  /** Whether one touches the time from a moment with this {@link count} until what is judged ended. */
  since(count: number): boolean {
    const { judged } = this;
    if (judged === Number.POSITIVE_INFINITY) {
      return this.count > count || this.over !== Number.POSITIVE_INFINITY;
    }
    const later = this.#stretches.find(({ from }) => from > judged);
    if ((later?.before ?? this.count) > count) return true;
    return this.#stretches.some(({ from, until }) => from <= judged && judged <= until);
  }
}
