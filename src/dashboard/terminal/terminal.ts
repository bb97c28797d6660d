import type { Duplex } from 'node:stream';
import type { Area, Canvas } from './canvas.ts';

/** The keys of a terminal, as `tty.ReadStream` gives them. */
export interface TerminalInput extends Duplex {
  setRawMode(raw: boolean): unknown;
}

/** The screen of a terminal, as `tty.WriteStream` is one. */
export interface TerminalOutput extends Duplex {
  readonly columns: number;
  readonly rows: number;
}

/** A key as the keymap names it, e.g. `up`, `C-f`, `S-tab`, `G`, `/`, `space`; and what it types, if anything. */
export interface KeyPress {
  readonly name: string;
  readonly text: string;
}

export interface MousePress {
  readonly kind: 'press' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
}

export interface TerminalEvents {
  key(key: KeyPress): void;
  mouse(mouse: MousePress): void;
  /** The size has changed, or the terminal is ours again after a suspension: everything must be painted anew. */
  resized(): void;
}

/** One series of a chart. */
export interface ChartLine {
  readonly title: string;
  readonly values: readonly number[];
}

export interface Chart {
  readonly area: Area;
  /** One label for each value. */
  readonly labels: readonly string[];
  readonly line: ChartLine;
  readonly colour: 'cyan' | 'green' | 'yellow' | 'magenta';
}

/** A terminal in full-screen mode. */
export interface Terminal {
  readonly width: number;
  readonly height: number;
  /** Shows the canvas with the charts over it, and the cursor where one is given. */
  show(canvas: Canvas, charts: readonly Chart[], cursor: { x: number; y: number } | undefined): void;
  /** Clears the screen, so that the next showing paints every cell. */
  redraw(): void;
  /** Gives the terminal back to the shell until the process is continued (SIGTSTP). */
  suspend(): void;
  /** Puts the terminal back into the state in which it was; may be called again. */
  close(): void;
}
