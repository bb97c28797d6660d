import type { Painter } from '../painter.ts';
import {
  type Column,
  ColumnLayout,
  type Order,
  type PlacedColumn,
  paintRow,
  paintTitles,
} from './columns.ts';
import type { RowPainter } from './list-panel.ts';

/** Rows as cells under column titles. */
export class ColumnRows<R> implements RowPainter<R> {
  readonly #layout: ColumnLayout<R>;
  #placed: readonly PlacedColumn<R>[] = [];
  #skipped = 0;

  constructor(columns: readonly Column<R>[]) {
    this.#layout = new ColumnLayout(columns);
  }

  get sorts(): readonly string[] {
    return this.#layout.columns.flatMap(({ sort }) => sort ?? []);
  }

  see(rows: readonly R[], width: number, order: Order): void {
    this.#layout.see(rows);
    this.#placed = this.#layout.place(width, this.#skipped, order.sort);
  }

  titles(painter: Painter, order: Order): void {
    paintTitles(painter, this.#placed, order);
  }

  row(painter: Painter, y: number, row: R, selected: boolean): void {
    paintRow(painter, y, this.#placed, row, selected);
  }

  shift(columns: number): boolean {
    // Columns move out to the left only as long as that brings others in.
    const hidden = this.#layout.columns.length - this.#placed.length - this.#skipped;
    if (columns > 0 && hidden <= 0) return false;
    this.#skipped = Math.max(0, Math.min(this.#layout.columns.length - 2, this.#skipped + columns));
    return true;
  }

  sortAt(x: number): string | undefined {
    return this.#placed.find((placed) => x >= placed.x && x < placed.x + placed.width)?.column.sort;
  }
}
