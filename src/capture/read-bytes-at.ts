import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MAGIC_BYTES, recogniseFormat } from './format.ts';
import { LARGE_RECORD_BYTES } from './limits.ts';
import { byteCount, count, fileName } from './wording.ts';

/**
 * Reads `length` bytes at `offset` of an uncompressed capture file once more, for what a person wants to look at
 * (`Packet.fileOffset` and `Packet.file` say where). Rejects with a one-line message for anything but a regular,
 * uncompressed file, for more than 16 MiB, and when the bytes are not there.
 */
export async function readBytesAt(path: string, offset: number, length: number): Promise<Buffer> {
  const name = fileName(path);
  if (path === '-') throw new Error(`${name}: cannot be read a second time; save it to a file first`);
  if (length > LARGE_RECORD_BYTES) throw new RangeError(`${name}: ${byteCount(length)} are too many at once`);
  // O_NONBLOCK: opening a FIFO must not wait for its writer, it is refused.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile())
      throw new Error(`${name}: only a regular file can be read a second time`);
    const head = Buffer.alloc(MAGIC_BYTES);
    const { bytesRead: headLength } = await file.read(head, 0, MAGIC_BYTES, 0);
    const format = recogniseFormat(head.subarray(0, headLength));
    if (format.kind === 'compressed' || format.kind === 'packed') {
      const how = format.kind === 'packed' ? format.name : format.compression;
      throw new Error(`${name}: compressed with ${how}; unpack it first to look inside`);
    }
    const bytes = Buffer.alloc(length);
    let have = 0;
    while (have < length) {
      const { bytesRead } = await file.read(bytes, have, length - have, offset + have);
      if (bytesRead === 0) {
        throw new Error(
          `${name}: ${byteCount(length)} expected at byte ${count(offset)}, ${count(have)} are there`,
        );
      }
      have += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
