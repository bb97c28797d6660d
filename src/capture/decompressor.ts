import { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import type { CaptureLimits } from './limits.ts';
import { byteCount, count } from './wording.ts';

/** Compressed bytes handed over at a time, and size of the pieces that come out. */
const INPUT_BYTES = 64 * 1024;
const OUTPUT_BYTES = 128 * 1024;

/** A decompressing stream of Node; `bytesWritten` counts the compressed bytes that it has used. */
type Decompressor = Transform & { readonly bytesWritten: number };

/** What makes decompressing streams, or undefined where the running Node cannot (zstd came with Node 22.15). */
export function findDecompressor(compression: 'gzip' | 'zstd'): (() => Decompressor) | undefined {
  if (compression === 'gzip') return () => zlib.createGunzip({ chunkSize: OUTPUT_BYTES });
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create !== 'function') return undefined;
  return () => {
    const stream: unknown = create({ chunkSize: OUTPUT_BYTES });
    if (!isDecompressor(stream)) throw new TypeError('createZstdDecompress made something unexpected');
    return stream;
  };
}

function isDecompressor(stream: unknown): stream is Decompressor {
  return stream instanceof Transform && 'bytesWritten' in stream;
}

/** More has come out of the compressed bytes than is believed. */
export class SwollenError extends Error {}

/**
 * Decompresses another source. The stream is fed one piece at a time and read in flowing mode, because a
 * stream that fails throws away what it still holds: all that was decompressed before the damage must come out.
 */
export class DecompressingSource implements ByteSource {
  readonly readsAtOnce = 1;
  readonly #source: ByteSource;
  readonly #compression: 'gzip' | 'zstd';
  readonly #open: () => Decompressor;
  readonly #limits: CaptureLimits;
  #stream: Decompressor;
  readonly #input = Buffer.allocUnsafeSlow(INPUT_BYTES);
  /** Compressed bytes that were read already and wait to be fed. */
  #head: Buffer | undefined;
  /** The piece fed last, and all bytes fed to the present stream. */
  #fed: Buffer;
  #fedBytes = 0;
  #feeding = false;
  readonly #pieces: Buffer[] = [];
  /** Bytes in `#pieces`, and how many of the first piece are used up. */
  #ahead = 0;
  /** All bytes that came out. */
  #made = 0;
  #used = 0;
  #error: Error | undefined;
  #over = false;
  #interrupted = false;
  #wake: (() => void) | undefined;

  /** `head` is what was read of `source` already; `open` makes a stream. */
  constructor(
    source: ByteSource,
    compression: 'gzip' | 'zstd',
    open: () => Decompressor,
    head: Buffer,
    limits: CaptureLimits,
  ) {
    this.#limits = limits;
    this.#source = source;
    this.#compression = compression;
    this.#open = open;
    this.#head = head;
    this.#fed = head;
    this.#stream = this.#attach();
  }

  get bytesRead(): number {
    return this.#source.bytesRead;
  }

  async read(into: Buffer, at: number): Promise<number> {
    while (!this.#interrupted) {
      if (this.#ahead > 0) return this.#take(into, at);
      if (this.#error !== undefined) throw this.#error;
      if (this.#over) return 0;
      if (this.#stream.isPaused()) this.#stream.resume();
      if (!this.#feeding) await this.#feed();
      // What came during the feeding has set the fields; nothing may be awaited between looking and waiting.
      if (this.#ahead === 0 && !this.#over && this.#feeding) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
    return 0;
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#source.interrupt();
    this.#wake?.();
  }

  close(): Promise<void> {
    this.#stream.destroy();
    return this.#source.close();
  }

  #attach(): Decompressor {
    const stream = this.#open();
    stream.on('data', (piece: Buffer) => {
      if (this.#over || this.#isSwollen(stream, piece.length)) return;
      this.#pieces.push(piece);
      this.#ahead += piece.length;
      if (this.#ahead > this.#limits.decompressedAheadBytes) stream.pause();
      this.#wake?.();
    });
    stream.on('end', () => {
      if (!this.#startNextFrame()) this.#over = true;
      this.#wake?.();
    });
    stream.on('error', (error) => {
      this.#error = error;
      this.#over = true;
      this.#wake?.();
    });
    return stream;
  }

  /** Ends the bytes where more comes out than is believed; what came out before is handed on. */
  #isSwollen(stream: Decompressor, bytes: number): boolean {
    const { decompressedBytes, decompressionRatio } = this.#limits;
    this.#made += bytes;
    const read = Math.max(this.#source.bytesRead, INPUT_BYTES);
    if (this.#made <= decompressedBytes && this.#made <= read * decompressionRatio) return false;
    const [words, limit] =
      this.#made > decompressedBytes
        ? [byteCount(decompressedBytes), 'capture.decompressedBytes']
        : [`${count(decompressionRatio)} times their size`, 'capture.decompressionRatio'];
    this.#error = new SwollenError(`the ${this.#compression} data swell to more than ${words} (${limit})`);
    this.#over = true;
    stream.destroy();
    this.#wake?.();
    return true;
  }

  /**
   * Node's zstd stream ends with the first frame and drops what follows in the same piece, but a file may have many
   * frames (RFC 8878 section 3). Its gzip stream goes on by itself, and what it drops is no gzip.
   */
  #startNextFrame(): boolean {
    const unused = this.#fedBytes - this.#stream.bytesWritten;
    if (this.#compression === 'gzip' || unused <= 0) return false;
    this.#head = this.#fed.subarray(this.#fed.length - unused);
    this.#fedBytes = 0;
    this.#feeding = false;
    this.#stream = this.#attach();
    return true;
  }

  /** Hands one piece of compressed bytes to the stream; `#feeding` until it has been worked off. */
  async #feed(): Promise<void> {
    const piece = this.#head ?? (await this.#next());
    this.#head = undefined;
    if (this.#over || this.#interrupted) return;
    this.#feeding = true;
    if (piece.length === 0) {
      this.#stream.end();
      return;
    }
    this.#fed = piece;
    this.#fedBytes += piece.length;
    this.#stream.write(piece, () => {
      this.#feeding = false;
      this.#wake?.();
    });
  }

  async #next(): Promise<Buffer> {
    return this.#input.subarray(0, await this.#source.read(this.#input, 0));
  }

  #take(into: Buffer, at: number): number {
    let to = at;
    while (to < into.length) {
      const piece = this.#pieces[0];
      if (piece === undefined) break;
      const copied = piece.copy(into, to, this.#used);
      to += copied;
      this.#used += copied;
      if (this.#used === piece.length) {
        this.#pieces.shift();
        this.#used = 0;
      }
    }
    this.#ahead -= to - at;
    return to - at;
  }
}
