import type { BodyBudget } from './body-budget.ts';

/** Room for a body that spans segments, when its first bytes come. */
const FIRST_BYTES = 16 * 1024;
/** What a run takes, two numbers: a body may come byte by byte, and then takes many times its length. */
const RUN_BYTES = 16;
const NO_BYTES = Buffer.alloc(0);

/** The body of a control message while its bytes come in, and which record brought which of them. */
export class KeptBody {
  bytes: Uint8Array = NO_BYTES;
  length = 0;
  /** Bytes that came but were not kept, for want of room over all streams. */
  unkept = 0;
  /** For each run of bytes where it ends in the body, and the number of the record that carried it. */
  readonly runs: number[] = [];
  readonly #budget: BodyBudget;
  /** Runs that are in the budget. */
  #runsTaken = 0;

  constructor(budget: BodyBudget) {
    this.#budget = budget;
  }

  /** Notes which record carried the bytes up to `end`; needed for those too that are not copied. */
  note(end: number, packet: number): void {
    this.runs.push(end, packet);
  }

  /** Room grows with the bytes that have come, never with the length that a header `promised`. */
  add(bytes: Uint8Array, start: number, end: number, packet: number, promised: number): void {
    const need = this.length + end - start;
    const room = this.unkept === 0 && (need <= this.bytes.length || this.#makeRoom(need, promised));
    if (!room || !this.#budget.take(RUN_BYTES)) {
      this.unkept += end - start;
      return;
    }
    this.#runsTaken += 1;
    this.bytes.set(bytes.subarray(start, end), this.length);
    this.length = need;
    this.note(need, packet);
  }

  /** Nothing is held between messages: a connection may stand idle for weeks. */
  clear(): void {
    // Of a media message nothing was kept, and they are nearly all.
    if (this.runs.length === 0 && this.unkept === 0) return;
    this.#budget.give(this.bytes.length + this.#runsTaken * RUN_BYTES);
    this.#runsTaken = 0;
    this.bytes = NO_BYTES;
    this.length = 0;
    this.unkept = 0;
    this.runs.length = 0;
  }

  #makeRoom(need: number, promised: number): boolean {
    const present = this.bytes.length;
    const room = Math.max(need, Math.min(Math.max(2 * present, FIRST_BYTES), promised));
    if (!this.#budget.take(room - present)) return false;
    const grown = Buffer.allocUnsafeSlow(room);
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    return true;
  }
}

/** The records that carry the bytes `[from … to)` of a body, by its runs; the lowest and the highest number. */
export function packetsOfRange(
  runs: readonly number[],
  from: number,
  to: number,
): [number, number] | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let start = 0;
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const end = runs[i] as number;
    const packet = runs[i + 1] as number;
    // Of an empty range the run counts in which it lies.
    if (start < Math.max(to, from + 1) && end > from) {
      first = Math.min(first, packet);
      last = Math.max(last, packet);
    }
    start = end;
  }
  return last === 0 ? undefined : [first, last];
}
