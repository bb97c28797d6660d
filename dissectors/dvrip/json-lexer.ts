import { isBlank, isFullWidth, isQuote, isSingleQuote, punctuation } from './json-characters.ts';
import type { SlipList } from './json-slip.ts';
import { readString } from './json-string.ts';
import { isLiteral, isNumber } from './json-word.ts';

/** `word`: anything without quotes: a number, a literal, a key or text that should have had quotes. */
export type TokenKind = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'word' | 'end';

const QUOTE = 0x22;
const SLASH = 0x2f;
const STAR = 0x2a;
const DELETE = 0x7f;

/**
 * Cuts a text into the tokens of JSON, and forgives: quotes and punctuation as word processors and Chinese keyboards
 * write them, comments, control characters, quotes that are missing. On JSON it gives what RFC 8259 says and no slip.
 * Each character is looked at a bounded number of times, whatever the text.
 */
export class JsonLexer {
  kind: TokenKind = 'end';
  start = 0;
  end = 0;
  /** What a string says, or a word as written. */
  value = '';

  readonly #text: string;
  readonly #slips: SlipList;
  #at = 0;

  constructor(text: string, slips: SlipList) {
    this.#text = text;
    this.#slips = slips;
  }

  /** Moves on to the next token; `end` at the end of the text, for ever. */
  next(): void {
    let found = false;
    while (!found) {
      this.#skipBlanks();
      this.start = this.#at;
      found = this.#read(this.#text.charCodeAt(this.#at));
    }
  }

  /** Reads what begins here; false where it was passed over. */
  #read(code: number): boolean {
    const mark = punctuation(code);
    if (this.#at >= this.#text.length) {
      this.#token('end', this.#at);
    } else if (mark !== undefined) {
      if (isFullWidth(code)) this.#slips.add('full-width-punctuation', this.#at, 1);
      this.#token(mark, this.#at + 1);
    } else if (isQuote(code) || isSingleQuote(code)) {
      this.#string();
    } else {
      return this.#word();
    }
    return true;
  }

  #token(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
    this.#at = end;
  }

  #string(): void {
    const { value, end } = readString(this.#text, this.#at, this.#slips);
    this.value = value;
    this.#token('string', end);
  }

  /** A run of other characters. One without letter or digit says nothing and is passed over: `...`, `\`. */
  #word(): boolean {
    const text = this.#text;
    let end = this.#at;
    while (end < text.length && !this.#endsWord(end)) end += 1;
    const word = text.slice(this.#at, end);
    if (!/[\p{L}\p{N}]/u.test(word)) {
      this.#slips.add('stray-characters', this.#at, end - this.#at);
      this.#at = end;
      return false;
    }
    this.value = word;
    // `SessionID" : …`: the opening quote was forgotten. `1"b"` is a number, a forgotten comma and a string.
    if (text.charCodeAt(end) === QUOTE && !isNumber(word) && !isLiteral(word)) {
      this.#slips.add('missing-quote', this.#at, 0);
      this.#token('string', end + 1);
    } else {
      this.#token('word', end);
    }
    return true;
  }

  #endsWord(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    if (code <= 0x20 || isBlank(code) || isQuote(code)) return true;
    return punctuation(code) !== undefined || (code === SLASH && this.#opensComment(at));
  }

  #opensComment(at: number): boolean {
    const next = this.#text.charCodeAt(at + 1);
    return next === SLASH || next === STAR;
  }

  #skipBlanks(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.#at += 1;
      else if (code < 0x20 || code === DELETE) this.#skip('stray-characters', this.#at + 1);
      else if (isBlank(code)) this.#skip('unusual-blank', this.#at + 1);
      else if (code === SLASH && this.#opensComment(this.#at)) this.#skip('comment', this.#commentEnd());
      else return;
    }
  }

  #skip(slip: 'stray-characters' | 'unusual-blank' | 'comment', end: number): void {
    this.#slips.add(slip, this.#at, end - this.#at);
    this.#at = end;
  }

  /** A `/*` without end takes the rest; `//` the line. */
  #commentEnd(): number {
    const block = this.#text.charCodeAt(this.#at + 1) === STAR;
    const found = this.#text.indexOf(block ? '*/' : '\n', this.#at + 2);
    if (found < 0) return this.#text.length;
    return block ? found + 2 : found;
  }
}
