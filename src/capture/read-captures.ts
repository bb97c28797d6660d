import { stat } from 'node:fs/promises';
import { Packet } from '../../dissectors/core/packet.ts';
import type { CaptureFile, CaptureSink } from './capture-file.ts';
import { ChunkRing } from './chunk-ring.ts';
import { orderByTime } from './file-order.ts';
import { CAPTURE_LIMITS, type CaptureLimits, CHUNK_BYTES } from './limits.ts';
import { readFile } from './read-file.ts';
import { fileName } from './wording.ts';

export type { CaptureError, CaptureFile, CaptureInterface, CaptureSink } from './capture-file.ts';

export interface ReadOptions {
  /** Ends the reading between two chunks, and a wait for a pipe at once; what was read so far is answered. */
  readonly signal?: AbortSignal;
  /** Called after each chunk: bytes read of all files, and the size of all of them unless one is a pipe. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number | undefined) => void;
  /** Stop after this many packets, all files together. */
  readonly maxPackets?: number;
  /** Bytes read at a time: smaller where something else waits for its turn between two chunks. */
  readonly chunkBytes?: number;
  readonly limits?: CaptureLimits;
}

/**
 * Reads capture files one after the other, in order of the time of their first packets (see {@link orderByTime}), and
 * hands each record to `sink`. Answers one entry per file in the order read, which is what `Packet.file` counts.
 * A file that cannot be read, or not to its end, says so in its `error`, and the others are still read; files that
 * were not reached (`maxPackets`, `signal`) have no entry. Rejects only with what `sink` throws.
 */
export async function readCaptures(
  paths: readonly string[],
  sink: CaptureSink,
  options: ReadOptions = {},
): Promise<readonly CaptureFile[]> {
  const { signal, onProgress, maxPackets, chunkBytes = CHUNK_BYTES, limits = CAPTURE_LIMITS } = options;
  let most = maxPackets ?? 2 ** 52;
  const ordered = await orderByTime(paths, signal, limits);
  const total = onProgress === undefined ? undefined : await totalSize(ordered);
  const ring = new ChunkRing(chunkBytes);
  const packet = new Packet();
  const files: CaptureFile[] = [];
  let bytesBefore = 0;
  let inputTaken = false;
  for (const path of ordered) {
    if (signal?.aborted === true || most <= 0) break;
    if (path === '-' && inputTaken) {
      files.push(secondInput());
      continue;
    }
    inputTaken ||= path === '-';
    packet.file = files.length;
    packet.seconds = 0;
    packet.nanoseconds = 0;
    const progress =
      onProgress === undefined ? undefined : (bytes: number) => onProgress(bytesBefore + bytes, total);
    const file = await readFile(path, { ring, packet, sink, most, signal, progress, limits });
    most -= file.packets;
    bytesBefore += file.bytes;
    files.push(file);
  }
  return files;
}

async function totalSize(paths: readonly string[]): Promise<number | undefined> {
  let total = 0;
  for (const path of paths) {
    const stats = path === '-' ? undefined : await stat(path).catch(() => undefined);
    if (path === '-' || stats?.isFIFO() === true || stats?.isCharacterDevice() === true) return undefined;
    total += stats?.isFile() === true ? stats.size : 0;
  }
  return total;
}

function secondInput(): CaptureFile {
  const message = `${fileName('-')}: can be read only once`;
  const error = { code: 'unreadable' as const, message, offset: 0 };
  return { path: '-', format: 'unknown', bytes: 0, packets: 0, interfaces: [], error };
}
