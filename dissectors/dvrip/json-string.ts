import { isBlank, isCurlyQuote, isSingleQuote, punctuation } from './json-characters.ts';
import type { SlipList } from './json-slip.ts';

export interface StringRead {
  readonly value: string;
  /** Behind the closing quote, or where it should have been. */
  readonly end: number;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads the string that begins with the quote at `open`.
 *
 * One that begins with a straight quote ends at the next; one with a curly quote at a curly or a straight one, since
 * the document mixes them («“Name” : “General.General"»); one with a single quote at one behind which a value can end.
 * Where none comes before a line or the text ends the value, it was forgotten: see {@link forgottenEnd}.
 */
export function readString(text: string, open: number, slips: SlipList): StringRead {
  noteQuote(text, open, slips);
  const { close, lineEnd } = findEnd(text, open);
  const end = close ?? forgottenEnd(text, open, lineEnd);
  const value = decode(text, open + 1, end, slips);
  if (close === undefined && !isCurlyQuote(text.charCodeAt(end))) {
    slips.add('missing-quote', end, 0);
    return { value, end };
  }
  noteQuote(text, end, slips);
  return { value, end: end + 1 };
}

function noteQuote(text: string, at: number, slips: SlipList): void {
  const code = text.charCodeAt(at);
  if (isCurlyQuote(code)) slips.add('curly-quote', at, 1);
  else if (code !== QUOTE) slips.add('single-quote', at, 1);
}

/**
 * The quote that closes the string. Without one, where the line ends that shows it was forgotten: a line that ends in
 * punctuation ended the value, any other was broken inside the string.
 */
function findEnd(text: string, open: number): { readonly close?: number; readonly lineEnd: number } {
  const opener = text.charCodeAt(open);
  const single = isSingleQuote(opener);
  let ink = open;
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (single && isSingleQuote(code) && valueEndsAt(text, at + 1)) return { close: at, lineEnd: at };
    else if (!single && (code === QUOTE || (opener !== QUOTE && isCurlyQuote(code))))
      return { close: at, lineEnd: at };
    else if ((code === LF || code === CR) && ink > open && isPunctuation(text, ink)) return { lineEnd: at };
    if (!isAnyBlank(code)) ink = at;
  }
  return { lineEnd: text.length };
}

/**
 * Where a string ended whose closing quote is missing: at a curly quote that stands where the straight one should,
 * else before the punctuation that ends the line.
 */
function forgottenEnd(text: string, open: number, lineEnd: number): number {
  // Behind a straight quote only: the line holds no other, so it is not searched again for each of its strings.
  if (text.charCodeAt(open) === QUOTE) {
    for (let at = open + 1; at < lineEnd; at++) {
      if (isCurlyQuote(text.charCodeAt(at)) && valueEndsAt(text, at + 1)) return at;
    }
  }
  let end = lineEnd;
  while (end > open + 1 && (isPunctuation(text, end - 1) || isAnyBlank(text.charCodeAt(end - 1)))) end -= 1;
  return end;
}

function isPunctuation(text: string, at: number): boolean {
  return punctuation(text.charCodeAt(at)) !== undefined;
}

function isAnyBlank(code: number): boolean {
  return code <= 0x20 || isBlank(code);
}

/** Whether what follows is punctuation, or nothing: a value or key can end here. */
function valueEndsAt(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && isAnyBlank(text.charCodeAt(at))) at += 1;
  return at >= text.length || punctuation(text.charCodeAt(at)) !== undefined;
}

/** The characters that `text[start … end)` stands for. What is no escape is taken as written. */
function decode(text: string, start: number, end: number, slips: SlipList): string {
  let value = '';
  let from = start;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code < 0x20) slips.add('control-character', at, 1);
    if (code !== BACKSLASH) {
      at += 1;
      continue;
    }
    const length = escapeLength(text, at, end);
    if (length === 0) {
      slips.add('bad-escape', at, Math.min(2, end - at));
      at += Math.min(2, end - at);
      continue;
    }
    value += text.slice(from, at);
    value += length === 2 ? (ESCAPES[text.charAt(at + 1)] ?? '') : fromHex(text.slice(at + 2, at + 6));
    at += length;
    from = at;
  }
  return value + text.slice(from, end);
}

/** Length of the escape sequence at a backslash; 0 where it is none. */
function escapeLength(text: string, at: number, end: number): number {
  const letter = text.charAt(at + 1);
  if (letter === 'u') return at + 6 <= end && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
  return at + 2 <= end && Object.hasOwn(ESCAPES, letter) ? 2 : 0;
}

function fromHex(digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}
