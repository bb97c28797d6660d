import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, Failure, usageError } from '../failure.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/** Text is handed to the system in pieces of about this size. */
const BATCH = 256 * 1024;

/** A file that a run writes at its end: whole, or not at all. What was there before stays until then. */
export class ReportFile {
  /** As it was given. */
  readonly path: string;

  /**
   * Looks before the work begins whether the file could be written.
   *
   * @param inputs the files that the run reads: none of them is overwritten
   * @throws Failure with exit code 2 where the path makes no sense, 3 where it cannot be written
   */
  constructor(path: string, inputs: readonly string[]) {
    this.path = path;
    if (path === '') throw usageError('the name of an output file is empty');
    const there = attempt(path, () => lstatSync(path, { throwIfNoEntry: false }));
    if (there !== undefined && !there.isFile()) {
      const what = there.isDirectory()
        ? 'a directory'
        : there.isSymbolicLink()
          ? 'a symbolic link'
          : 'no file';
      throw new Failure(EXIT.input, `${path}: cannot be written: it is ${what}`);
    }
    for (const input of inputs) {
      const other = existing(input);
      if (there !== undefined && other?.ino === there.ino && other.dev === there.dev) {
        throw usageError(`${path} is read by this run; name another file to write to`);
      }
    }
    attempt(path, () => accessSync(dirname(resolve(path)), constants.W_OK));
  }

  /** @throws Failure (exit code 3) after which what was there before is there still */
  write(pieces: Iterable<string>): void {
    const made = join(dirname(this.path), `.${basename(this.path)}.${randomBytes(6).toString('hex')}`);
    const descriptor = attempt(this.path, () =>
      openSync(made, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666),
    );
    try {
      try {
        attempt(this.path, () => writeAll(descriptor, pieces));
      } finally {
        closeSync(descriptor);
      }
      attempt(this.path, () => renameSync(made, this.path));
    } catch (error) {
      unlinkSync(made);
      throw error;
    }
  }
}

/** What an input is; undefined where reading it will say what is wrong with it. */
function existing(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function writeAll(descriptor: number, pieces: Iterable<string>): void {
  let batch = '';
  const flush = () => {
    const bytes = Buffer.from(batch);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    batch = '';
  };
  for (const piece of pieces) {
    batch += piece;
    if (batch.length >= BATCH) flush();
  }
  flush();
  fsyncSync(descriptor);
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure(EXIT.input, `${path}: cannot be written (${code})`);
  }
}
