import { type FilterError, filterError, quoted, type Span } from './span.ts';

/**
 * A quoted string. `parts` are runs of plain text and the values of `\xNN` and octal escapes, which stand for one byte
 * when compared with bytes and for the character of that number when compared with text.
 */
export interface QuotedText {
  readonly parts: readonly (string | number)[];
  readonly span: Span;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/**
 * Reads `"…"` or the raw `r"…"` that begins at `start`. In a raw string a backslash is a backslash, also the one that
 * keeps a quote from ending it (wireshark-filter(4), «raw strings»): made for patterns.
 */
export function readQuoted(
  text: string,
  start: number,
): FilterError | (QuotedText & { readonly kind: 'quoted' }) {
  const raw = text.charAt(start) !== '"';
  const parts: (string | number)[] = [];
  let at = start + (raw ? 2 : 1);
  while (at < text.length) {
    if (text.charAt(at) === '"') return { kind: 'quoted', parts, span: { start, end: at + 1 } };
    if (text.charAt(at) !== '\\') {
      const end = nextSpecial(text, at);
      parts.push(text.slice(at, end));
      at = end;
    } else if (raw) {
      parts.push(text.slice(at, at + 2));
      at += 2;
    } else {
      const read = readEscape(text, at);
      if (read.kind === 'error') return read;
      parts.push(read.part);
      at = read.end;
    }
  }
  return filterError({ start, end: text.length }, 'the closing quote is missing of the text that begins');
}

function nextSpecial(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '"' && text.charAt(at) !== '\\') at++;
  return at;
}

type Escape = { readonly kind: 'escape'; readonly part: string | number; readonly end: number } | FilterError;

function readEscape(text: string, at: number): Escape {
  const letter = text.charAt(at + 1);
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { kind: 'escape', part: simple, end: at + 2 };
  const rest = text.slice(at + 1, at + 10);
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
  const hex = /^x([0-9A-Fa-f]{1,2})/.exec(rest)?.[1];
  const unicode = /^(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/.exec(rest);
  if (octal !== undefined && Number.parseInt(octal, 8) <= 0xff) {
    return { kind: 'escape', part: Number.parseInt(octal, 8), end: at + 1 + octal.length };
  }
  if (hex !== undefined) return { kind: 'escape', part: Number.parseInt(hex, 16), end: at + 2 + hex.length };
  if (unicode !== null) {
    const code = Number.parseInt(unicode[1] ?? unicode[2] ?? '', 16);
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code <= 0x10ffff && !surrogate) {
      return { kind: 'escape', part: String.fromCodePoint(code), end: at + 1 + unicode[0].length };
    }
  }
  const span = { start: at, end: Math.min(text.length, at + 2) };
  return filterError(
    span,
    `${quoted(`\\${letter}`)} is no escape of a quoted text`,
    'a raw text r"…" keeps its backslashes',
  );
}

/** The string as characters. */
export function quotedCharacters(text: QuotedText): string {
  return text.parts.map((part) => (typeof part === 'string' ? part : String.fromCharCode(part))).join('');
}

/** The string as bytes: UTF-8, numeric escapes as they are. */
export function quotedBytes(text: QuotedText): Uint8Array {
  return Buffer.concat(
    text.parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.of(part))),
  );
}
