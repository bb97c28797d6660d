import type { WriteStream } from 'node:tty';

/** Files that are read faster than this need no progress line. */
const QUIET_MS = 700;
const INTERVAL_MS = 150;

/** One line on the terminal that says how far the reading is; only where nothing else writes there. */
export class Progress {
  readonly #terminal: WriteStream;
  readonly #started = performance.now();
  #shownAt = 0;
  #shown = false;

  private constructor(terminal: WriteStream) {
    this.#terminal = terminal;
  }

  static on(terminal: WriteStream, output: { readonly isTTY?: boolean }): Progress | undefined {
    // Where results scroll by on the same terminal, they are the progress.
    return terminal.isTTY === true && output.isTTY !== true ? new Progress(terminal) : undefined;
  }

  show(bytesRead: number, bytesTotal: number | undefined): void {
    const now = performance.now();
    if (now - this.#started < QUIET_MS || now - this.#shownAt < INTERVAL_MS) return;
    this.#shownAt = now;
    this.#shown = true;
    const megabytes = Math.round(bytesRead / 1e6);
    const share =
      bytesTotal === undefined || bytesTotal === 0
        ? `${megabytes} MB`
        : `${Math.floor((100 * bytesRead) / bytesTotal)} % of ${Math.round(bytesTotal / 1e6)} MB`;
    this.#terminal.write(`\rreading: ${share}\x1b[K`);
  }

  clear(): void {
    if (this.#shown) this.#terminal.write('\r\x1b[K');
  }
}
