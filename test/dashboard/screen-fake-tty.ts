import { Duplex } from 'node:stream';
import headless from '@xterm/headless';

/** The keyboard of a terminal that is not there. */
class Keyboard extends Duplex {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }

  override _read(): void {}

  type(bytes: string): void {
    this.push(bytes);
  }
}

/** Its screen: what is written to it is shown by a terminal emulator without a window. */
class Display extends Duplex {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly written: string[] = [];
  readonly #emulator: headless.Terminal;

  constructor(emulator: headless.Terminal) {
    super({ decodeStrings: false });
    this.#emulator = emulator;
    this.columns = emulator.cols;
    this.rows = emulator.rows;
  }

  override _read(): void {}

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    const text = typeof chunk === 'string' ? chunk : chunk.toString('utf8');
    this.written.push(text);
    this.#emulator.write(text, done);
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#emulator.resize(columns, rows);
    this.emit('resize');
  }
}

/** A terminal to test with: keys in, cells out. */
export class FakeTty {
  readonly keyboard = new Keyboard();
  readonly display: Display;
  readonly emulator: headless.Terminal;

  constructor(columns: number, rows: number) {
    this.emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.display = new Display(this.emulator);
  }

  /** The rows of the screen as text. */
  lines(): string[] {
    const { active } = this.emulator.buffer;
    return Array.from({ length: this.emulator.rows }, (_, y) =>
      (active.getLine(active.viewportY + y)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** All bytes that the program sent to the terminal. */
  sent(): string {
    return this.display.written.join('');
  }

  /** The column, in cells from 0, where the text begins in a row; -1 where it is not there. */
  columnOf(y: number, text: string): number {
    const line = this.emulator.buffer.active.getLine(y);
    if (line === undefined) return -1;
    const at = line.translateToString(false).indexOf(text);
    if (at === -1) return -1;
    let units = 0;
    for (let x = 0; x < this.emulator.cols; x++) {
      if (units === at) return x;
      units += line.getCell(x)?.getChars().length ?? 0;
      if (line.getCell(x)?.getChars() === '' && line.getCell(x)?.getWidth() === 1) units += 1;
    }
    return -1;
  }
}
