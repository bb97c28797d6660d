import type { WriteStream } from 'node:tty';
import { formatBytes } from '../report/format/table.ts';

/** Files that are read faster than this need no progress line. */
const QUIET_MS = 700;
const INTERVAL_MS = 150;

/** One line on the terminal that says how far the reading is. */
export class Progress {
  readonly #terminal: WriteStream;
  readonly #started = performance.now();
  #shownAt = 0;
  #shown = false;

  private constructor(terminal: WriteStream) {
    this.#terminal = terminal;
  }

  static on(terminal: WriteStream): Progress | undefined {
    return terminal.isTTY === true ? new Progress(terminal) : undefined;
  }

  show(bytesRead: number, bytesTotal: number | undefined): void {
    const now = performance.now();
    if (now - this.#started < QUIET_MS || now - this.#shownAt < INTERVAL_MS) return;
    this.#shownAt = now;
    this.#shown = true;
    const share =
      bytesTotal === undefined || bytesTotal === 0
        ? formatBytes(bytesRead)
        : `${Math.floor((100 * bytesRead) / bytesTotal)} % of ${formatBytes(bytesTotal)}`;
    this.#terminal.write(`\rreading: ${share}\x1b[K`);
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#terminal.write('\r\x1b[K');
  }
}
