import type { Area, Canvas } from './terminal/canvas.ts';
import { cutText, textWidth } from './terminal/cell-text.ts';
import type { Theme, Tone } from './theme.ts';

/** A piece of a line in one tone. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

export type Line = readonly Span[];

export interface Placing {
  readonly tone?: Tone;
  /** As the line under the cursor. */
  readonly selected?: boolean;
  readonly align?: 'left' | 'right';
  readonly width?: number;
}

/** Paints on one area of a canvas, in tones; nothing gets outside of the area. */
export class Painter {
  readonly width: number;
  readonly height: number;
  readonly area: Area;
  readonly #canvas: Canvas;
  readonly #theme: Theme;

  constructor(canvas: Canvas, theme: Theme, area: Area) {
    this.#canvas = canvas;
    this.#theme = theme;
    this.area = area;
    this.width = Math.max(0, area.width);
    this.height = Math.max(0, area.height);
  }

  /** A painter of a part; x and y count from this area's corner. */
  part(x: number, y: number, width: number, height: number): Painter {
    return new Painter(this.#canvas, this.#theme, {
      x: this.area.x + x,
      y: this.area.y + y,
      width: Math.max(0, Math.min(width, this.width - x)),
      height: Math.max(0, Math.min(height, this.height - y)),
    });
  }

  /** One line of text, cut with `…`; answers the cells it took. */
  text(x: number, y: number, text: string, placing: Placing = {}): number {
    const room = Math.min(placing.width ?? this.width, this.width - x);
    if (y < 0 || y >= this.height || x < 0 || room <= 0) return 0;
    const shown = cutText(text, room);
    const shift = placing.align === 'right' ? room - textWidth(shown) : 0;
    const { tone = 'plain' } = placing;
    const attribute = placing.selected === true ? this.#theme.selected(tone) : this.#theme.attribute(tone);
    return (
      shift + this.#canvas.text(this.area.x + x + shift, this.area.y + y, shown, attribute, room - shift)
    );
  }

  /** Spans one after the other, cut at the area's edge; with `selected` the line is filled to the edge. */
  line(x: number, y: number, line: Line, placing: Pick<Placing, 'selected' | 'width'> = {}): number {
    const end = Math.min(this.width, x + (placing.width ?? this.width));
    if (placing.selected === true) this.fill(x, y, end - x, 1, 'plain', true);
    let at = x;
    for (const { text, tone = 'plain' } of line) {
      if (at >= end) break;
      at += this.text(at, y, text, { tone, width: end - at, selected: placing.selected === true });
    }
    return at - x;
  }

  fill(x: number, y: number, width: number, height: number, tone: Tone = 'plain', selected = false): void {
    const attribute = selected ? this.#theme.selected(tone) : this.#theme.attribute(tone);
    const { area } = this.part(x, y, width, height);
    this.#canvas.fill(area, ' ', attribute);
  }

  /** A frame around the whole area with a title in its upper edge; answers the painter of what is inside. */
  frame(title: string, tone: Tone = 'plain'): Painter {
    const { width, height } = this;
    if (width < 2 || height < 2) return this.part(0, 0, 0, 0);
    this.text(0, 0, `┌${'─'.repeat(width - 2)}┐`, { tone });
    for (let y = 1; y < height - 1; y++) {
      this.text(0, y, '│', { tone });
      this.text(width - 1, y, '│', { tone });
    }
    this.text(0, height - 1, `└${'─'.repeat(width - 2)}┘`, { tone });
    if (title !== '') this.text(2, 0, ` ${title} `, { tone: 'strong', width: width - 4 });
    return this.part(1, 1, width - 2, height - 2);
  }
}
