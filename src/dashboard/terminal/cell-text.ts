import { eastAsianWidth } from 'get-east-asian-width';
import { safeLine } from '../../report/format/safe-text.ts';

/** What stands for a character whose width terminals do not agree on. */
export const REPLACEMENT = '\ufffd';

/** Combining marks that one cell carries at most: more would pile up over the lines above and below. */
const MARKS_PER_CELL = 2;

const PRINTABLE_ASCII = /^[ -~]*$/;
const MARK = /^[\p{Mn}\p{Me}]$/u;
/** Variation selectors change how wide a character is drawn, on some terminals only. */
const SELECTOR = /^[\p{Variation_Selector}]$/u;
/** Characters that Unicode has not named, or leaves to fonts: each terminal has its own idea of their width. */
const NAMELESS = /^[\p{Cn}\p{Co}]$/u;

/** One cell of text: a character with its combining marks, one or two cells wide. */
export interface TextCell {
  readonly glyph: string;
  readonly width: 1 | 2;
}

/**
 * Text as cells of a terminal. What could move the cursor, turn text around or hide is spelled out first
 * (`safeLine`), so text of any origin may be handed in.
 */
export function textCells(text: string): TextCell[] {
  const safe = safeLine(text);
  const cells: TextCell[] = [];
  let marks = 0;
  for (const character of safe) {
    if (SELECTOR.test(character)) continue;
    if (MARK.test(character)) {
      const last = cells.at(-1);
      if (last === undefined || marks >= MARKS_PER_CELL) continue;
      marks += 1;
      cells[cells.length - 1] = { glyph: last.glyph + character, width: last.width };
      continue;
    }
    marks = 0;
    cells.push(
      NAMELESS.test(character)
        ? { glyph: REPLACEMENT, width: 1 }
        : { glyph: character, width: eastAsianWidth(character.codePointAt(0) ?? 0) },
    );
  }
  return cells;
}

/** Width of the text in cells, as {@link textCells} lays it out. */
export function textWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return textCells(text).reduce((width, cell) => width + cell.width, 0);
}

/** The text cut to a width, with `…` where something is missing. */
export function cutText(text: string, width: number): string {
  if (width <= 0) return '';
  if (PRINTABLE_ASCII.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  const cells = textCells(text);
  let used = 0;
  for (const cell of cells) used += cell.width;
  if (used <= width) return cells.map((cell) => cell.glyph).join('');
  let cut = '';
  used = 0;
  for (const cell of cells) {
    if (used + cell.width > width - 1) break;
    cut += cell.glyph;
    used += cell.width;
  }
  return `${cut}…`;
}

/**
 * The text in at most so many lines of a width, broken between words, and inside of words that are wider than a line; the last
 * one is cut where there is more.
 */
export function wrapText(text: string, width: number, lines: number): readonly string[] {
  if (width <= 0 || lines <= 0) return [];
  const result: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') result.push(line);
    const pieces = brokenWord(word, width);
    line = pieces.pop() ?? '';
    result.push(...pieces);
    if (result.length > lines) break;
  }
  result.push(line);
  if (result.length <= lines) return result;
  return [...result.slice(0, lines - 1), cutText(result.slice(lines - 1).join(' '), width)];
}

/** A word in pieces that each fit the width. */
function brokenWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const { glyph, width: cells } of textCells(word)) {
    if (used + cells > width && piece !== '') {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += glyph;
    used += cells;
  }
  pieces.push(piece);
  return pieces;
}
