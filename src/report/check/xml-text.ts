import { safeLine, safeLines } from '../format/safe-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A value between quotes. */
export function xmlAttribute(text: string): string {
  return escapeMarkup(safeLine(text));
}

/** Content of an element; line ends stay. */
export function xmlText(text: string): string {
  return escapeMarkup(safeLines(text));
}

/**
 * Of what XML 1.0 (§2.2, Char) refuses, safe text has only these two left; `>` is escaped too, so that no text
 * holds the end of a CDATA section (§2.4).
 */
function escapeMarkup(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
