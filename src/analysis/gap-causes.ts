import type { GapCause as ReassemblyCause } from '../reassembly/flow.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';

/** The likely cause of a gap in a live capture; the first that applies, in this order. */
export const GAP_CAUSES = ['snap-length', 'dropped', 'one-direction', 'mid-stream', 'unknown'] as const;

export type GapCause = (typeof GAP_CAUSES)[number];

export interface GapCount {
  count: number;
  bytes: number;
}

/** A stretch of capture time in which packets were dropped, in seconds, both ends included. */
interface Stretch {
  readonly from: number;
  to: number;
}

/** Stretches remembered: holes that nobody acknowledges are given up when their connection ends, hours later. */
const MOST_STRETCHES = 256;

/**
 * Counts gaps by cause. Whether packets were dropped at the time is known only after the fact: a hole is given up a second
 * or more after it came about, and drops are counted once in an interval.
 */
export class GapCauses {
  readonly total: GapCount = { count: 0, bytes: 0 };
  readonly #byCause = countsOf(GAP_CAUSES);
  /** Of this interval, by what they come to unless packets were dropped. */
  readonly #waiting = countsOf(GAP_CAUSES);
  readonly #drops: Stretch[] = [];
  #droppedBefore = false;
  #settled = Number.NEGATIVE_INFINITY;

  /** `seconds`: capture time of what came behind the hole. */
  gap(stream: StreamDirection, bytes: number, cause: ReassemblyCause, seconds: number): void {
    add(this.total, 1, bytes);
    if (cause === 'snap-length') add(this.#byCause['snap-length'], 1, bytes);
    else if (this.#drops.some(({ from, to }) => seconds >= from && seconds <= to)) {
      add(this.#byCause.dropped, 1, bytes);
    } else add(this.#waiting[shownBy(stream)], 1, bytes);
  }

  /**
   * An interval has ended, `now` in seconds of capture time. `dropped`: packets were lost in it, by the kernel, the
   * interface or us.
   */
  settle(dropped: boolean, now: number): void {
    if (dropped) this.#remember(this.#settled, now);
    this.#settled = now;
    const explained = dropped || this.#droppedBefore;
    for (const cause of GAP_CAUSES) {
      const { count, bytes } = this.#waiting[cause];
      add(this.#byCause[explained ? 'dropped' : cause], count, bytes);
      this.#waiting[cause].count = this.#waiting[cause].bytes = 0;
    }
    this.#droppedBefore = dropped;
  }

  /** A second more before and after: what was dropped last in an interval is missed in the next. */
  #remember(from: number, to: number): void {
    const last = this.#drops.at(-1);
    if (last !== undefined && from - 1 <= last.to) last.to = to + 1;
    else this.#drops.push({ from: from - 1, to: to + 1 });
    if (this.#drops.length > MOST_STRETCHES) this.#drops.shift();
  }

  /** What there is, those of the present interval left out. */
  byCause(): readonly ({ readonly cause: GapCause } & Readonly<GapCount>)[] {
    return GAP_CAUSES.map((cause) => ({ cause, ...this.#byCause[cause] })).filter(({ count }) => count > 0);
  }
}

function shownBy({ flow }: StreamDirection): GapCause {
  const [a, b] = flow.streams;
  if (!a.started || !b.started) return 'one-direction';
  return a.synSeen && b.synSeen ? 'unknown' : 'mid-stream';
}

function countsOf(causes: readonly GapCause[]): Record<GapCause, GapCount> {
  const empty = Object.fromEntries(causes.map((cause) => [cause, { count: 0, bytes: 0 }]));
  return empty as Record<GapCause, GapCount>;
}

function add(to: GapCount, count: number, bytes: number): void {
  to.count += count;
  to.bytes += bytes;
}
