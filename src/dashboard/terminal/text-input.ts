import { textCells, textWidth } from './cell-text.ts';
import type { KeyPress } from './terminal.ts';

/** The longest text that can be typed. */
const LONGEST = 4096;

const WORD_BEFORE = /\S*\s*$/;

/** One line of text that is being typed. The place is counted in characters, as code points. */
export class TextInput {
  #characters: string[] = [];
  #place = 0;
  /** First cell that is shown, where the text is longer than the room for it. */
  #scrolled = 0;

  constructor(text = '') {
    this.set(text);
  }

  get text(): string {
    return this.#characters.join('');
  }

  /** Where the cursor is, in UTF-16 units from 0. */
  get offset(): number {
    return this.#characters.slice(0, this.#place).join('').length;
  }

  set(text: string, offset = text.length): void {
    this.#characters = [...text].slice(0, LONGEST);
    this.#place = [...text.slice(0, offset)].length;
  }

  /** Puts text in the place of a part, given in UTF-16 units, and the cursor behind it. */
  replace(start: number, end: number, text: string): void {
    const { text: whole } = this;
    this.set(whole.slice(0, start) + text + whole.slice(end), start + text.length);
  }

  /** Answers whether the key was one for editing. */
  key({ name, text }: KeyPress): boolean {
    switch (name) {
      case 'left':
      case 'C-b':
        this.#place = Math.max(0, this.#place - 1);
        return true;
      case 'right':
      case 'C-f':
        this.#place = Math.min(this.#characters.length, this.#place + 1);
        return true;
      case 'home':
      case 'C-a':
        this.#place = 0;
        return true;
      case 'end':
      case 'C-e':
        this.#place = this.#characters.length;
        return true;
      case 'backspace':
        if (this.#place > 0) this.#characters.splice(--this.#place, 1);
        return true;
      case 'delete':
      case 'C-d':
        this.#characters.splice(this.#place, 1);
        return true;
      case 'C-u':
        this.#characters.splice(0, this.#place);
        this.#place = 0;
        return true;
      case 'C-k':
        this.#characters.length = this.#place;
        return true;
      case 'C-w':
        this.#eraseWord();
        return true;
    }
    if (text === '') return false;
    if (this.#characters.length < LONGEST) this.#characters.splice(this.#place++, 0, text);
    return true;
  }

  /** The part of the text that fits, and the cell of the cursor in it. */
  view(width: number): { readonly text: string; readonly cursor: number } {
    const before = textWidth(this.#characters.slice(0, this.#place).join(''));
    if (before < this.#scrolled) this.#scrolled = before;
    if (before >= this.#scrolled + width) this.#scrolled = before - width + 1;
    let at = 0;
    let text = '';
    let start: number | undefined;
    for (const { glyph, width: cells } of textCells(this.text)) {
      if (at >= this.#scrolled) {
        start ??= at;
        text += glyph;
      }
      at += cells;
    }
    return { text, cursor: before - (start ?? at) };
  }

  #eraseWord(): void {
    const before = this.#characters.slice(0, this.#place).join('').replace(WORD_BEFORE, '');
    const kept = [...before].length;
    this.#characters.splice(kept, this.#place - kept);
    this.#place = kept;
  }
}
