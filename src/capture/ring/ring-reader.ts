import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { Packet } from '../../../dissectors/core/packet.ts';
import type { CaptureFile } from '../capture-file.ts';
import { LiveChunks, RecordReader } from '../live/record-reader.ts';
import { OPEN_FILES, READ_BYTES } from './limits.ts';
import type { RingFile } from './ring-files.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

export interface RingReadOptions {
  /** Ends the reading between two pieces. */
  readonly signal: AbortSignal;
  readonly onProgress: (bytesRead: number, bytesTotal: number) => void;
}

/** What was read of a ring. */
export interface RingRead {
  readonly files: readonly CaptureFile[];
  /** Files that were not there any more, or not to their end; a line each. */
  readonly missing: readonly string[];
}

/** What is read into: kept from one reading to the next, since megabytes that come and go leave holes in the memory. */
export class ReadBuffers {
  readonly chunks = new LiveChunks();
  readonly piece = Buffer.allocUnsafeSlow(READ_BYTES);
}

interface Opened {
  readonly file: RingFile;
  /** Bytes of the file now; what is appended later is not read. */
  readonly bytes: number;
  /** Packets in it now. */
  readonly packets: number;
  readonly handle: FileHandle | undefined;
}

/** What was read of a file, and why not all of it. */
interface Outcome {
  readonly file?: CaptureFile;
  readonly why?: string;
}

/**
 * Hands packets `from` to `to` of ring files to `take`, under the numbers that they had in the capture. Files are opened
 * before any of them is read, as many at a time as may be: what the ring removes meanwhile stays readable until then.
 */
export async function readRingFiles(
  files: readonly RingFile[],
  from: number,
  to: number,
  take: (packet: Packet) => void,
  buffers: ReadBuffers,
  { signal, onProgress }: RingReadOptions,
): Promise<RingRead> {
  const ahead: Opened[] = [];
  let next = 0;
  const openMore = async (): Promise<void> => {
    for (let file = files[next]; file !== undefined && ahead.length < OPEN_FILES; file = files[next]) {
      next += 1;
      ahead.push(await openFile(file));
    }
  };
  const read: CaptureFile[] = [];
  const missing: string[] = [];
  const packet = new Packet();
  let bytesBefore = 0;
  try {
    await openMore();
    const total =
      ahead.reduce((sum, { bytes }) => sum + bytes, 0) * (files.length / Math.max(1, ahead.length));
    for (let opened = ahead[0]; opened !== undefined && !signal.aborted; opened = ahead[0]) {
      const before = bytesBefore;
      const outcome = await readOne(opened, from, to, packet, buffers, take, signal, (bytes) =>
        onProgress(before + bytes, total),
      );
      if (outcome.why !== undefined) missing.push(outcome.why);
      if (outcome.file !== undefined) {
        read.push(outcome.file);
        bytesBefore += outcome.file.bytes;
      }
      await opened.handle?.close();
      ahead.shift();
      await openMore();
    }
  } finally {
    for (const { handle } of ahead) await handle?.close().catch(() => undefined);
  }
  return { files: read, missing };
}

/** Opens the very file that the ring made, and no other that has taken its place. */
async function openFile(file: RingFile): Promise<Opened> {
  const { made, written: packets } = file;
  const none = { file, bytes: 0, packets, handle: undefined };
  if (made === undefined) return none;
  const handle = await open(made.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) return none;
  const stats = await handle.stat();
  if (stats.dev === made.device && stats.ino === made.inode)
    return { file, bytes: stats.size, packets, handle };
  await handle.close();
  return none;
}

async function readOne(
  { file, bytes, packets: there, handle }: Opened,
  from: number,
  to: number,
  packet: Packet,
  { chunks, piece }: ReadBuffers,
  take: (packet: Packet) => void,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<Outcome> {
  const path = file.made?.path ?? '';
  // A file that was never made failed with an event of its own.
  if (handle === undefined) return path === '' ? {} : { why: `${path}: is not there any more` };
  packet.number = file.first - 1;
  let seen = 0;
  let packets = 0;
  const sink = {
    packet: (one: Packet) => {
      if (one.number > to || signal.aborted) return;
      seen += 1;
      if (one.number < from) return;
      packets += 1;
      take(one);
    },
    drained: () => undefined,
  };
  const reader = new RecordReader(0, packet, sink, chunks);
  // The packets before are passed over, from the first mark on.
  const shortcut = file.marks.to(from, file.first, there);
  let at = 0;
  while (at < bytes && packet.number < to && !signal.aborted && reader.damage === undefined) {
    // A disk that has let go of it ends the file here.
    const end = () => ({ bytesRead: 0 });
    const until = shortcut !== undefined && at < shortcut.head ? shortcut.head : bytes;
    const { bytesRead } = await handle.read(piece, 0, Math.min(piece.length, until - at), at).catch(end);
    if (bytesRead === 0) break;
    at += bytesRead;
    reader.push(piece, bytesRead);
    if (at === shortcut?.head) {
      at = shortcut.offset;
      packet.number = shortcut.number - 1;
      seen = shortcut.number - file.first;
    }
    progress(at);
    await turn();
  }
  const whole = signal.aborted || seen >= Math.min(there, to - file.first + 1);
  return {
    file: { path, format: 'pcapng', bytes: at, packets, interfaces: reader.interfaces() },
    ...(!whole && {
      why: `${path}: is cut or damaged${reader.damage === undefined ? '' : `: ${reader.damage.text}`}`,
    }),
  };
}
