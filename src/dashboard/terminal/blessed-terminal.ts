import type { Widgets } from 'blessed';
import './blessed-cells.ts';
import type { Canvas } from './canvas.ts';
import { REPLACEMENT } from './cell-text.ts';
import { BlessedCharts } from './charts.ts';
import { keyName, type RawKey, TypedText } from './key-names.ts';
import type { Chart, Terminal, TerminalEvents, TerminalInput, TerminalOutput } from './terminal.ts';

export interface TerminalOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  /** Name of the terminal, as in TERM. */
  readonly term: string | undefined;
  readonly title: string;
  /** Whether the terminal takes UTF-8. */
  readonly unicode: boolean;
  readonly coloured: boolean;
  readonly mouse: boolean;
}

type Blessed = typeof import('blessed');

/** blessed, which only this folder knows. It is loaded here, so that other commands do not pay for it. */
export async function openTerminal(options: TerminalOptions, events: TerminalEvents): Promise<Terminal> {
  const { default: blessed } = await import('blessed');
  return new BlessedTerminal(blessed, options, events);
}

class BlessedTerminal implements Terminal {
  readonly #blessed: Blessed;
  readonly #screen: Widgets.Screen;
  readonly #options: TerminalOptions;
  readonly #events: TerminalEvents;
  readonly #charts: BlessedCharts;
  #canvas: Canvas | undefined = undefined;
  #closed = false;
  /** The terminal is the shell's for now. */
  #suspended = false;
  readonly #stopped = () => this.suspend();

  constructor(blessed: Blessed, options: TerminalOptions, events: TerminalEvents) {
    this.#blessed = blessed;
    this.#options = options;
    this.#events = events;
    this.#screen = blessed.screen({
      input: options.input,
      output: options.output,
      ...(options.term !== undefined && { terminal: options.term }),
      title: options.title,
      fullUnicode: true,
      forceUnicode: options.unicode,
    });
    if (options.unicode) this.#screen.tput.brokenACS = true;
    this.#charts = new BlessedCharts(this.#screen, options.coloured);
    this.#screen.on('prerender', () => this.#copy());
    this.#listen();
    process.on('SIGTSTP', this.#stopped);
  }

  get width(): number {
    return Number(this.#screen.width);
  }

  get height(): number {
    return Number(this.#screen.height);
  }

  show(canvas: Canvas, charts: readonly Chart[], cursor: { x: number; y: number } | undefined): void {
    if (this.#closed || this.#suspended) return;
    this.#canvas = canvas;
    this.#charts.show(charts);
    const { program } = this.#screen;
    if (cursor === undefined) program.hideCursor();
    this.#screen.render();
    if (cursor !== undefined) {
      program.cup(cursor.y, cursor.x);
      program.showCursor();
    }
  }

  redraw(): void {
    if (!this.#closed) this.#screen.alloc();
  }

  suspend(): void {
    if (this.#closed || this.#suspended) return;
    const { input } = this.#options;
    this.#suspended = true;
    this.#screen.leave();
    input.setRawMode(false);
    input.pause();
    process.once('SIGCONT', () => {
      process.on('SIGTSTP', this.#stopped);
      this.#suspended = false;
      if (this.#closed) return;
      input.setRawMode(true);
      input.resume();
      this.#screen.enter();
      if (this.#options.mouse) this.#screen.program.enableMouse();
      this.#events.resized();
    });
    process.off('SIGTSTP', this.#stopped);
    process.kill(process.pid, 'SIGTSTP');
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    process.off('SIGTSTP', this.#stopped);
    this.#screen.destroy();
  }

  #listen(): void {
    const { program } = this.#screen;
    const typed = new TypedText();
    program.on('keypress', (character: string | undefined, key: RawKey | undefined) => {
      const name = keyName(character, key);
      if (name !== undefined) this.#events.key({ name, text: typed.next(character, key) });
    });
    if (this.#options.mouse) {
      this.#screen.enableMouse();
      program.on('mouse', (event: { action: string; x: number; y: number }) => {
        const kind = MOUSE[event.action];
        if (kind !== undefined) this.#events.mouse({ kind, x: event.x, y: event.y });
      });
    }
    program.on('resize', () => this.#events.resized());
  }

  /** The canvas as blessed's cells. Where blessed thinks otherwise of a width, the replacement character stands. */
  #copy(): void {
    const canvas = this.#canvas;
    if (canvas === undefined) return;
    const { lines } = this.#screen;
    const { charWidth } = this.#blessed.unicode;
    for (const [y, row] of lines.entries()) {
      if (y >= canvas.height) return;
      const start = y * canvas.width;
      const length = Math.min(row.length, canvas.width);
      for (let x = 0; x < length; x++) {
        const cell = row[x];
        if (cell === undefined) continue;
        let glyph = canvas.glyphs[start + x] ?? ' ';
        const attribute = canvas.attributes[start + x] ?? 0;
        if (glyph === '') glyph = ' ';
        else if (glyph > '~') {
          const wide = x + 1 < canvas.width && canvas.glyphs[start + x + 1] === '';
          if (charWidth(glyph) !== (wide ? 2 : 1)) glyph = REPLACEMENT;
        }
        if (cell[0] === attribute && cell[1] === glyph) continue;
        cell[0] = attribute;
        cell[1] = glyph;
        row.dirty = true;
      }
    }
  }
}

const MOUSE: Readonly<Record<string, 'press' | 'wheel-up' | 'wheel-down'>> = {
  mousedown: 'press',
  wheelup: 'wheel-up',
  wheeldown: 'wheel-down',
};
