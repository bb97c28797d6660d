/** Marks of JSON, and the same marks as a Chinese keyboard writes them (U+FF00 to U+FF5E is ASCII + 0xFEE0). */
type Mark = '{' | '}' | '[' | ']' | ':' | ',';

/** The mark that a character stands for; undefined for all others. */
export function punctuation(code: number): Mark | undefined {
  switch (isFullWidth(code) ? code - 0xfee0 : code) {
    case 0x2c:
      return ',';
    case 0x3a:
      return ':';
    case 0x5b:
      return '[';
    case 0x5d:
      return ']';
    case 0x7b:
      return '{';
    case 0x7d:
      return '}';
    default:
      return undefined;
  }
}

export function isFullWidth(code: number): boolean {
  return code > 0xff00 && code <= 0xff5e;
}

/** `"` and what word processors make of it: “ ” „ ‟ and the full-width ＂. */
export function isQuote(code: number): boolean {
  return code === 0x22 || isCurlyQuote(code);
}

export function isCurlyQuote(code: number): boolean {
  return (code >= 0x201c && code <= 0x201f) || code === 0xff02;
}

/** ' and ‘ ’ ‚ ‛. */
export function isSingleQuote(code: number): boolean {
  return code === 0x27 || (code >= 0x2018 && code <= 0x201b);
}

/** Blanks that JSON does not know: no-break, typographic, ideographic, zero-width, byte order mark. */
export function isBlank(code: number): boolean {
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
