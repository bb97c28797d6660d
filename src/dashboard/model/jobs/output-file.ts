import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const LONGEST_NAME = 120;

/** What is wrong with a path that a person typed; undefined where nothing is. */
export function unusablePath(path: string): string | undefined {
  if (path.trim() === '') return 'a name is needed';
  if (UNPRINTABLE.test(path)) return 'the name holds characters that cannot be printed';
  return undefined;
}

/** Why a file was not begun. */
export type Unopened =
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * A file that is there whole or not at all: it is written beside its place under another name, and put there when it is
 * finished.
 */
export class OutputFile {
  readonly path: string;
  bytes = 0;
  readonly #temporary: string;
  readonly #descriptor: number;
  readonly #force: boolean;

  private constructor(path: string, temporary: string, descriptor: number, force: boolean) {
    this.path = path;
    this.#temporary = temporary;
    this.#descriptor = descriptor;
    this.#force = force;
  }

  /** @param inputs the captures, which are never written over */
  static open(path: string, force: boolean, inputs: readonly string[]): OutputFile | Unopened {
    const unusable = unusablePath(path);
    if (unusable !== undefined) return { kind: 'refused', message: unusable };
    const whole = resolve(path);
    const there = statSync(whole, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) return { kind: 'refused', message: `${path}: is a directory` };
    if (there !== undefined && inputs.some((input) => isSameFile(input, there))) {
      return { kind: 'refused', message: `${path}: is the capture that is being looked at` };
    }
    if (there !== undefined && !force) return { kind: 'exists', path };
    const temporary = join(
      dirname(whole),
      `.${basename(whole).slice(0, LONGEST_NAME)}.${randomBytes(6).toString('hex')}`,
    );
    try {
      const descriptor = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
      return new OutputFile(whole, temporary, descriptor, force);
    } catch (error) {
      return { kind: 'refused', message: `${path}: cannot be written${codeOf(error)}` };
    }
  }

  /** Throws what the system says: the caller abandons the file. */
  write(bytes: Uint8Array): void {
    let done = 0;
    while (done < bytes.length) done += writeSync(this.#descriptor, bytes, done, bytes.length - done);
    this.bytes += bytes.length;
  }

  text(text: string): void {
    this.write(Buffer.from(text));
  }

  /** Puts the file in its place; answers why that failed. */
  finish(): Unopened | undefined {
    closeSync(this.#descriptor);
    try {
      if (!this.#force && statSync(this.path, { throwIfNoEntry: false }) !== undefined) {
        unlinkSync(this.#temporary);
        return { kind: 'exists', path: this.path };
      }
      renameSync(this.#temporary, this.path);
      return undefined;
    } catch (error) {
      return { kind: 'refused', message: `${this.path}: cannot be written${codeOf(error)}` };
    }
  }

  abandon(): void {
    closeSync(this.#descriptor);
    unlinkSync(this.#temporary);
  }
}

function isSameFile(path: string, other: { readonly dev: number; readonly ino: number }): boolean {
  const stats = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.dev === other.dev && stats.ino === other.ino;
}

/** ` (ENOSPC)`, or nothing. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
}
