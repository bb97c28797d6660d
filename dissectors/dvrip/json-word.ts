import type { JsonSlip } from './json-slip.ts';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
/** What other languages write for the same. */
const OTHER_LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ...LITERALS,
  ['none', null],
  ['nil', null],
  ['undefined', null],
]);
/** Numbers that JSON does not write so: `+1`, `01`, `.5`, `1.`, `0x1F`. Longer ones are no number of any device. */
const OTHER_NUMBER = /^[+-]?(?:0[xX][0-9a-fA-F]{1,13}|\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[eE][+-]?\d{1,3})?$/;

/** What a text without quotes says where a value is due, and what is wrong with it. */
export function readWord(word: string): { readonly value: unknown; readonly slip: JsonSlip | undefined } {
  if (isNumber(word)) return { value: Number(word), slip: undefined };
  const literal = LITERALS.get(word);
  if (literal !== undefined) return { value: literal, slip: undefined };
  const other = word.length <= 9 ? OTHER_LITERALS.get(word.toLowerCase()) : undefined;
  if (other !== undefined) return { value: other, slip: 'bad-literal' };
  if (OTHER_NUMBER.test(word)) return { value: otherNumber(word), slip: 'bad-number' };
  return { value: word, slip: 'unquoted-value' };
}

export function isNumber(word: string): boolean {
  return NUMBER.test(word);
}

export function isLiteral(word: string): boolean {
  return LITERALS.has(word);
}

function otherNumber(word: string): number {
  const negative = word.startsWith('-');
  const size = Number(word.replace(/^[+-]/, ''));
  return negative ? -size : size;
}
