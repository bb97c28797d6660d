import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { formatBytes } from '../../report/format/table.ts';
import { usageError } from '../failure.ts';

/** Longest file that is read as configuration, waivers, baseline or expectations: far beyond any that people write. */
const LONGEST_CONFIG_BYTES = 4 * 1024 * 1024;

/**
 * A small text file; undefined where there is none and `optional`. A byte order mark is left out.
 *
 * @param what names the option that asked for it, in error messages
 * @throws Failure (exit code 2) where it cannot be read, is too long, or is not UTF-8
 */
export function readTextFile(path: string, what: string, optional = false): string | undefined {
  let bytes: Buffer;
  try {
    const descriptor = openSync(path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      if (size > LONGEST_CONFIG_BYTES) {
        throw usageError(
          `${what}: ${path} is longer than ${formatBytes(LONGEST_CONFIG_BYTES)}; is it the right file?`,
        );
      }
      bytes = readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOENT') {
      if (optional) return undefined;
      throw usageError(`${what}: ${path}: no such file; check the path`);
    }
    throw usageError(`${what}: ${path}: cannot be read (${code})`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usageError(`${what}: ${path}: is not text in UTF-8`);
  }
}
