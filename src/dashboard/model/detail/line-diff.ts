/** A line of one side beside a line of the other, by their places; -1 where there is none. */
export interface Pair {
  readonly left: number;
  readonly right: number;
}

/**
 * Lays two texts side by side: the longest common subsequence of their lines stays together, what lies between is
 * set against each other from the top. Time and memory grow with the product of the lengths: the caller bounds them.
 */
export function pairLines(left: readonly string[], right: readonly string[]): Pair[] {
  const begin = commonBegin(left, right);
  const end = commonEnd(left, right, begin);
  const rows = left.length - begin - end;
  const columns = right.length - begin - end;
  const lengths = commonLengths(left, right, begin, rows, columns);
  const pairs: Pair[] = [];
  for (let at = 0; at < begin; at++) pairs.push({ left: at, right: at });
  let row = 0;
  let column = 0;
  let pendingLeft = 0;
  let pendingRight = 0;
  const flush = (): void => {
    for (let i = 0; i < Math.max(pendingLeft, pendingRight); i++) {
      pairs.push({
        left: i < pendingLeft ? begin + row - pendingLeft + i : -1,
        right: i < pendingRight ? begin + column - pendingRight + i : -1,
      });
    }
    pendingLeft = pendingRight = 0;
  };
  const at = (r: number, c: number): number => lengths[r * (columns + 1) + c] ?? 0;
  while (row < rows || column < columns) {
    if (row < rows && column < columns && left[begin + row] === right[begin + column]) {
      flush();
      pairs.push({ left: begin + row, right: begin + column });
      row += 1;
      column += 1;
    } else if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) {
      row += 1;
      pendingLeft += 1;
    } else {
      column += 1;
      pendingRight += 1;
    }
  }
  flush();
  for (let i = end; i > 0; i--) pairs.push({ left: left.length - i, right: right.length - i });
  return pairs;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(
  left: readonly string[],
  right: readonly string[],
  begin: number,
  rows: number,
  columns: number,
): Uint16Array {
  const lengths = new Uint16Array((rows + 1) * (columns + 1));
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const here = row * (columns + 1) + column;
      const below = here + columns + 1;
      lengths[here] =
        left[begin + row] === right[begin + column]
          ? (lengths[below + 1] ?? 0) + 1
          : Math.max(lengths[below] ?? 0, lengths[here + 1] ?? 0);
    }
  }
  return lengths;
}

function commonBegin(left: readonly string[], right: readonly string[]): number {
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at += 1;
  return at;
}

function commonEnd(left: readonly string[], right: readonly string[], begin: number): number {
  let count = 0;
  const most = Math.min(left.length, right.length) - begin;
  while (count < most && left[left.length - 1 - count] === right[right.length - 1 - count]) count += 1;
  return count;
}
