import type { ExampleBody, ExampleChunk } from '../../src/rules/example.ts';
import { audioChunk, interChunk, keyChunk } from './media-writer.ts';

const MIDNIGHT = Date.UTC(2026, 0, 1);
const H264_KEY = Buffer.from([0, 0, 0, 1, 0x67, 0, 0, 0, 1, 0x65]);
const H264_INTER = Buffer.from([0, 0, 0, 1, 0x41]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

export function isChunk(body: ExampleBody | undefined): body is ExampleChunk {
  return typeof body === 'object' && 'chunk' in body;
}

/** The bytes of a chunk that an example describes. */
export function chunkBytes({ chunk, bytes, clock = 0, codec = 14, opaque = false }: ExampleChunk): Buffer {
  const filler = Buffer.alloc(bytes, 0x55);
  switch (chunk) {
    case 'key':
      return keyChunk(2, opaque ? filler : h264Frame('key', bytes), {
        time: new Date(MIDNIGHT + clock * 1000),
      });
    case 'inter':
      return interChunk(opaque ? filler : h264Frame('inter', bytes));
    case 'audio':
      return audioChunk(codec, 2, filler);
    case 'jpeg':
      return padded(JPEG, bytes);
    case 'bare':
      return filler;
  }
}

export function h264Frame(kind: 'key' | 'inter', bytes: number): Buffer {
  return padded(kind === 'key' ? H264_KEY : H264_INTER, bytes);
}

function padded(start: Buffer, length: number): Buffer {
  return Buffer.concat([start, Buffer.alloc(Math.max(0, length - start.length), 0x55)]);
}
