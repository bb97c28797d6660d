/** Why a text is not JSON: the same words on every Node (those of V8 are not, and quote the text). */
export type JsonFault =
  | 'too-long'
  | 'too-deep'
  | 'ends-early'
  | 'value-expected'
  | 'key-expected'
  | 'colon-expected'
  | 'comma-or-end-expected'
  | 'bad-string'
  | 'bad-number'
  | 'text-after-end';

/** `at` counts UTF-16 units of the text. */
export interface FaultAt {
  readonly reason: JsonFault;
  readonly at: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const LITERALS: readonly string[] = ['true', 'false', 'null'];

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end';

/** The first place at which the text breaks the grammar of RFC 8259; undefined where it is JSON. */
export function findJsonFault(text: string): FaultAt | undefined {
  const open: number[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = skipBlanks(text, at);
    const finished = expected === 'comma-or-end' && open.length === 0;
    if (at === text.length) return finished ? undefined : { reason: 'ends-early', at };
    if (finished) return { reason: 'text-after-end', at };

    const code = text.charCodeAt(at);
    if (expected === 'comma-or-end') {
      const inObject = open.at(-1) === OPEN_BRACE;
      if (code === COMMA) expected = inObject ? 'key' : 'value';
      else if (code === (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) open.pop();
      else return { reason: 'comma-or-end-expected', at };
      at += 1;
    } else if (expected === 'key' || expected === 'key-or-end') {
      if (code === CLOSE_BRACE && expected === 'key-or-end') {
        open.pop();
        expected = 'comma-or-end';
        at += 1;
        continue;
      }
      if (code !== QUOTE) return { reason: 'key-expected', at };
      const end = stringEnd(text, at);
      if (end < 0) return broken(text, ~end, 'bad-string');
      at = skipBlanks(text, end);
      if (text.charCodeAt(at) !== COLON) return broken(text, at, 'colon-expected');
      expected = 'value';
      at += 1;
    } else if (code === CLOSE_BRACKET && expected === 'value-or-end') {
      open.pop();
      expected = 'comma-or-end';
      at += 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      open.push(code);
      expected = code === OPEN_BRACE ? 'key-or-end' : 'value-or-end';
      at += 1;
    } else {
      const end = scalarEnd(text, at, code);
      if (end < 0) return broken(text, ~end, scalarFault(code));
      expected = 'comma-or-end';
      at = end;
    }
  }
}

/** Whether arrays and objects are nested deeper than the limit, as far as the text is JSON. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at) - 1;
      // Not JSON beyond this point, so nothing there will be nested.
      if (at < 0) return false;
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      depth -= 1;
    }
  }
  return false;
}

function broken(text: string, at: number, reason: JsonFault): FaultAt {
  return at >= text.length ? { reason: 'ends-early', at: text.length } : { reason, at };
}

function scalarFault(code: number): JsonFault {
  if (code === QUOTE) return 'bad-string';
  return code === MINUS || isDigit(code) ? 'bad-number' : 'value-expected';
}

/** The end of a string, number or literal; `~place` of the fault where there is none. */
function scalarEnd(text: string, at: number, code: number): number {
  if (code === QUOTE) return stringEnd(text, at);
  if (code === MINUS || isDigit(code)) return numberEnd(text, at);
  for (const literal of LITERALS) {
    if (text.startsWith(literal, at)) return at + literal.length;
    if (literal.startsWith(text.slice(at, at + literal.length))) return ~text.length;
  }
  return ~at;
}

function stringEnd(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return ~at;
    if (code === BACKSLASH) {
      const escaped = text.charAt(at + 1);
      if (escaped === 'u') {
        for (let digit = at + 2; digit < at + 6; digit++)
          if (!isHexDigit(text.charCodeAt(digit))) return ~digit;
        at += 6;
      } else if (escaped !== '' && '"\\/bfnrt'.includes(escaped)) at += 2;
      else return ~(at + 1);
    } else at += 1;
  }
  return ~text.length;
}

function numberEnd(text: string, start: number): number {
  let at = start;
  if (text.charCodeAt(at) === MINUS) at += 1;
  const whole = text.charCodeAt(at) === 0x30 ? at + 1 : digitsEnd(text, at);
  if (whole === at) return ~at;
  at = whole;
  if (text.charAt(at) === '.') {
    const fraction = digitsEnd(text, at + 1);
    if (fraction === at + 1) return ~fraction;
    at = fraction;
  }
  if (text.charAt(at) === 'e' || text.charAt(at) === 'E') {
    const sign = text.charAt(at + 1);
    const digits = sign === '+' || sign === '-' ? at + 2 : at + 1;
    const exponent = digitsEnd(text, digits);
    if (exponent === digits) return ~digits;
    at = exponent;
  }
  return at;
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
