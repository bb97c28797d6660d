import type { Rows } from '../model/contract.ts';
import { type Fetch, RowWindow } from './window.ts';

export interface Numbered {
  readonly number: number;
}

/** Where a row of some number is now. */
export type Locate = (number: number) => Promise<number | undefined>;

/**
 * A list of any length of which only the rows on the screen exist. Moving the cursor is immediate; rows that are not
 * there yet are asked for, and the old ones stay on the screen until they come. When rows come, go or change places,
 * the cursor stays on its row.
 */
export class VirtualList<R extends Numbered> {
  readonly marks = new Set<number>();
  cursor = 0;
  top = 0;
  /** The cursor stays on the last row while the list grows. */
  follow = false;
  height = 1;
  readonly #rows: RowWindow<R>;
  #locate: Locate;
  /** Number of the row that the cursor is meant to be on. */
  #anchor: number | undefined = undefined;
  #wanted: number | undefined = undefined;
  /** The top of the rows that are painted, which lags behind while rows are on their way. */
  #paintedTop = 0;
  readonly #repaint: () => void;

  constructor(fetch: Fetch<R>, locate: Locate, repaint: () => void) {
    this.#locate = locate;
    this.#repaint = repaint;
    this.#rows = new RowWindow(fetch, () => this.#answered());
  }

  get total(): number {
    return this.#rows.total;
  }

  get answer(): Rows<R> | undefined {
    return this.#rows.answer;
  }

  get fresh(): boolean {
    return this.#rows.fresh;
  }

  /** The row under the cursor, when it is there. */
  get selected(): R | undefined {
    return this.#rows.row(this.cursor);
  }

  /** The rows to be painted, the first at the top of the screen; undefined for one that is not there yet. */
  visible(height: number): readonly { readonly position: number; readonly row: R | undefined }[] {
    this.height = Math.max(1, height);
    this.#scroll();
    if (this.#rows.covers(this.top, this.height)) this.#paintedTop = this.top;
    else this.#rows.ask(this.top, this.height);
    if (!this.#rows.covers(this.#paintedTop, 1)) this.#paintedTop = this.top;
    const count = Math.max(0, Math.min(this.height, this.total - this.#paintedTop));
    return Array.from({ length: count }, (_, i) => {
      const position = this.#paintedTop + i;
      return { position, row: this.#rows.row(position) };
    });
  }

  moveTo(position: number): void {
    this.cursor = Math.max(0, Math.min(this.total - 1, position));
    this.follow = false;
    this.#wanted = undefined;
    this.#anchor = this.selected?.number;
    this.#scroll();
  }

  moveBy(rows: number): void {
    this.moveTo(this.cursor + rows);
  }

  scrollBy(rows: number): void {
    this.top = Math.max(0, Math.min(this.total - this.height, this.top + rows));
    this.moveTo(Math.max(this.top, Math.min(this.top + this.height - 1, this.cursor)));
  }

  /** Puts the cursor on the row of this number as soon as it is known where that is. */
  select(number: number): void {
    this.#wanted = number;
    this.#anchor = number;
    this.follow = false;
    this.#find(number);
  }

  /** The data has changed: what is shown is asked for again, and no more, since it may change some times a second. */
  refresh(version: number): void {
    if (this.#rows.version !== version) this.#rows.ask(this.top, this.height, 0);
  }

  /** Another order or filter: the cursor stays on its row where that is still there. */
  replace(fetch: Fetch<R>, locate: Locate): void {
    this.#wanted = this.#anchor ?? this.selected?.number;
    this.#anchor = this.#wanted;
    this.#locate = locate;
    this.#rows.replace(fetch);
    this.#rows.ask(this.top, this.height);
  }

  toggleMark(): void {
    const number = this.selected?.number;
    if (number === undefined) return;
    if (!this.marks.delete(number)) this.marks.add(number);
  }

  #answered(): void {
    if (this.follow) {
      this.cursor = Math.max(0, this.total - 1);
      this.#anchor = undefined;
    } else if (this.#wanted !== undefined) {
      this.#find(this.#wanted);
    } else {
      const now = this.selected?.number;
      if (this.#anchor === undefined) this.#anchor = now;
      else if (now !== this.#anchor && now !== undefined) this.#find(this.#anchor);
    }
    this.cursor = Math.max(0, Math.min(this.total - 1, this.cursor));
    this.#repaint();
  }

  #find(number: number): void {
    this.#locate(number).then(
      (position) => {
        if (number !== this.#anchor) return;
        this.#wanted = undefined;
        if (position === undefined) this.#anchor = undefined;
        else {
          // The row keeps its place on the screen.
          this.top = Math.max(0, this.top + position - this.cursor);
          this.cursor = position;
          this.#anchor = undefined;
        }
        this.#repaint();
      },
      () => undefined,
    );
  }

  #scroll(): void {
    const last = Math.max(0, this.total - this.height);
    if (this.cursor < this.top) this.top = this.cursor;
    if (this.cursor >= this.top + this.height) this.top = this.cursor - this.height + 1;
    this.top = Math.max(0, Math.min(last, this.top));
  }
}
