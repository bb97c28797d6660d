import type { Painter, Span } from '../painter.ts';
import { textWidth } from '../terminal/cell-text.ts';

/** A column of a list. */
export interface Column<R> {
  readonly title: string;
  /** What the list is sorted by when this column is chosen; columns without one cannot be. */
  readonly sort?: string;
  readonly align?: 'left' | 'right';
  /** Narrowest and widest, in cells. */
  readonly from: number;
  readonly to: number;
  /** Columns of a higher rank go first where there is no room for all; 0 always stays. */
  readonly rank: number;
  /** Grows beyond its narrowest only when all others have what they need. */
  readonly last?: boolean;
  readonly cell: (row: R) => Span;
}

export interface PlacedColumn<R> {
  readonly column: Column<R>;
  readonly x: number;
  readonly width: number;
}

/** Between two columns. */
const SPACE = 1;

/** The order of a list. */
export interface Order {
  readonly sort: string;
  readonly descending: boolean;
}

/**
 * Lays columns out over a width: by rank each gets what its texts need, as long as there is room; the last one that
 * still fits with its narrowest gets what is left. Columns do not become narrower again while one scrolls.
 */
export class ColumnLayout<R> {
  readonly columns: readonly Column<R>[];
  /** The widest text seen in each column. */
  readonly #needed: number[];

  constructor(columns: readonly Column<R>[]) {
    this.columns = columns;
    this.#needed = columns.map(({ title, from, to }) => Math.min(to, Math.max(from, textWidth(title))));
  }

  /** Takes note of rows that will be shown. */
  see(rows: readonly R[]): void {
    for (const [i, { cell, to }] of this.columns.entries()) {
      for (const row of rows) {
        const width = Math.min(to, textWidth(cell(row).text));
        if (width > (this.#needed[i] ?? 0)) this.#needed[i] = width;
      }
    }
  }

  /**
   * @param skipped columns after the first that are scrolled out to the left
   * @param sorted what the list is sorted by; its column is always there
   */
  place(width: number, skipped: number, sorted: string): readonly PlacedColumn<R>[] {
    const columns = [...this.columns.entries()]
      .filter(([i, { sort }]) => i === 0 || i > skipped || sort === sorted)
      .map(([i, column]) => [i, column.sort === sorted ? { ...column, rank: 0 } : column] as const);
    const widths = new Map<number, number>();
    // Columns of rank 0 are there in any case, with their narrowest first.
    let left = width + SPACE;
    for (const [i, { rank, from }] of columns) {
      if (rank > 0) continue;
      widths.set(i, from);
      left -= from + SPACE;
    }
    const order = [...columns].sort(
      ([a, one], [b, other]) =>
        Number(one.last ?? false) - Number(other.last ?? false) || one.rank - other.rank || a - b,
    );
    for (const [i] of order) {
      const { from } = this.columns[i] ?? { from: 0 };
      const needed = this.#needed[i] ?? from;
      const has = widths.get(i);
      const more = has === undefined ? needed + SPACE : needed - has;
      if (more <= left) {
        widths.set(i, needed);
        left -= more;
      } else if (has !== undefined) {
        widths.set(i, has + Math.max(0, left));
        left = 0;
      } else if (from + SPACE <= left) {
        widths.set(i, left - SPACE);
        left = 0;
      }
    }
    const placed: PlacedColumn<R>[] = [];
    let x = 0;
    for (const [i, column] of columns) {
      const room = Math.min(widths.get(i) ?? 0, width - x);
      if (room <= 0) continue;
      placed.push({ column, x, width: room });
      x += room + SPACE;
    }
    return placed;
  }
}

/** The line of titles; the column that the list is sorted by has an arrow. */
export function paintTitles<R>(painter: Painter, placed: readonly PlacedColumn<R>[], order: Order): void {
  for (const { column, x, width } of placed) {
    const arrow = column.sort === order.sort ? (order.descending ? '▼' : '▲') : '';
    const title = arrow === '' ? column.title : `${column.title.slice(0, width - 1)}${arrow}`;
    painter.text(x, 0, title, { tone: 'strong', width, ...(column.align && { align: column.align }) });
  }
}

export function paintRow<R>(
  painter: Painter,
  y: number,
  placed: readonly PlacedColumn<R>[],
  row: R,
  selected: boolean,
): void {
  for (const { column, x, width } of placed) {
    const { text, tone = 'plain' } = column.cell(row);
    painter.text(x, y, text, { tone, selected, width, ...(column.align && { align: column.align }) });
  }
}
