import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Text is handed to the stream in pieces of about this size: one system call for some hundred lines. */
const BATCH = 32 * 1024;

/** Standard output, in batches. A reader that goes away (`| head`) ends the work quietly. */
export class Output {
  /** The reader is gone; nothing more need be produced. */
  closed = false;
  readonly #stream: Writable;
  readonly #onClosed: () => void;
  #batch = '';
  #full = false;

  constructor(stream: Writable, onClosed: () => void) {
    this.#stream = stream;
    this.#onClosed = onClosed;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.closed = true;
      this.#onClosed();
    });
  }

  line(text: string): void {
    this.#batch += `${text}\n`;
    if (this.#batch.length >= BATCH) this.flush();
  }

  bytes(bytes: Uint8Array): void {
    this.flush();
    if (!this.closed) this.#full = !this.#stream.write(Buffer.from(bytes));
  }

  flush(): void {
    if (this.#batch === '' || this.closed) return;
    this.#full = !this.#stream.write(this.#batch);
    this.#batch = '';
  }

  /** What to wait for before more is produced; the present batch is on its way. */
  drained(): Promise<void> | undefined {
    this.flush();
    if (!this.#full || this.closed) return undefined;
    this.#full = false;
    return once(this.#stream, 'drain').then(
      () => undefined,
      () => undefined,
    );
  }
}
