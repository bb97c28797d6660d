import { isSecretKey, LONGEST_KEY } from './secret-keys.ts';

/** Where the scanner is: outside of anything that matters, … , inside a value that must not be shown. */
const ELSEWHERE = 0;
const KEY = 1;
const BEHIND_KEY = 2;
const BEFORE_VALUE = 3;
const STRING = 4;
const SCALAR = 5;
const NEST = 6;
const NEST_STRING = 7;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Tells, character by character, what of a text is the value of a secret member (`"PassWord" : "…"`), in JSON or in
 * what is left of it: cut, damaged, JSON inside a JSON string, between the bytes of binary headers. Any quote may begin
 * a key, whatever came before, so that a stray quote cannot turn text and strings around. Nothing is held back, and
 * a value that never closes stays hidden.
 */
export class SecretScanner {
  #state = ELSEWHERE;
  #key = '';
  /** Backslashes just before the present character. */
  #run = 0;
  /** Backslashes before the opening quote: 0, or 1, 3, 7 for JSON inside of strings. -1 in a nest without a string yet. */
  #level = 0;
  #depth = 0;

  /** Whether the next character, given as its code, belongs to a secret value. */
  push(code: number): boolean {
    const before = this.#run;
    this.#run = code === BACKSLASH ? before + 1 : 0;
    switch (this.#state) {
      case ELSEWHERE:
        if (code === QUOTE) this.#mayBeKey();
        return false;
      case KEY:
        this.#readKey(code);
        return false;
      case BEHIND_KEY:
        if (code === COLON) this.#state = BEFORE_VALUE;
        else if (code === QUOTE) this.#mayBeKey();
        else if (!isBlank(code)) this.#state = ELSEWHERE;
        return false;
      case BEFORE_VALUE:
        return this.#beginValue(code, before);
      case STRING:
        if (code !== QUOTE || !this.#closes(before)) return true;
        // Where the value was never closed, this quote begins a key of the next message.
        this.#mayBeKey();
        return false;
      case SCALAR:
        if (!endsScalar(code)) return true;
        if (code === QUOTE) this.#mayBeKey();
        else this.#state = ELSEWHERE;
        return false;
      case NEST:
        return this.#nest(code, before);
      default:
        if (code === QUOTE && this.#closes(before)) this.#state = NEST;
        return true;
    }
  }

  #mayBeKey(): void {
    this.#state = KEY;
    this.#key = '';
  }

  #readKey(code: number): void {
    if (code !== QUOTE) {
      if (this.#key.length <= LONGEST_KEY) this.#key += String.fromCharCode(code);
      else this.#state = ELSEWHERE;
    } else if (isSecretKey(this.#key)) {
      this.#state = BEHIND_KEY;
    } else {
      this.#key = '';
    }
  }

  #beginValue(code: number, before: number): boolean {
    if (isBlank(code) || code === BACKSLASH) return false;
    if (code === QUOTE) {
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
    this.#state = endsScalar(code) ? ELSEWHERE : SCALAR;
    return this.#state === SCALAR;
  }

  #nest(code: number, before: number): boolean {
    if (code === QUOTE) {
      if (this.#level === -1) this.#level = before;
      this.#state = NEST_STRING;
    } else if (opens(code)) {
      this.#depth += 1;
    } else if (code === 0x5d || code === 0x7d) {
      this.#depth -= 1;
      if (this.#depth === 0) this.#state = ELSEWHERE;
    } else if (code < SPACE && !isBlank(code)) {
      // No JSON goes on here: the value was cut, and another message follows.
      this.#state = ELSEWHERE;
      return false;
    }
    return true;
  }

  /** At level 0 a quote closes behind an even number of backslashes; each level around it doubles them, and adds one. */
  #closes(before: number): boolean {
    return before < this.#level || (before - this.#level) % (2 * (this.#level + 1)) === 0;
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || (code >= 0x09 && code <= 0x0d);
}

function opens(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

/** A quote, `,`, `}`, `]`, a blank or a control byte. */
function endsScalar(code: number): boolean {
  return code <= SPACE || code === QUOTE || code === 0x2c || code === 0x7d || code === 0x5d;
}
