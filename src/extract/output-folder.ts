import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExtractLimits } from './limits.ts';

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

const READ_AT_ONCE = 1024 * 1024;

/** One file that extraction writes from its first byte to its last. */
export class OutputFile {
  readonly name: string;
  /** Bytes so far. */
  bytes = 0;
  /** -1 while it is closed. */
  descriptor: number;
  /** What it was when it was made: it is opened again only if it is still that. */
  readonly device: number;
  readonly inode: number;
  batch: Buffer | undefined = undefined;
  batched = 0;

  constructor(name: string, descriptor: number) {
    this.name = name;
    this.descriptor = descriptor;
    const { dev, ino } = fstatSync(descriptor);
    this.device = dev;
    this.inode = ino;
  }
}

/**
 * The folder of an extraction. Names are ours; a file is made anew (O_EXCL) and no symbolic link is followed.
 * Writing is synchronous: the reading of the capture waits for the disk, and nothing gathers in memory. The first
 * thing that goes wrong is kept in `failure`, after which nothing more is written.
 */
export class OutputFolder {
  readonly path: string;
  failure: string | undefined = undefined;
  /** Bytes that files were given so far. */
  written = 0;
  readonly #replace: boolean;
  readonly #limits: ExtractLimits;
  /** Files that are open or have gathered bytes, the longest unused first. */
  readonly #open = new Set<OutputFile>();

  /** `replace`: files of the same names are removed first. */
  constructor(path: string, replace: boolean, limits: ExtractLimits) {
    this.path = path;
    this.#limits = limits;
    this.#replace = replace;
    this.#try(path, () => mkdirSync(path, { recursive: true }));
  }

  /** Whether something of this name is there. */
  has(name: string): boolean {
    return lstatSync(join(this.path, name), { throwIfNoEntry: false }) !== undefined;
  }

  /** A new, empty file; undefined where it cannot be made. */
  create(name: string): OutputFile | undefined {
    return this.#try(name, () => {
      const path = join(this.path, name);
      if (this.#replace && this.has(name)) unlinkSync(path);
      const file = new OutputFile(name, openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644));
      this.#use(file);
      return file;
    });
  }

  write(file: OutputFile, bytes: Uint8Array, start: number, end: number): void {
    if (this.failure !== undefined) return;
    const { batchBytes } = this.#limits;
    const length = end - start;
    file.bytes += length;
    this.written += length;
    if (file.batched + length > batchBytes) this.#flush(file);
    if (length > batchBytes) {
      this.#try(file.name, () => this.#put(file, bytes, start, end));
      return;
    }
    if (file.batch === undefined) {
      this.#use(file);
      file.batch = Buffer.allocUnsafeSlow(batchBytes);
    }
    file.batch.set(bytes.subarray(start, end), file.batched);
    file.batched += length;
  }

  /**
   * Nothing more will be appended. `head`, where given, is written over the beginning of the file. Answers the SHA-256
   * of the whole, in hexadecimal; undefined where something went wrong.
   */
  finish(file: OutputFile, head?: Uint8Array): string | undefined {
    this.#putAway(file);
    return this.#try(file.name, () => {
      const descriptor = this.#reopen(file, head === undefined ? O_RDONLY : constants.O_RDWR);
      try {
        if (head !== undefined) writeWhole(descriptor, head, 0, head.length, 0);
        return digest(descriptor);
      } finally {
        closeSync(descriptor);
      }
    });
  }

  /** Absolute path of a file in it. */
  pathOf(name: string): string {
    return resolve(this.path, name);
  }

  /** Lets another program write a file; answers its path. `takeBack` or `remove` follows. */
  handOver(file: OutputFile): string {
    this.#putAway(file);
    return this.pathOf(file.name);
  }

  /** As `finish`, after another program wrote the file. */
  takeBack(file: OutputFile): string | undefined {
    return this.#try(file.name, () => {
      const descriptor = this.#reopen(file, O_RDONLY);
      try {
        file.bytes = fstatSync(descriptor).size;
        return digest(descriptor);
      } finally {
        closeSync(descriptor);
      }
    });
  }

  /** Removes a file again, if it is still the one that was made. */
  remove(file: OutputFile): void {
    this.#putAway(file);
    this.#try(file.name, () => {
      closeSync(this.#reopen(file, O_RDONLY));
      unlinkSync(this.pathOf(file.name));
    });
  }

  #flush(file: OutputFile): void {
    const { batch, batched } = file;
    if (batch === undefined || batched === 0) return;
    file.batched = 0;
    this.#try(file.name, () => this.#put(file, batch, 0, batched));
  }

  #put(file: OutputFile, bytes: Uint8Array, start: number, end: number): void {
    if (file.descriptor === -1) {
      file.descriptor = this.#reopen(file, O_WRONLY | O_APPEND);
      this.#use(file);
    }
    writeWhole(file.descriptor, bytes, start, end, null);
  }

  #use(file: OutputFile): void {
    this.#open.delete(file);
    this.#open.add(file);
    if (this.#open.size <= this.#limits.openFiles) return;
    const [oldest] = this.#open;
    if (oldest !== undefined) this.#putAway(oldest);
  }

  /** Writes what a file has gathered and closes it: it keeps neither memory nor a descriptor. */
  #putAway(file: OutputFile): void {
    this.#flush(file);
    file.batch = undefined;
    if (file.descriptor !== -1) closeSync(file.descriptor);
    file.descriptor = -1;
    this.#open.delete(file);
  }

  #reopen(file: OutputFile, flags: number): number {
    const descriptor = openSync(join(this.path, file.name), flags | O_NOFOLLOW);
    const { dev, ino } = fstatSync(descriptor);
    if (dev === file.device && ino === file.inode) return descriptor;
    closeSync(descriptor);
    throw Object.assign(new Error('replaced'), { code: 'replaced while it was written' });
  }

  #try<T>(name: string, action: () => T): T | undefined {
    if (this.failure !== undefined) return undefined;
    try {
      return action();
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code;
      if (reason === undefined) throw error;
      this.failure =
        reason === 'EEXIST' || reason === 'ELOOP'
          ? `${name}: is there already; --force replaces it`
          : `${name}: cannot be written (${reason})`;
      return undefined;
    }
  }
}

function writeWhole(
  descriptor: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  position: number | null,
): void {
  let at = start;
  while (at < end) {
    at += writeSync(descriptor, bytes, at, end - at, position === null ? null : position + at - start);
  }
}

function digest(descriptor: number): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(READ_AT_ONCE);
  let at = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, 0, buffer.length, at);
    if (read === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, read));
    at += read;
  }
}
