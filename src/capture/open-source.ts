import { close, constants, fstat, open, type Stats } from 'node:fs';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { type ByteSource, DescriptorSource, FileSource, SocketSource } from './byte-source.ts';
import type { CaptureError } from './capture-file.ts';

export interface OpenedSource {
  readonly source: ByteSource;
}

export interface OpenFailure {
  readonly code: CaptureError['code'];
  readonly text: string;
}

const openDescriptor = promisify(open);
const statDescriptor = promisify(fstat);
const closeDescriptor = promisify(close);

const STANDARD_INPUT = 0;

/** Opens a file, a FIFO, or standard input (`-`). */
export async function openSource(path: string): Promise<OpenedSource | OpenFailure> {
  let descriptor = STANDARD_INPUT;
  try {
    // O_NONBLOCK: opening a FIFO would otherwise wait for its writer on a thread that nothing can stop, and the
    // process could not end. The socket below waits in the event loop instead. Regular files do not mind.
    if (path !== '-') descriptor = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return openFailure(error);
  }
  try {
    const opened = asSource(descriptor, await statDescriptor(descriptor));
    if ('code' in opened && path !== '-') await closeDescriptor(descriptor);
    return opened;
  } catch (error) {
    return openFailure(error);
  }
}

function asSource(descriptor: number, stats: Stats): OpenedSource | OpenFailure {
  if (stats.isDirectory()) return { code: 'directory', text: 'is a directory; expected a capture file' };
  if (stats.isFIFO() || stats.isSocket()) return { source: new SocketSource(descriptor) };
  if (descriptor === STANDARD_INPUT && isatty(descriptor)) {
    return { code: 'unreadable', text: 'is a terminal; expected a capture from a file or a pipe' };
  }
  // Standard input may stand anywhere in its file: it is read from there.
  const plain = stats.isFile() && descriptor !== STANDARD_INPUT;
  return { source: plain ? new FileSource(descriptor) : new DescriptorSource(descriptor) };
}

function openFailure(error: unknown): OpenFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'not-found', text: 'no such file' };
  if (code === 'EACCES' || code === 'EPERM') return { code: 'unreadable', text: 'permission denied' };
  return { code: 'unreadable', text: `cannot be opened (${reason(error)})` };
}

/** An error's own words, on one line. */
export function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
}
