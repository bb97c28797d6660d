import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Text is handed to the stream in pieces of about this size: one system call for some hundred lines. */
const BATCH = 32 * 1024;

export interface OutputEvents {
  /** No one takes the output any more; nothing more need be produced. */
  closed(): void;
  /** Something is about to be written. */
  writing(): void;
}

/** Standard output, in batches. A reader that goes away (`| head`) ends the work quietly. */
export class Output {
  /** Nothing more can be written. */
  closed = false;
  /** Why it cannot, where it is not that the reader went away (a full disk). */
  failure: string | undefined = undefined;
  /** Hand over each line at once. */
  lineBuffered = false;
  readonly #stream: Writable;
  readonly #events: OutputEvents;
  #batch = '';
  #full = false;

  constructor(stream: Writable, events: OutputEvents) {
    this.#stream = stream;
    this.#events = events;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.closed = true;
      if (error.code !== 'EPIPE') this.failure = error.message;
      this.#events.closed();
    });
  }

  line(text: string): void {
    this.#batch += `${text}\n`;
    if (this.lineBuffered || this.#batch.length >= BATCH) this.flush();
  }

  bytes(bytes: Uint8Array): void {
    this.flush();
    if (this.closed) return;
    this.#events.writing();
    this.#full = !this.#stream.write(Buffer.from(bytes));
  }

  flush(): void {
    if (this.#batch === '' || this.closed) return;
    this.#events.writing();
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

  /** Waits until everything has been taken, or it is known that it will not be. */
  async written(): Promise<void> {
    this.flush();
    if (this.closed) return;
    await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
  }
}
