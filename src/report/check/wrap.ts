import { cellWidth } from '../format/cell-width.ts';

/** Breaks a line at blanks so that it fits the cells; a word that is longer is broken where it must. */
export function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let room = width;
  for (const word of text.split(' ')) {
    const needs = cellWidth(word);
    if (line !== '' && needs + 1 > room) {
      lines.push(line);
      line = '';
      room = width;
    }
    if (needs > room) {
      const pieces = broken(word, width);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
      room = width - cellWidth(line);
      continue;
    }
    room -= needs + (line === '' ? 0 : 1);
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function broken(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let room = width;
  for (const character of word) {
    const needs = cellWidth(character);
    if (needs > room) {
      pieces.push(piece);
      piece = '';
      room = width;
    }
    piece += character;
    room -= needs;
  }
  return [...pieces, piece];
}
