/** @typedef {import('./series.mjs').Series} Series */

/**
 * Lines of aligned columns: the first to the left, the others to the given side.
 * @param {readonly (readonly string[])[]} rows @param {'left' | 'right'} side @returns {string}
 */
export function alignColumns(rows, side = 'right') {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => {
    return Math.max(...rows.map((row) => (row[column] ?? '').length));
  });
  return rows
    .map((row) => widths.map((width, column) => pad(row[column] ?? '', width, column === 0 ? 'left' : side)))
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}

/**
 * The table of one capture.
 * @param {readonly Series[]} series
 * @param {{ amount: number, unit: string }} work what one run goes through, for the rate: `amount` per second is in `unit`
 * @param {string} ownVerdict how dvrscope stands to its targets here
 */
export function rateTable(series, work, ownVerdict) {
  const reference = series.find(({ name }) => name === 'tcpdump')?.median;
  const head = ['', 'median s', 'min', 'max', 'cpu s', work.unit, 'peak MB', 'x tcpdump', 'targets'];
  const rows = series.map(({ name, median, min, max, cpuSeconds, peakBytes, failure }) => {
    if (median === undefined) return [name, failure ?? ''];
    return [
      name,
      seconds(median),
      seconds(min),
      seconds(max),
      cpuSeconds === undefined ? '?' : cpuSeconds.toFixed(2),
      rate(work.amount / median),
      peakBytes === undefined ? '?' : megabytes(peakBytes),
      reference === undefined ? '' : (median / reference).toFixed(2),
      name === 'dvrscope' ? ownVerdict : '',
    ];
  });
  return alignColumns([head, ...rows]);
}

/** The table of things that are only timed. @param {readonly Series[]} series */
export function timeTable(series) {
  const rows = series.map(({ name, median, min, max, failure }) =>
    median === undefined ? [name, failure ?? ''] : [name, seconds(median), seconds(min), seconds(max)],
  );
  return alignColumns([['', 'median s', 'min', 'max'], ...rows]);
}

/** Millions of bytes. @param {number} bytes */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}

/** @param {number | undefined} value */
export function seconds(value) {
  return value === undefined ? '?' : value.toFixed(3);
}

/** A whole number with thousands separated. @param {number} value */
export function count(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** @param {number} value */
function rate(value) {
  return value < 1000 ? value.toFixed(2) : count(value);
}

/** @param {string} text @param {number} width @param {'left' | 'right'} side */
function pad(text, width, side) {
  return side === 'left' ? text.padEnd(width) : text.padStart(width);
}
