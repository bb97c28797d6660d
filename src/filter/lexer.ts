import type { FilterLimits } from './limits.ts';
import { type QuotedText, readQuoted } from './quoted-text.ts';
import { type FilterError, filterError, quoted, type Span } from './span.ts';

/** Every spelling of an operator, by the operator it means (wireshark-filter(4), «Comparison operators»). */
export const OPERATORS = {
  '==': 'eq',
  eq: 'eq',
  any_eq: 'eq',
  '===': 'all_eq',
  all_eq: 'all_eq',
  '!=': 'ne',
  ne: 'ne',
  all_ne: 'ne',
  '!==': 'any_ne',
  '~=': 'any_ne',
  any_ne: 'any_ne',
  '>': 'gt',
  gt: 'gt',
  '>=': 'ge',
  ge: 'ge',
  '<': 'lt',
  lt: 'lt',
  '<=': 'le',
  le: 'le',
  contains: 'contains',
  matches: 'matches',
  '~': 'matches',
  in: 'in',
  and: 'and',
  '&&': 'and',
  xor: 'xor',
  '^^': 'xor',
  or: 'or',
  '||': 'or',
  not: 'not',
  '!': 'not',
  any: 'any',
  all: 'all',
  '(': '(',
  ')': ')',
  '{': '{',
  '}': '}',
  ',': ',',
  '..': '..',
} as const;

export type Operator = (typeof OPERATORS)[keyof typeof OPERATORS];

/**
 * A word is anything unquoted that is no operator: field name, number, address, time, name of a value. Which of
 * these it is, is for the field it meets to say (`ab:cd` is bytes for one field and half an address for another).
 */
export type Token =
  | { readonly kind: 'operator'; readonly operator: Operator; readonly text: string; readonly span: Span }
  | { readonly kind: 'word'; readonly text: string; readonly span: Span }
  | ({ readonly kind: 'text' } & QuotedText)
  | { readonly kind: 'end'; readonly span: Span };

const SPELLINGS: ReadonlyMap<string, Operator> = new Map(Object.entries(OPERATORS));
const LONGEST_SYMBOL = 3;

// A dot belongs to a word unless it opens `..`; `+` and `-` only inside one or before a digit (times, negative numbers).
// The quotes and brackets of typography and of Chinese keyboards belong to none: they are typed by mistake for ours.
const WORD = /(?![-+](?!\.?\d))(?:[\w:/+-]|[^\0-\x7f\s\ufeff“”„‘’（）｛｝，]|\.(?!\.))+/y;
const BLANK = /[\s\ufeff]+/y;

/** All tokens, the last one `end`, or the first place that is no token. */
export function tokenize(text: string, limits: FilterLimits): readonly Token[] | FilterError {
  const end = limits.expressionUnits;
  if (text.length > end) {
    return filterError({ start: end, end: end + 1 }, `the expression is longer than ${end} characters`);
  }
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = skip(BLANK, text, at);
    if (at >= text.length) break;
    const token = nextToken(text, at);
    if (token.kind === 'error') return token;
    tokens.push(token);
    at = token.span.end;
  }
  tokens.push({ kind: 'end', span: { start: text.length, end: text.length } });
  return tokens;
}

function nextToken(text: string, at: number): Token | FilterError {
  if (/^[rR]?"/.test(text.slice(at, at + 2))) {
    const read = readQuoted(text, at);
    return read.kind === 'error' ? read : { ...read, kind: 'text' };
  }
  const wordEnd = skip(WORD, text, at);
  if (wordEnd > at) {
    const word = text.slice(at, wordEnd);
    const span = { start: at, end: wordEnd };
    const operator = SPELLINGS.get(word);
    return operator === undefined
      ? { kind: 'word', text: word, span }
      : { kind: 'operator', operator, text: word, span };
  }
  for (let length = LONGEST_SYMBOL; length > 0; length--) {
    const symbol = text.slice(at, at + length);
    const operator = SPELLINGS.get(symbol);
    if (operator !== undefined) {
      return { kind: 'operator', operator, text: symbol, span: { start: at, end: at + symbol.length } };
    }
  }
  return unknownCharacter(text, at);
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ['=', "equality is '=='"],
  ['&', "write 'and' or '&&'"],
  ['|', "write 'or' or '||'"],
  ['^', "write 'xor' or '^^'"],
  ["'", 'text goes between double quotes'],
  ['[', 'slices are not part of this filter language'],
]);

function unknownCharacter(text: string, at: number): FilterError {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const span = { start: at, end: at + character.length };
  const hint =
    HINTS.get(character) ?? (/[“”„‘’（）｛｝，]/.test(character) ? 'write the ASCII character' : undefined);
  return filterError(span, `${quoted(character)} is not understood`, hint);
}

/** Where a run of the sticky pattern that begins at `at` ends. */
function skip(pattern: RegExp, text: string, at: number): number {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = at;
  return at + (sticky.exec(text)?.[0].length ?? 0);
}
