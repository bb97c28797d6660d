import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChunkSink,
  countChunk,
  MediaChunks,
  type MediaTotals,
} from '../../../dissectors/dvrip/media-chunks.ts';
import { writeChunk } from '../../support/dvrip-writer.ts';

const KEY = 0xfc;
const INTER = 0xfd;
const AUDIO = 0xfa;
const INFORMATION = 0xf9;
const PICTURE = 0xfe;

function walk(longestChunk = 1 << 20) {
  const totals: MediaTotals = { videoFrames: 0, videoBytes: 0, audioFrames: 0, audioBytes: 0, cutFrames: 0 };
  const sink: ChunkSink = {
    chunkStarted: () => undefined,
    chunkData: () => undefined,
    chunkGap: () => undefined,
    chunkEnded: (header, cut) => countChunk(totals, header, cut),
  };
  return { totals, chunks: new MediaChunks(sink, longestChunk) };
}

/** Lies in the middle of a larger buffer, like a body in a read buffer. */
function push(chunks: MediaChunks, bytes: Uint8Array): void {
  chunks.push(Buffer.concat([Buffer.alloc(3), bytes, Buffer.from('000001fc', 'hex')]), 3, 3 + bytes.length);
}

const payload = (length: number) => Buffer.alloc(length, 0x55);
const STREAM = Buffer.concat([
  writeChunk(KEY, payload(50)),
  writeChunk(AUDIO, payload(7)),
  writeChunk(INFORMATION, payload(9)),
  writeChunk(INTER, payload(20)),
  writeChunk(INTER, payload(0)),
  writeChunk(PICTURE, payload(30)),
  writeChunk(AUDIO, payload(8)),
]);
const ALL = { videoFrames: 3, videoBytes: 70, audioFrames: 2, audioBytes: 15, cutFrames: 0 };

describe('media chunks', () => {
  it('are counted by kind, with the bytes of their payload', () => {
    const { totals, chunks } = walk();
    push(chunks, STREAM);
    chunks.end();
    expect([totals, chunks.strayBytes]).toEqual([ALL, 0]);
  });

  it('are the same wherever the messages cut them', () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      for (const second of [cut, Math.min(cut + 3, STREAM.length)]) {
        const { totals, chunks } = walk();
        push(chunks, STREAM.subarray(0, cut));
        push(chunks, STREAM.subarray(cut, second));
        push(chunks, STREAM.subarray(second));
        expect([cut, totals, chunks.strayBytes]).toEqual([cut, ALL, 0]);
      }
    }
  });

  it('are found again in mid-stream, and the bytes before them counted', () => {
    const before = Buffer.concat([payload(33), Buffer.from('00000100', 'hex'), Buffer.alloc(9)]);
    for (const size of [1, 5, 16, 500]) {
      const { totals, chunks } = walk();
      const bytes = Buffer.concat([before, STREAM]);
      for (let at = 0; at < bytes.length; at += size) push(chunks, bytes.subarray(at, at + size));
      expect([size, totals, chunks.strayBytes]).toEqual([size, ALL, before.length]);
    }
  });

  it('are found behind a header that promises too much, also when they begin inside it', () => {
    const audio = writeChunk(AUDIO, payload(4));
    // 00 00 01 FC and the head of an audio chunk in the place of its fields: its «length» is that chunk's payload.
    const bytes = Buffer.concat([Buffer.from('000001fc', 'hex'), audio, Buffer.alloc(8, 0x55), STREAM]);
    for (const size of [1, 3, 15, 16, 500]) {
      const { totals, chunks } = walk();
      for (let at = 0; at < bytes.length; at += size) push(chunks, bytes.subarray(at, at + size));
      expect([size, totals]).toEqual([size, { ...ALL, audioFrames: 3, audioBytes: 19 }]);
      expect(chunks.strayBytes).toBe(12);
    }
  });

  it('with a gap inside count as cut, and the next one is whole', () => {
    const { totals, chunks } = walk();
    push(chunks, writeChunk(INTER, payload(100)).subarray(0, 50));
    chunks.gap(20);
    push(chunks, payload(38));
    push(chunks, STREAM);
    expect([totals, chunks.strayBytes]).toEqual([{ ...ALL, cutFrames: 1 }, 0]);
  });

  it('whose end lies in a gap are followed by a search', () => {
    const { totals, chunks } = walk();
    push(chunks, writeChunk(INTER, payload(100)).subarray(0, 50));
    chunks.gap(500);
    push(chunks, Buffer.concat([payload(11), STREAM]));
    expect([totals, chunks.strayBytes]).toEqual([{ ...ALL, cutFrames: 1 }, 11]);
  });

  it('whose header lies in a gap are not made up', () => {
    const { totals, chunks } = walk();
    push(chunks, STREAM.subarray(0, 5));
    chunks.gap(5);
    push(chunks, Buffer.concat([payload(56), STREAM]));
    expect([totals, chunks.strayBytes]).toEqual([ALL, 61]);
  });

  it('that the end of the stream cuts off are counted as cut, once', () => {
    const { totals, chunks } = walk();
    push(chunks, writeChunk(KEY, payload(100)).subarray(0, 50));
    chunks.end();
    chunks.end();
    expect(totals).toEqual({ videoFrames: 0, videoBytes: 0, audioFrames: 0, audioBytes: 0, cutFrames: 1 });
  });

  it('never count more bytes than came, in any bytes cut anywhere', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(0xfc, 0xfd, 0xfa, 0xf9, 0xfe).map((type) => Buffer.from([0, 0, 1, type])),
      fc.constantFrom(0xfc, 0xfd, 0xfa).map((type) => writeChunk(type, payload(5))),
      fc.constant(Buffer.alloc(6)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 25 }), (pieces, size) => {
        const bytes = Buffer.concat(pieces);
        const whole = walk(200);
        push(whole.chunks, bytes);
        const cut = walk(200);
        for (let at = 0; at < bytes.length; at += size) push(cut.chunks, bytes.subarray(at, at + size));
        whole.chunks.end();
        cut.chunks.end();
        expect(cut.totals).toEqual(whole.totals);
        expect(
          whole.totals.videoBytes + whole.totals.audioBytes + whole.chunks.strayBytes,
        ).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });
});
