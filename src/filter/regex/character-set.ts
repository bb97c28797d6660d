/** UTF-16 units as ranges `low, high, low, high, …`, both included, ascending and apart from each other. */
export type CharacterSet = readonly number[];

const LAST_UNIT = 0xffff;

export function setOf(low: number, high = low): CharacterSet {
  return [low, high];
}

export function union(sets: readonly CharacterSet[]): CharacterSet {
  const ranges: [number, number][] = [];
  for (const set of sets) {
    for (let i = 0; i < set.length; i += 2) ranges.push([set[i] ?? 0, set[i + 1] ?? 0]);
  }
  ranges.sort((left, right) => left[0] - right[0]);
  const result: number[] = [];
  for (const [low, high] of ranges) {
    const last = result.length - 1;
    const lastHigh = result[last];
    if (lastHigh !== undefined && low <= lastHigh + 1) result[last] = Math.max(lastHigh, high);
    else result.push(low, high);
  }
  return result;
}

export function complement(set: CharacterSet): CharacterSet {
  const result: number[] = [];
  let low = 0;
  for (let i = 0; i < set.length; i += 2) {
    const first = set[i] ?? 0;
    if (first > low) result.push(low, first - 1);
    low = (set[i + 1] ?? 0) + 1;
  }
  if (low <= LAST_UNIT) result.push(low, LAST_UNIT);
  return result;
}

export function holds(set: CharacterSet, unit: number): boolean {
  let low = 0;
  let high = set.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (unit > (set[2 * middle + 1] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return unit >= (set[2 * low] ?? Number.POSITIVE_INFINITY);
}

const UPPER = setOf(0x41, 0x5a);
const LOWER = setOf(0x61, 0x7a);
const CASE_STEP = 0x20;

/**
 * The set with the other case of its members. All ASCII letters, as Wireshark has it; beyond ASCII only where a range
 * is one single letter (`ä`, not `[à-ö]`).
 */
export function fold(set: CharacterSet): CharacterSet {
  const parts = [
    set,
    shift(intersection(set, UPPER), CASE_STEP),
    shift(intersection(set, LOWER), -CASE_STEP),
  ];
  for (let i = 0; i < set.length; i += 2) {
    const unit = set[i] ?? 0;
    if (unit < 0x80 || unit !== set[i + 1]) continue;
    const letter = String.fromCharCode(unit);
    for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
      if (other.length === 1) parts.push(setOf(other.charCodeAt(0)));
    }
  }
  return union(parts);
}

function shift(set: CharacterSet, by: number): CharacterSet {
  return set.map((unit) => unit + by);
}

function intersection(a: CharacterSet, b: CharacterSet): CharacterSet {
  return complement(union([complement(a), complement(b)]));
}

const DIGIT = setOf(0x30, 0x39);
const ALPHA = union([UPPER, LOWER]);
const ALNUM = union([ALPHA, DIGIT]);
/** Tab to carriage return, and the blank. */
const SPACE = union([setOf(0x09, 0x0d), setOf(0x20)]);
const HORIZONTAL = union([setOf(0x09), setOf(0x20), setOf(0xa0)]);
const VERTICAL = union([setOf(0x0a, 0x0d), setOf(0x85), setOf(0x2028, 0x2029)]);
export const WORD: CharacterSet = union([ALNUM, setOf(0x5f)]);

/** `\d` and its like; ASCII only, as in PCRE without its Unicode option. */
export const NAMED_SETS: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', DIGIT],
  ['D', complement(DIGIT)],
  ['w', WORD],
  ['W', complement(WORD)],
  ['s', SPACE],
  ['S', complement(SPACE)],
  ['h', HORIZONTAL],
  ['H', complement(HORIZONTAL)],
  ['v', VERTICAL],
  ['V', complement(VERTICAL)],
  ['N', complement(setOf(0x0a))],
]);

/** `[:alpha:]` and its like. */
export const POSIX_SETS: ReadonlyMap<string, CharacterSet> = new Map([
  ['alpha', ALPHA],
  ['digit', DIGIT],
  ['alnum', ALNUM],
  ['upper', UPPER],
  ['lower', LOWER],
  ['space', SPACE],
  ['blank', union([setOf(0x09), setOf(0x20)])],
  ['xdigit', union([DIGIT, setOf(0x41, 0x46), setOf(0x61, 0x66)])],
  ['punct', union([setOf(0x21, 0x2f), setOf(0x3a, 0x40), setOf(0x5b, 0x60), setOf(0x7b, 0x7e)])],
  ['print', setOf(0x20, 0x7e)],
  ['graph', setOf(0x21, 0x7e)],
  ['cntrl', union([setOf(0x00, 0x1f), setOf(0x7f)])],
  ['word', WORD],
]);
