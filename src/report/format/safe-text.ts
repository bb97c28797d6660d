/**
 * Control characters (C0, DEL, C1), format characters (bidirectional controls, zero-width and tag characters), line and
 * paragraph separators, lone surrogates: whatever could move a cursor, turn text around or hide in it.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from a capture, made safe for a terminal line: what is unsafe is shown as `\x1b`, `\u202e`. */
export function safeLine(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** The same for text of several lines: LF and TAB stay. */
export function safeLines(text: string): string {
  return text.replace(UNSAFE, (character) => (isLayout(character) ? character : escapeCharacter(character)));
}

/** One dot for each character that is unsafe or could not be decoded; LF and TAB stay. */
export function dottedLines(text: string): string {
  return text
    .replace(UNSAFE, (character) => (isLayout(character) ? character : '.'))
    .replaceAll('\ufffd', '.');
}

/** JSON in which every unsafe character is escaped: it parses to the same value, and may be looked at on a terminal. */
export function safeJson(value: unknown, indent?: number): string {
  // LF and TAB can only be the layout here: inside of strings JSON.stringify has escaped them.
  return JSON.stringify(value, null, indent).replace(UNSAFE, (character) => {
    if (isLayout(character)) return character;
    let escaped = '';
    for (let i = 0; i < character.length; i++) {
      escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}

function isLayout(character: string): boolean {
  return character === '\n' || character === '\t';
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
