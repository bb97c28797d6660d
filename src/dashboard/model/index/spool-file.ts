import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;

/** Bytes read at once: whoever looks at one body mostly looks at the next one too. */
const WINDOW_BYTES = 256 * 1024;
const NO_BYTES = Buffer.alloc(0);

/** A file without a name that grows at its end, for its owner's eyes only. Places in it count from `begin`. */
export class SpoolFile {
  /** Why nothing more can be written. */
  failure: string | undefined = undefined;
  readonly begin: number;
  #descriptor = -1;
  /** Bytes in the file; `#batch[0 … #batched)` follows them. */
  #written = 0;
  readonly #batch: Buffer;
  #batched = 0;
  #window = NO_BYTES;
  #windowAt = 0;

  /** The file is made in `folder` and unlinked at once. */
  constructor(folder: string, begin: number, batchBytes: number) {
    this.begin = begin;
    this.#batch = Buffer.allocUnsafeSlow(batchBytes);
    const path = join(folder, `dvrscope-${randomBytes(12).toString('hex')}`);
    try {
      this.#descriptor = openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      unlinkSync(path);
    } catch (error) {
      this.#fail(error, 'no temporary file can be made');
    }
  }

  get bytes(): number {
    return this.#written + this.#batched;
  }

  /** The place of the next byte. */
  get end(): number {
    return this.begin + this.bytes;
  }

  /** Room for the next bytes, to be filled and then committed. */
  reserve(length: number): Buffer {
    if (length > this.#batch.length - this.#batched) this.#flush();
    // A record larger than a batch gets a buffer of its own, which is written at once.
    if (length > this.#batch.length) return Buffer.allocUnsafe(length);
    return this.#batch.subarray(this.#batched, this.#batched + length);
  }

  /** Takes what was reserved. */
  commit(bytes: Buffer): void {
    if (bytes.buffer === this.#batch.buffer) this.#batched += bytes.length;
    else this.#put(bytes, bytes.length);
  }

  /** Bytes at a place, a view that is good until the next call; undefined where they cannot be read. */
  read(place: number, length: number): Buffer | undefined {
    const at = place - this.begin;
    const pending = at - this.#written;
    if (pending >= 0) {
      return pending + length <= this.#batched ? this.#batch.subarray(pending, pending + length) : undefined;
    }
    const inWindow = at - this.#windowAt;
    if (inWindow >= 0 && inWindow + length <= this.#window.length) {
      return this.#window.subarray(inWindow, inWindow + length);
    }
    const wanted = Math.min(Math.max(length, WINDOW_BYTES), this.#written - at);
    if (wanted < length || this.#descriptor === -1) return undefined;
    return this.#readWindow(at, wanted)?.subarray(0, length);
  }

  close(): void {
    if (this.#descriptor !== -1) closeSync(this.#descriptor);
    this.#descriptor = -1;
    this.failure ??= 'the file is closed';
  }

  #readWindow(at: number, length: number): Buffer | undefined {
    const window = Buffer.allocUnsafe(length);
    try {
      let have = 0;
      while (have < length) {
        const read = readSync(this.#descriptor, window, have, length - have, at + have);
        if (read === 0) return undefined;
        have += read;
      }
    } catch {
      // The disk has let go of it; whoever asked says that the body cannot be shown.
      return undefined;
    }
    this.#window = window;
    this.#windowAt = at;
    return window;
  }

  #flush(): void {
    const bytes = this.#batched;
    this.#batched = 0;
    if (bytes > 0) this.#put(this.#batch, bytes);
  }

  #put(bytes: Buffer, length: number): void {
    if (this.failure !== undefined) return;
    try {
      let done = 0;
      while (done < length) {
        done += writeSync(this.#descriptor, bytes, done, length - done, this.#written + done);
      }
      this.#written += length;
    } catch (error) {
      this.#fail(error, 'the temporary file cannot be written');
    }
  }

  #fail(error: unknown, what: string): void {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    this.failure = `${what}${code}`;
  }
}
