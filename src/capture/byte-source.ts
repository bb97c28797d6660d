import { close, read } from 'node:fs';
import type { Readable } from 'node:stream';

/** Bytes in order, from wherever they come. One read at a time. */
export interface ByteSource {
  /**
   * Puts bytes into `into[at …)`, as many as are at hand, at least one; answers how many, 0 at the end.
   * Rejects when the source fails.
   */
  read(into: Buffer, at: number): Promise<number>;
  /** Bytes taken from outside so far, before any decompression. */
  readonly bytesRead: number;
  /** Makes a read that waits for bytes, and every later one, answer 0. May be called at any time. */
  interrupt(): void;
  /** Gives everything back. Only when no read is under way. */
  close(): Promise<void>;
}

/** Pause before a descriptor that was set to non-blocking by someone else is asked again. */
const RETRY_MILLISECONDS = 10;

/** A descriptor read with plain reads: regular files, and devices. */
export class DescriptorSource implements ByteSource {
  bytesRead = 0;
  readonly #descriptor: number;
  readonly #ours: boolean;
  #interrupted = false;

  /** `ours`: close the descriptor at the end (standard input is not ours). */
  constructor(descriptor: number, ours: boolean) {
    this.#descriptor = descriptor;
    this.#ours = ours;
  }

  read(into: Buffer, at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const attempt = (): void => {
        if (this.#interrupted) {
          resolve(0);
          return;
        }
        read(this.#descriptor, into, at, into.length - at, null, (error, bytes) => {
          if (error === null) {
            this.bytesRead += bytes;
            resolve(bytes);
          } else if (error.code === 'EAGAIN') {
            setTimeout(attempt, RETRY_MILLISECONDS);
          } else {
            reject(error);
          }
        });
      };
      attempt();
    });
  }

  interrupt(): void {
    this.#interrupted = true;
  }

  close(): Promise<void> {
    if (!this.#ours) return Promise.resolve();
    return new Promise((resolve) => close(this.#descriptor, () => resolve()));
  }
}

/** A readable stream: pipes, FIFOs, sockets. */
export class StreamSource implements ByteSource {
  bytesRead = 0;
  readonly #stream: Readable;
  #error: Error | undefined;
  #over = false;
  #left: Buffer | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    const over = (): void => {
      this.#over = true;
      this.#wake?.();
    };
    stream.on('readable', () => this.#wake?.());
    stream.on('end', over);
    stream.on('close', over);
    stream.on('error', (error) => {
      this.#error = error;
      over();
    });
  }

  async read(into: Buffer, at: number): Promise<number> {
    for (;;) {
      const bytes = this.#take(into, at);
      if (bytes > 0) {
        this.bytesRead += bytes;
        return bytes;
      }
      if (this.#error !== undefined) throw this.#error;
      if (this.#over) return 0;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  interrupt(): void {
    this.#left = undefined;
    this.#stream.destroy();
  }

  close(): Promise<void> {
    this.#stream.destroy();
    return Promise.resolve();
  }

  /** Copies what the stream has ready; a piece that does not fit waits for the next read. */
  #take(into: Buffer, at: number): number {
    let to = at;
    while (to < into.length) {
      const piece: unknown = this.#left ?? this.#stream.read();
      if (!Buffer.isBuffer(piece)) break;
      const copied = piece.copy(into, to);
      this.#left = copied < piece.length ? piece.subarray(copied) : undefined;
      to += copied;
    }
    return to - at;
  }
}
