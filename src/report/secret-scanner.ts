import { isSecretKey, LONGEST_KEY } from '../../schemas/secret-keys.ts';

/** Where the scanner is: in what may be a key, … , inside a value that must not be shown. */
const KEY = 1;
const BEHIND_KEY = 2;
const BEFORE_VALUE = 3;
const STRING = 4;
const SCALAR = 5;
const NEST = 6;
const NEST_STRING = 7;

const QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const FULL_WIDTH_COLON = 0xff1a;
/** Stands for both curly quotes. */
const CURLY_QUOTE = 0x201c;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Tells, character by character, what of a text is the value of a secret member (`"PassWord" : "…"`), in JSON or in
 * what is left of it: cut, damaged, JSON inside a JSON string, between the bytes of binary headers. Any quote may begin
 * a key, whatever came before, so that a stray quote cannot turn text and strings around. Nothing is held back, and
 * a value that never closes stays hidden. What the tolerant reader takes for JSON is covered too: single and curly quotes
 * (also as their three bytes of UTF-8), keys without quotes, full-width colons.
 */
export class SecretScanner {
  #state = KEY;
  #key = '';
  /** More stands between the quotes than `#key` holds. */
  #long = false;
  /** The kind of quote that opened the value. */
  #opened = QUOTE;
  /** The two codes before the present one. */
  #last = 0;
  #beforeLast = 0;
  /** Backslashes just before the present character. */
  #run = 0;
  /** Backslashes before the opening quote: 0, or 1, 3, 7 for JSON inside of strings. -1 in a nest without a string yet. */
  #level = 0;
  #depth = 0;

  /** Whether the next character, given as its code, belongs to a secret value. */
  push(given: number): boolean {
    const code = this.#plain(given);
    this.#beforeLast = this.#last;
    this.#last = given;
    const before = this.#run;
    this.#run = code === BACKSLASH ? before + 1 : 0;
    switch (this.#state) {
      case KEY:
        this.#readKey(code);
        return false;
      case BEHIND_KEY:
        if (code === COLON) this.#state = BEFORE_VALUE;
        else if (isQuote(code) || !isBlank(code)) this.#mayBeKey();
        return false;
      case BEFORE_VALUE:
        return this.#beginValue(code, before);
      case STRING:
        if (!this.#isClosing(code) || !this.#closes(before)) return true;
        // Where the value was never closed, this quote begins a key of the next message.
        this.#mayBeKey();
        return false;
      case SCALAR:
        if (!endsScalar(code)) return true;
        this.#mayBeKey();
        return false;
      case NEST:
        return this.#nest(code, before);
      default:
        if (this.#isClosing(code) && this.#closes(before)) this.#state = NEST;
        return true;
    }
  }

  /** Curly quotes are one code, also where their bytes come one by one. */
  #plain(code: number): number {
    if (code === 0x201c || code === 0x201d) return CURLY_QUOTE;
    if (code === FULL_WIDTH_COLON) return COLON;
    if (this.#beforeLast === 0xe2 && this.#last === 0x80 && (code === 0x9c || code === 0x9d))
      return CURLY_QUOTE;
    // The first bytes of a curly quote say nothing of themselves.
    if (code === 0xe2 || (code === 0x80 && this.#last === 0xe2)) return SPACE;
    return code;
  }

  /** A curly quote may be closed by a straight one. */
  #isClosing(code: number): boolean {
    return code === this.#opened || (this.#opened === CURLY_QUOTE && code === QUOTE);
  }

  #mayBeKey(): void {
    this.#state = KEY;
    this.#key = '';
    this.#long = false;
  }

  #readKey(code: number): void {
    if (code === COLON) {
      // A key without quotes; behind one with quotes nothing is left here.
      const bare = /[\w\\]+\s*$/.exec(this.#key)?.[0] ?? '';
      if (isSecretKey(bare)) this.#state = BEFORE_VALUE;
      this.#key = '';
    } else if (!isQuote(code)) {
      // What is longer is no key of ours; its end may be one that has no quotes.
      if (this.#key.length > LONGEST_KEY) {
        this.#key = '';
        this.#long = true;
      }
      this.#key += String.fromCharCode(code);
    } else if (!this.#long && isSecretKey(this.#key)) {
      this.#state = BEHIND_KEY;
    } else {
      this.#mayBeKey();
    }
  }

  #beginValue(code: number, before: number): boolean {
    if (isBlank(code) || code === BACKSLASH) return false;
    if (isQuote(code)) {
      this.#opened = code;
      this.#level = before;
      this.#state = STRING;
      return false;
    }
    if (opens(code)) {
      this.#level = -1;
      this.#depth = 1;
      this.#state = NEST;
      return true;
    }
    if (endsScalar(code)) {
      this.#mayBeKey();
      return false;
    }
    this.#state = SCALAR;
    return true;
  }

  #nest(code: number, before: number): boolean {
    if (isQuote(code)) {
      if (this.#level === -1) this.#level = before;
      this.#opened = code;
      this.#state = NEST_STRING;
    } else if (opens(code)) {
      this.#depth += 1;
    } else if (code === 0x5d || code === 0x7d) {
      this.#depth -= 1;
      if (this.#depth === 0) this.#mayBeKey();
    } else if (code < SPACE && !isBlank(code)) {
      // No JSON goes on here: the value was cut, and another message follows.
      this.#mayBeKey();
      return false;
    }
    return true;
  }

  /** At level 0 a quote closes behind an even number of backslashes; each level around it doubles them, and adds one. */
  #closes(before: number): boolean {
    return before < this.#level || (before - this.#level) % (2 * (this.#level + 1)) === 0;
  }
}

function isQuote(code: number): boolean {
  return code === QUOTE || code === SINGLE_QUOTE || code === CURLY_QUOTE;
}

function isBlank(code: number): boolean {
  return code === SPACE || (code >= 0x09 && code <= 0x0d);
}

function opens(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

/** A quote, `,`, `}`, `]`, a blank or a control byte. */
function endsScalar(code: number): boolean {
  return code <= SPACE || isQuote(code) || code === 0x2c || code === 0x7d || code === 0x5d;
}
