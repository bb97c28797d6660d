import { NumberList } from '../index/number-list.ts';
import { orderByKey } from './radix-sort.ts';

/** Where the things come from: numbers in ascending order, the oldest of which may be gone. */
export interface NumberSource {
  readonly first: number;
  readonly next: number;
}

/** Says which things belong to a list, and which of them stand in one row. */
export interface ListRule {
  /** Undefined: all do. */
  readonly accepts?: (number: number) => boolean;
  /** Undefined: each has a row of its own. */
  readonly folding?: Folding;
  /** Things looked at in one go. */
  readonly atOnce: number;
}

export interface Folding {
  /** What runs are kept apart by; things of one group end each other's runs. */
  group(number: number): number;
  /** Things of one key make a run; -1 belongs to none, and ends the runs of its group. */
  key(number: number): number;
  bytes(number: number): number;
}

/** Rows that are gone before room is made of them. */
const TRIMMED_ROWS = 4096;

/** A row: one thing, or a run that the first stands for. */
export interface ListEntry {
  readonly number: number;
  readonly last: number;
  readonly count: number;
  readonly bytes: number;
}

/**
 * The part of a growing sequence that a view shows. It looks at each thing once, and remembers the rows; a list of
 * everything, unfolded, needs no memory at all.
 */
export class GrowingList {
  readonly #source: NumberSource;
  readonly #rule: ListRule;
  readonly #plain: boolean;
  /** Number of the next thing to look at. */
  #scanned: number;
  #numbers = new NumberList();
  #lasts = new NumberList();
  #counts = new NumberList();
  #bytes: number[] = [];
  /** Rows at the beginning whose things are gone. */
  #dropped = 0;
  /** Where the things began when the runs were last looked through. */
  #foldedFrom: number;
  /** Runs that go on, by group and key: places of rows. */
  #runs = new Map<number, Map<number, number>>();
  #order:
    | { readonly by: string; readonly rows: number; readonly dropped: number; readonly places: Uint32Array }
    | undefined;

  constructor(source: NumberSource, rule: ListRule) {
    this.#source = source;
    this.#rule = rule;
    this.#plain = rule.accepts === undefined && rule.folding === undefined;
    this.#scanned = this.#foldedFrom = source.first;
  }

  /** Things not looked at yet. */
  get behind(): number {
    return this.#plain ? 0 : this.#source.next - Math.max(this.#scanned, this.#source.first);
  }

  /** Things looked at, of those that are still there. */
  get looked(): number {
    return this.#source.next - this.#source.first - this.behind;
  }

  get scanned(): number {
    return this.#scanned;
  }

  get total(): number {
    if (this.#plain) return this.#source.next - this.#source.first;
    this.#drop();
    return this.#numbers.length - this.#dropped;
  }

  /** Begins anew: things that were looked at have changed. */
  reset(): void {
    this.#scanned = this.#source.first;
    this.#numbers = new NumberList();
    this.#lasts = new NumberList();
    this.#counts = new NumberList();
    this.#bytes = [];
    this.#runs = new Map();
    this.#dropped = 0;
    this.#order = undefined;
  }

  /** Looks at some more things; answers whether there are still more. */
  advance(): boolean {
    if (this.#plain) return false;
    const { accepts, folding, atOnce } = this.#rule;
    let number = Math.max(this.#scanned, this.#source.first);
    const end = Math.min(this.#source.next, number + atOnce);
    for (; number < end; number++) {
      if (accepts !== undefined && !accepts(number)) continue;
      if (folding === undefined) this.#numbers.push(number);
      else this.#fold(folding, number);
    }
    this.#scanned = number;
    return number < this.#source.next;
  }

  /** The row at a place, 0 … total - 1, in the order of numbers. */
  entry(place: number): ListEntry {
    if (this.#plain) {
      const number = this.#source.first + place;
      return { number, last: number, count: 1, bytes: 0 };
    }
    const at = place + this.#dropped;
    const number = this.#numbers.at(at);
    if (this.#rule.folding === undefined) return { number, last: number, count: 1, bytes: 0 };
    const last = this.#lasts.at(at);
    // The first message of a run may be gone while the run goes on.
    const shown = number < this.#source.first ? last : number;
    return { number: shown, last, count: this.#counts.at(at), bytes: this.#bytes[at] ?? 0 };
  }

  /**
   * The places of all rows in the order of a key.
   *
   * @param by names the key, so that the order is worked out once only
   * @param key a whole number 0 … 2^32 - 1 for the thing of a number
   */
  order(by: string, key: (number: number) => number): Uint32Array {
    const rows = this.total;
    const known = this.#order;
    if (known?.by === by && known.rows === rows && known.dropped === this.#source.first) return known.places;
    const keys = new Uint32Array(rows);
    for (let place = 0; place < rows; place++) keys[place] = key(this.entry(place).number);
    const places = orderByKey(keys);
    this.#order = { by, rows, dropped: this.#source.first, places };
    return places;
  }

  /** The place of the row that shows a thing, else of the last row before it; -1 where there is none. */
  placeOf(number: number): number {
    if (this.#plain) return Math.min(number, this.#source.next - 1) - this.#source.first;
    this.#drop();
    const after = this.#numbers.countBelow(number + 1);
    const { folding } = this.#rule;
    if (folding !== undefined && number < this.#scanned && number >= this.#source.first) {
      const key = folding.key(number);
      const group = folding.group(number);
      // A run begins at some row before; its last message, which is always there, tells of what kind it is.
      for (let at = after - 1; key !== -1 && at >= 0; at--) {
        const last = this.#lasts.at(at);
        if (last >= number && folding.key(last) === key && folding.group(last) === group) return at;
      }
    }
    return after - 1 - this.#dropped;
  }

  #fold(folding: Folding, number: number): void {
    const key = folding.key(number);
    const group = folding.group(number);
    const runs = this.#runs.get(group);
    const run = key === -1 ? undefined : runs?.get(key);
    if (run !== undefined) {
      this.#lasts.set(run, number);
      this.#counts.set(run, this.#counts.at(run) + 1);
      this.#bytes[run] = (this.#bytes[run] ?? 0) + folding.bytes(number);
      return;
    }
    const row = this.#numbers.length;
    this.#numbers.push(number);
    this.#lasts.push(number);
    this.#counts.push(1);
    this.#bytes.push(folding.bytes(number));
    if (key === -1) this.#runs.delete(group);
    else if (runs === undefined) this.#runs.set(group, new Map([[key, row]]));
    else runs.set(key, row);
  }

  /** Forgets the rows whose things are gone: a live capture stands for weeks. */
  #drop(): void {
    const { first } = this.#source;
    if (this.#rule.folding !== undefined) {
      if (first !== this.#foldedFrom) this.#compact(first);
      return;
    }
    while (this.#dropped < this.#numbers.length && this.#numbers.at(this.#dropped) < first)
      this.#dropped += 1;
    if (this.#dropped < TRIMMED_ROWS || this.#dropped * 2 < this.#numbers.length) return;
    this.#numbers.dropFirst(this.#dropped);
    this.#dropped = 0;
  }

  /** The same for runs: one that goes on may stand before many that have ended. */
  #compact(first: number): void {
    this.#foldedFrom = first;
    const moved = new Map<number, number>();
    let kept = 0;
    for (let row = 0; row < this.#numbers.length; row++) {
      if (this.#lasts.at(row) < first) continue;
      this.#numbers.set(kept, this.#numbers.at(row));
      this.#lasts.set(kept, this.#lasts.at(row));
      this.#counts.set(kept, this.#counts.at(row));
      this.#bytes[kept] = this.#bytes[row] ?? 0;
      moved.set(row, kept);
      kept += 1;
    }
    for (const list of [this.#numbers, this.#lasts, this.#counts]) list.cutTo(kept);
    this.#bytes.length = kept;
    for (const runs of this.#runs.values()) {
      for (const [key, row] of runs) {
        const place = moved.get(row);
        if (place === undefined) runs.delete(key);
        else runs.set(key, place);
      }
    }
  }
}
