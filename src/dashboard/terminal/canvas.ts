import { REPLACEMENT, textCells } from './cell-text.ts';

/** A rectangle of cells. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SAFE_ASCII = /^[ -~]*$/;

/**
 * The picture of a whole screen: for each cell a glyph and an attribute. The right half of a wide character is
 * the empty string. Text can only get in through {@link Canvas.text}, which makes it safe.
 */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly glyphs: string[];
  readonly attributes: Int32Array;
  readonly #blank: number;

  /** @param blank attribute of cells that nothing was painted on */
  constructor(width: number, height: number, blank: number) {
    this.width = width;
    this.height = height;
    this.#blank = blank;
    this.glyphs = new Array<string>(width * height).fill(' ');
    this.attributes = new Int32Array(width * height).fill(blank);
  }

  clear(): void {
    this.glyphs.fill(' ');
    this.attributes.fill(this.#blank);
  }

  /** Gives each cell of the area one glyph of width one. */
  fill(area: Area, glyph: string, attribute: number): void {
    const right = Math.min(this.width, area.x + area.width);
    const bottom = Math.min(this.height, area.y + area.height);
    for (let y = Math.max(0, area.y); y < bottom; y++) {
      for (let x = Math.max(0, area.x); x < right; x++) this.#put(x, y, glyph, 1, attribute);
    }
  }

  /**
   * Writes one line of text of any origin from (x, y), cut at `width` cells; a wide character that would be cut in
   * half is left out. Answers the number of cells written.
   */
  text(x: number, y: number, text: string, attribute: number, width = this.width - x): number {
    if (y < 0 || y >= this.height || x < 0) return 0;
    const room = Math.min(width, this.width - x);
    if (SAFE_ASCII.test(text)) {
      const length = Math.min(room, text.length);
      for (let i = 0; i < length; i++) this.#put(x + i, y, text[i] ?? ' ', 1, attribute);
      return Math.max(0, length);
    }
    let used = 0;
    for (const cell of textCells(text)) {
      if (used + cell.width > room) break;
      this.#put(x + used, y, cell.glyph, cell.width, attribute);
      used += cell.width;
    }
    return used;
  }

  #put(x: number, y: number, glyph: string, width: 1 | 2, attribute: number): void {
    const at = y * this.width + x;
    // Half of a wide character that is painted over leaves no other half behind.
    if (this.glyphs[at] === '' && x > 0) this.glyphs[at - 1] = ' ';
    const next = at + width;
    if (x + width < this.width && this.glyphs[next] === '') this.glyphs[next] = ' ';
    this.glyphs[at] = glyph === '' ? REPLACEMENT : glyph;
    this.attributes[at] = attribute;
    if (width === 2) {
      this.glyphs[at + 1] = '';
      this.attributes[at + 1] = attribute;
    }
  }
}
