import { formatCount } from '../../rules/grouped.ts';
import { cellWidth } from './cell-width.ts';

export { formatCount };

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Pads to a width in terminal cells, so that Chinese text lines up. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - cellWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Rows of cells as aligned lines, without trailing blanks. A style is applied after a cell is measured. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  heading: (line: string) => string = (line) => line,
): string[] {
  const widths = columns.map((column, i) =>
    rows.reduce((width, row) => Math.max(width, cellWidth(row[i] ?? '')), cellWidth(column.title)),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map((column, i) => pad(cells[i] ?? '', widths[i] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  return [heading(line(columns.map((column) => column.title))), ...rows.map(line)];
}

/** `1 packet`, `2,345 packets`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Bytes for people, in powers of ten as disks and links are sold: `812 B`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
