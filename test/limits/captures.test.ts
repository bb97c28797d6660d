import * as zlib from 'node:zlib';
import { afterAll, describe, expect } from 'vitest';
import { CAPTURE_LIMITS, type CaptureLimits, CHUNK_BYTES } from '../../src/capture/limits.ts';
import { readAll, Scratch } from '../capture/collect.ts';
import { PcapngWriter, writePcap, writePcapng } from '../support/capture-writer.ts';
import { losesNothing, reaches, reachesFixed } from './reaching.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

const SMALL = { bytes: Buffer.alloc(60, 1) };
const PNG = new PcapngWriter();
const section = Buffer.concat([PNG.sectionHeader(), PNG.interfaceDescription()]);

async function read(bytes: Uint8Array, limits: CaptureLimits) {
  const { files, records } = await readAll([scratch.write('capture', bytes)], { limits });
  const [file] = files;
  if (file === undefined) throw new Error('nothing was read');
  return { ...file, records };
}

describe('records of a capture file', () => {
  reaches(
    'capture.standardRecordBytes',
    1000,
    'a larger one is damage, told with its place',
    async ({ limits }) => {
      const capture = writePcap([SMALL, { bytes: Buffer.alloc(1001) }], { snapLength: 500 });
      const { packets, error } = await read(capture, limits.capture);
      expect(packets).toBe(1);
      expect(error).toMatchObject({ code: 'corrupt', offset: 24 + 16 + 60 });
      expect(error?.message).toContain('expected at most 1,000');
    },
  );

  reaches(
    'capture.largeRecordBytes',
    1000,
    'a larger one is damage whatever the file announces',
    async (given) => {
      const capture = writePcapng([SMALL, { bytes: Buffer.alloc(1001) }], { snapLength: 1_000_000 });
      const { packets, error } = await read(capture, given.limits.capture);
      expect(packets).toBe(1);
      expect(error).toMatchObject({ code: 'corrupt' });
      expect(error?.message).toContain('promises 1,001 bytes; expected at most 1,000');
    },
  );

  reaches('capture.packetOptionBytes', 64, 'a block with more of them is damage', async ({ limits }) => {
    const comment = [{ code: 1, value: Buffer.alloc(100, 0x61) }];
    const capture = [section, PNG.enhancedPacket(SMALL, 0n), PNG.enhancedPacket(SMALL, 1n, comment)];
    const { packets, error } = await read(Buffer.concat(capture), limits.capture);
    expect(packets).toBe(1);
    expect(error?.message).toMatch(
      /corrupt at byte [\d,]+: a packet block of \d+ bytes holds a packet of 60/,
    );
  });
});

describe('the pieces in which a capture file is read', () => {
  reachesFixed('capture.CHUNK_BYTES', 'hold records that lie in two of them, or in many', async () => {
    const large = Buffer.alloc(2 * CHUNK_BYTES + 7, 3);
    const packets = [
      SMALL,
      { bytes: large },
      ...Array.from({ length: 10 }, () => ({ bytes: large.subarray(0, 200_000) })),
    ];
    const { records, error } = await read(
      writePcap(packets, { snapLength: 3 * CHUNK_BYTES }),
      CAPTURE_LIMITS,
    );
    expect(error).toBeUndefined();
    expect(records.map(({ hex }) => hex)).toEqual(packets.map(({ bytes }) => bytes.toString('hex')));
  });
});

describe('interfaces of a capture file', () => {
  const named = (name: string, comment: number) =>
    PNG.interfaceDescription({
      options: [
        { code: 1, value: Buffer.alloc(comment, 0x61) },
        { code: 2, value: Buffer.from(name) },
      ],
    });
  const capture = Buffer.concat([
    PNG.sectionHeader(),
    named('eth-first', 100),
    named('eth-second', 0),
    PNG.enhancedPacket({ ...SMALL, interface: 1 }, 0n),
  ]);

  reaches('capture.heldBlockBytes', 64, 'options behind them are passed over', async ({ limits }) => {
    const { interfaces, packets, error } = await read(capture, limits.capture);
    expect(interfaces.map(({ name }) => name)).toEqual([undefined, 'eth-second']);
    expect([packets, error]).toEqual([1, undefined]);
  });

  reaches('capture.nameBytes', 4, 'the name is cut', async ({ limits }) => {
    const { interfaces } = await read(capture, limits.capture);
    expect(interfaces.map(({ name }) => name)).toEqual(['eth-', 'eth-']);
  });

  reaches(
    'capture.interfaces',
    1,
    'the file is taken for damaged at the first beyond',
    async ({ limits }) => {
      const { interfaces, packets, error } = await read(capture, limits.capture);
      expect([interfaces.length, packets]).toEqual([1, 0]);
      expect(error?.message).toContain('more than 1 interfaces in one file');
    },
  );
});

describe('a compressed capture', () => {
  const capture = writePcap(
    Array.from({ length: 2000 }, (_, n) => ({ bytes: Buffer.alloc(1000), seconds: n })),
  );
  const packed = zlib.gzipSync(capture);

  losesNothing('capture.decompressedAheadBytes', 1, 'the decompressor waits', async ({ limits }) => {
    const { packets, error, records } = await read(packed, limits.capture);
    expect([packets, error]).toEqual([2000, undefined]);
    expect(records.at(-1)?.time).toBe('1999.000000000');
  });

  reaches('capture.decompressedBytes', 1_000_000, 'ends there, and says why', async ({ limits }) => {
    const { packets, error } = await read(packed, limits.capture);
    expect(error?.code).toBe('decompression');
    expect(error?.message).toMatch(
      /unreadable after [\d,]+ bytes: the gzip data swell to more than 1,000,000 bytes \(capture\.decompressedBytes\)$/,
    );
    // What came out before is read.
    expect(packets).toBeGreaterThan(800);
    expect(packets).toBeLessThan(1000);
  });

  reaches('capture.decompressionRatio', 10, 'of which more comes out is no capture', async ({ limits }) => {
    const { packets, error } = await read(packed, limits.capture);
    expect(error?.code).toBe('decompression');
    expect(error?.message).toContain('to more than 10 times their size (capture.decompressionRatio)');
    expect(packets).toBeGreaterThan(400);
    expect(packets).toBeLessThan(700);
  });
});
