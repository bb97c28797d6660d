import type { Scope, View } from '../contract.ts';
import { wordFilter } from './words.ts';

/** A list of things that are there all at once, by their numbers in ascending order. */
export interface Table<R> {
  readonly size: number;
  /** Number of the thing at a place, 0 … size - 1. */
  numberAt(place: number): number;
  /** Undefined for what has gone since it was numbered. */
  row(number: number): R | undefined;
  /** What words are looked for in. */
  text(number: number): string;
  /** Whether it belongs to a session or flow. Without this, scopes do not matter. */
  readonly inScope?: (number: number, scope: Scope) => boolean;
  /** What it is sorted by; undefined for its number. */
  key(by: string): ((number: number) => number | string) | undefined;
}

interface Order {
  readonly view: string;
  readonly version: number;
  readonly numbers: readonly number[];
}

/** Answers the rows of a table in the order of a view. An order is worked out once for each version of the data. */
export class TableList<R> {
  readonly #table: Table<R>;
  #order: Order | undefined = undefined;

  constructor(table: Table<R>) {
    this.#table = table;
  }

  total(view: View, version: number): number {
    return this.#ordered(view, version)?.length ?? this.#table.size;
  }

  rows(view: View, version: number, start: number, count: number): R[] {
    const total = this.total(view, version);
    const rows: R[] = [];
    for (let place = start; place < Math.min(start + count, total); place++) {
      const row = this.#table.row(this.#numberAt(view, version, total, place));
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** The place of a number; undefined where the list has it not. */
  placeOf(view: View, version: number, number: number): number | undefined {
    const total = this.total(view, version);
    for (let place = 0; place < total; place++) {
      if (this.#numberAt(view, version, total, place) === number) return place;
    }
    return undefined;
  }

  #numberAt(view: View, version: number, total: number, place: number): number {
    const at = view.descending === true ? total - 1 - place : place;
    return this.#ordered(view, version)?.[at] ?? this.#table.numberAt(at);
  }

  /** Undefined where the order is that of the table itself. */
  #ordered({ filter, sortBy, scope }: View, version: number): readonly number[] | undefined {
    const { inScope } = this.#table;
    const words = wordFilter(filter);
    const key = this.#table.key(sortBy ?? 'number');
    const within = scope === undefined || scope.of === 'all' ? undefined : scope;
    if (words === undefined && key === undefined && (within === undefined || inScope === undefined))
      return undefined;
    const view = JSON.stringify([filter, sortBy, scope]);
    if (this.#order?.view === view && this.#order.version === version) return this.#order.numbers;
    const numbers: number[] = [];
    for (let place = 0; place < this.#table.size; place++) {
      const number = this.#table.numberAt(place);
      if (within !== undefined && inScope?.(number, within) === false) continue;
      if (words === undefined || words(this.#table.text(number))) numbers.push(number);
    }
    if (key !== undefined) {
      const keys = new Map(numbers.map((number) => [number, key(number)]));
      numbers.sort((a, b) => compare(keys.get(a), keys.get(b)) || a - b);
    }
    this.#order = { view, version, numbers };
    return numbers;
  }
}

function compare(a: number | string | undefined, b: number | string | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
