/**
 * Control bytes (C0, DEL, C1), bidirectional controls, zero-width and line-separating characters, lone
 * surrogates: whatever could move a cursor, turn text around or hide in it.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text from a capture, made safe for a terminal line: what is unsafe is shown as `\x1b`, `\u202e`. */
export function safeLine(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** The same for text of several lines: LF and TAB stay. */
export function safeLines(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === '\n' || character === '\t' ? character : escapeCharacter(character),
  );
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
