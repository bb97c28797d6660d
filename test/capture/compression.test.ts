import { execFileSync, spawnSync } from 'node:child_process';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CAPTURE_LIMITS } from '../../src/capture/limits.ts';
import { writePcap, writePcapng } from '../support/capture-writer.ts';
import { readAll, Scratch } from './collect.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

/** Bytes that do not compress well, so that compressed files are larger than one read. */
function noisyPackets(count: number) {
  let state = 1;
  return Array.from({ length: count }, (_, index) => {
    const bytes = Buffer.alloc(1400);
    for (let at = 0; at < bytes.length; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      bytes[at] = state >>> 16;
    }
    return { bytes, seconds: index };
  });
}

const packets = noisyPackets(600);
const capture = writePcap(packets);

describe('a gzip-compressed capture', () => {
  it('is known by its first bytes, not by its name', async () => {
    const compressed = zlib.gzipSync(capture);
    const { files, records } = await readAll([scratch.write('plain.pcap', compressed)]);
    expect(files[0]).toMatchObject({
      format: 'pcap',
      compression: 'gzip',
      bytes: compressed.length,
      packets: 600,
    });
    expect(files[0]?.error).toBeUndefined();
    const inside = records[599];
    expect(inside?.hex).toBe(packets[599]?.bytes.toString('hex'));
    expect(inside?.fileOffset).toBe(capture.length - 1400);
  });

  it('may have several members, wherever one ends', async () => {
    // The second boundary falls on a multiple of the size in which compressed bytes are handed over.
    const parts = [capture.subarray(0, 1000), capture.subarray(1000, 66_000), capture.subarray(66_000)];
    const members = Buffer.concat(parts.map((part) => zlib.gzipSync(part, { level: 0 })));
    const { files } = await readAll([scratch.write('members.gz', members)]);
    expect(files[0]).toMatchObject({ packets: 600 });
    expect(files[0]?.error).toBeUndefined();
  });

  it('gives everything before a cut, for any cut, and then the offset reached', async () => {
    const compressed = zlib.gzipSync(capture.subarray(0, 200_000));
    const cuts = fc.integer({ min: 30, max: compressed.length - 1 });
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const kept = compressed.subarray(0, cut);
        const expected = zlib.gunzipSync(kept, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
        const { files, records } = await readAll([scratch.write('cut.gz', kept)]);
        const whole = expected.length < 24 ? 0 : Math.floor((expected.length - 24) / 1416);
        expect(records).toHaveLength(whole);
        const code = expected.length < 4 ? /./ : /truncated/;
        expect(files[0]?.error?.code).toMatch(code);
        if (expected.length >= 4) expect(files[0]?.error?.offset).toBe(expected.length);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the packets before a damaged byte', async () => {
    const compressed = zlib.gzipSync(capture, { level: 0 });
    const at = Math.floor(compressed.length / 2);
    compressed.fill(0xff, at, at + 70_000);
    const { files } = await readAll([scratch.write('damaged.gz', compressed)]);
    expect(files[0]?.error?.message).toMatch(
      /unreadable after [\d,]+ bytes: the gzip data are damaged|corrupt at byte/,
    );
    expect(files[0]?.packets).toBeGreaterThan(200);
  });

  it('does not fill the memory when it is a bomb', async () => {
    const zeros = Buffer.alloc(200_000_000);
    const bomb = zlib.gzipSync(
      Buffer.concat([writePcapng([]), Buffer.from('ddccbbaaf8c2eb0b', 'hex'), zeros]),
    );
    const path = scratch.write('bomb.gz', bomb);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const sink = {
      packet: () => undefined,
      drained: (): undefined => {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      },
    };
    const { readCaptures } = await import('../../src/capture/read-captures.ts');
    const [file] = await readCaptures([path], sink, {
      limits: { ...CAPTURE_LIMITS, decompressionRatio: 10_000 },
    });
    expect(file?.error).toMatchObject({ code: 'truncated' });
    expect(most).toBeLessThan(100_000_000);
    // Unless somebody allows so much, it ends long before.
    const [refused] = await readCaptures([path], sink);
    expect(refused?.error?.code).toBe('decompression');
    expect(refused?.error?.offset).toBeLessThan(60_000_000);
  });
});

const hasZstdTool = spawnSync('zstd', ['--version']).status === 0;
const nodeReadsZstd = 'createZstdDecompress' in zlib;
if (!hasZstdTool && process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw new Error('zstd is missing');

describe('a zstd-compressed capture', () => {
  const zstd = (bytes: Buffer) => execFileSync('zstd', ['-q', '-c'], { input: bytes, maxBuffer: 1 << 28 });

  it.skipIf(nodeReadsZstd)('is refused clearly where Node cannot read it', async () => {
    const path = scratch.write('c.zst', Buffer.from('28b52ffd2400010000', 'hex'));
    const { files } = await readAll([path]);
    expect(files[0]).toMatchObject({ format: 'unknown', compression: 'zstd', packets: 0 });
    expect(files[0]?.error).toMatchObject({ code: 'unsupported-compression', offset: 0 });
    expect(files[0]?.error?.message).toMatch(
      /: compressed with zstd, which only Node 22\.15 or later can read/,
    );
  });

  it.skipIf(!nodeReadsZstd || !hasZstdTool)('is read (Node 22.15 or later, zstd)', async () => {
    const { files, records } = await readAll([scratch.write('c.zst', zstd(capture))]);
    expect(files[0]).toMatchObject({ format: 'pcap', compression: 'zstd', packets: 600 });
    expect(files[0]?.error).toBeUndefined();
    expect(records[599]?.hex).toBe(packets[599]?.bytes.toString('hex'));
  });

  it.skipIf(!nodeReadsZstd || !hasZstdTool)(
    'may have several frames (Node 22.15 or later, zstd)',
    async () => {
      const skippable = Buffer.from('502a4d1804000000ffffffff', 'hex');
      const parts = [
        skippable,
        zstd(capture.subarray(0, 5000)),
        zstd(Buffer.alloc(0)),
        zstd(capture.subarray(5000)),
      ];
      const frames = Buffer.concat([...parts, skippable]);
      const { files } = await readAll([scratch.write('frames.zst', frames)]);
      expect(files[0]?.error).toBeUndefined();
      expect(files[0]?.packets).toBe(600);
    },
  );

  it.skipIf(!nodeReadsZstd || !hasZstdTool)(
    'gives what is before a cut (Node 22.15 or later, zstd)',
    async () => {
      const { files } = await readAll([scratch.write('cut.zst', zstd(capture).subarray(0, 500_000))]);
      expect(files[0]?.error?.code).toBe('truncated');
      expect(files[0]?.packets).toBeGreaterThan(200);
    },
  );
});
