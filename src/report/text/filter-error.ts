import { type FilterError, printable } from '../../filter/span.ts';
import { cellWidth } from '../format/cell-width.ts';

/** Units of the expression shown on either side of the fault. */
const CONTEXT_UNITS = 60;

/**
 * Three lines for a terminal: the message, the expression (a window of it when it is long) and a mark under the fault.
 * Widths are counted in terminal cells, so the mark also stands right under Chinese text.
 */
export function renderFilterError(text: string, error: FilterError): string {
  const start = Math.min(error.column - 1, text.length);
  const end = Math.min(start + error.length, text.length);
  const from = start > CONTEXT_UNITS ? start - CONTEXT_UNITS : 0;
  const to = Math.min(text.length, Math.max(end, start + CONTEXT_UNITS), start + 2 * CONTEXT_UNITS);
  const before = `${from > 0 ? '…' : ''}${printable(text.slice(from, start))}`;
  const fault = printable(text.slice(start, Math.min(end, to)));
  const after = `${printable(text.slice(Math.min(end, to), to))}${to < text.length ? '…' : ''}`;
  const mark = `^${'~'.repeat(Math.max(0, cellWidth(fault) - 1))}`;
  return [error.message, `  ${before}${fault}${after}`, `  ${' '.repeat(cellWidth(before))}${mark}`].join(
    '\n',
  );
}
