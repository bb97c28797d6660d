import { close, read } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes in order, from wherever they come. */
export interface ByteSource {
  /**
   * Puts bytes into `into[at …)`, as many as are at hand, at least one; answers how many, 0 at the end.
   * Rejects when the source fails.
   */
  read(into: Buffer, at: number): Promise<number>;
  /** So many reads may be under way at a time; their answers are in order all the same. */
  readonly readsAtOnce: number;
  /** Bytes taken from outside so far, before any decompression. */
  readonly bytesRead: number;
  /** Makes a read that waits for bytes, and every later one, answer 0. May be called at any time. */
  interrupt(): void;
  /** Gives everything back. Only when no read is under way. */
  close(): Promise<void>;
}

/** Pause before a descriptor that was set to non-blocking by someone else is asked again. */
const RETRY_MILLISECONDS = 10;

/** A descriptor read with plain reads at its own position: devices, and standard input from a file. */
export class DescriptorSource implements ByteSource {
  readonly readsAtOnce = 1;
  bytesRead = 0;
  readonly #descriptor: number;
  #interrupted = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async read(into: Buffer, at: number): Promise<number> {
    while (!this.#interrupted) {
      try {
        const bytes = await readDescriptor(this.#descriptor, into, at, null);
        this.bytesRead += bytes;
        return bytes;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
        await sleep(RETRY_MILLISECONDS);
      }
    }
    return 0;
  }

  interrupt(): void {
    this.#interrupted = true;
  }

  close(): Promise<void> {
    return closeDescriptor(this.#descriptor);
  }
}

/**
 * A regular file. Two reads are under way at a time: with one, the reading thread waits after each chunk to be
 * told of the next, which costs a third of the throughput when the file is in the page cache.
 */
export class FileSource implements ByteSource {
  readonly readsAtOnce = 2;
  bytesRead = 0;
  readonly #descriptor: number;
  /** Where the next read is expected to begin, and where the last one ended. */
  #expected = 0;
  #ended: Promise<number> = Promise.resolve(0);
  #interrupted = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  read(into: Buffer, at: number): Promise<number> {
    if (this.#interrupted) return Promise.resolve(0);
    const position = this.#expected;
    this.#expected += into.length - at;
    const reading = this.#readInOrder(into, at, position, this.#ended);
    this.#ended = reading.then(({ end }) => end);
    // The reader hears of a failure through the answer to this read.
    this.#ended.catch(() => 0);
    return reading.then(({ bytes }) => bytes);
  }

  interrupt(): void {
    this.#interrupted = true;
  }

  close(): Promise<void> {
    return closeDescriptor(this.#descriptor);
  }

  /** Reads at `position`, and again where the read before it really ended if that was short. */
  async #readInOrder(into: Buffer, at: number, position: number, before: Promise<number>) {
    const [start, ahead] = await Promise.all([before, readDescriptor(this.#descriptor, into, at, position)]);
    const bytes = start === position ? ahead : await readDescriptor(this.#descriptor, into, at, start);
    this.bytesRead += bytes;
    return { bytes, end: start + bytes };
  }
}

function readDescriptor(
  descriptor: number,
  into: Buffer,
  at: number,
  position: number | null,
): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, into, at, into.length - at, position, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
}

function closeDescriptor(descriptor: number): Promise<void> {
  // Standard input is not ours to close.
  if (descriptor === 0) return Promise.resolve();
  return new Promise((resolve) => close(descriptor, () => resolve()));
}

/** Tells, maybe more than once, that nothing more will come, and why if something failed. */
function whenOver(stream: Readable, tell: (error: Error | undefined) => void): void {
  stream.on('end', () => tell(undefined));
  stream.on('close', () => tell(undefined));
  stream.on('error', tell);
}

/** A pipe of Linux holds as much, unless somebody has widened it. */
const SOCKET_BUFFER_BYTES = 64 * 1024;

/**
 * A pipe, FIFO or socket by its descriptor. All reads go through one buffer: as a stream it would get a new one of 64 KiB for
 * each, however few bytes come, and of a capture at full speed collecting these cost as much as its analysis.
 */
export class SocketSource implements ByteSource {
  readonly readsAtOnce = 1;
  bytesRead = 0;
  readonly #socket: Socket;
  readonly #buffer = Buffer.allocUnsafeSlow(SOCKET_BUFFER_BYTES);
  /** What nobody has taken yet is `#buffer[#from … #to)`; as long as there is any, nothing is read. */
  #from = 0;
  #to = 0;
  #error: Error | undefined;
  #over = false;
  #wake: (() => void) | undefined;

  /** Takes the descriptor over. */
  constructor(descriptor: number) {
    // Node stops reading where this answers false.
    const callback = (bytes: number): boolean => {
      this.#from = 0;
      this.#to = bytes;
      this.#wake?.();
      return this.#from === this.#to;
    };
    // The types know `onread` for `connect` only; the constructor takes it too.
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
      fd: descriptor,
      readable: true,
      writable: false,
      onread: { buffer: this.#buffer, callback },
    };
    this.#socket = new Socket(options);
    whenOver(this.#socket, (error) => {
      this.#over = true;
      this.#error ??= error;
      this.#wake?.();
    });
  }

  /** Answers while the bytes are being read, so that the next read finds the buffer free. */
  read(into: Buffer, at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const answer = (): void => {
        const bytes = this.#buffer.copy(into, at, this.#from, this.#to);
        if (bytes === 0 && !this.#over) return;
        this.#wake = undefined;
        this.#from += bytes;
        this.bytesRead += bytes;
        if (bytes === 0 && this.#error !== undefined) reject(this.#error);
        else resolve(bytes);
      };
      this.#wake = answer;
      answer();
      if (this.#wake !== undefined) this.#socket.resume();
    });
  }

  interrupt(): void {
    this.#from = this.#to;
    this.#socket.destroy();
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return Promise.resolve();
  }
}

/** A readable stream. */
export class StreamSource implements ByteSource {
  readonly readsAtOnce = 1;
  bytesRead = 0;
  readonly #stream: Readable;
  #error: Error | undefined;
  #over = false;
  #left: Buffer | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake?.());
    whenOver(stream, (error) => {
      this.#over = true;
      this.#error ??= error;
      this.#wake?.();
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
