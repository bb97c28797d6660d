import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Packet } from '../../../dissectors/core/packet.ts';
import { PacketRing, type Rotation } from '../../../src/capture/ring/packet-ring.ts';
import { placeOf } from '../../../src/capture/ring/ring-place.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-ring-read-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const QUIET = { trouble: () => undefined, resumed: () => undefined, enough: () => undefined };
const NEVER = new AbortController().signal;

/** What packet `number` holds, of some length of its own. */
function bytesOf(number: number): Buffer {
  return Buffer.alloc(20 + ((number * 37) % 400), number & 0xff);
}

function fill(rotation: Rotation, many: number, place = folder): PacketRing {
  const ring = new PacketRing(placeOf(place, false), rotation, {}, QUIET);
  const packet = new Packet();
  packet.linkType = 1;
  for (let number = 1; number <= many; number++) {
    packet.number = number;
    packet.bytes = bytesOf(number);
    packet.end = packet.wireLength = packet.bytes.length;
    packet.seconds = 1000 + number;
    ring.packet(packet);
  }
  return ring;
}

/** Numbers of the packets read, each held against what it must hold. */
async function read(ring: PacketRing, from: number, to: number, signal = NEVER) {
  const numbers: number[] = [];
  const result = await ring.read(
    from,
    to,
    (packet) => {
      numbers.push(packet.number);
      const held = Buffer.from(packet.bytes.subarray(packet.start, packet.end));
      if (!held.equals(bytesOf(packet.number)) || packet.seconds !== 1000 + packet.number) {
        throw new Error(`packet ${packet.number} is another`);
      }
    },
    { signal, onProgress: () => undefined },
  );
  return { numbers, ...result };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('packets in a ring', () => {
  it('are read again under their numbers, while it is written and when it has ended', async () => {
    const ring = fill({ packets: 10 }, 95);
    expect((await read(ring, 1, 95)).numbers).toEqual(range(1, 95));
    expect((await read(ring, 42, 57)).numbers).toEqual(range(42, 57));
    await ring.finish();
    const { numbers, files, missing } = await read(ring, 90, Number.POSITIVE_INFINITY);
    expect(numbers).toEqual(range(90, 95));
    expect(files.map(({ packets }) => packets)).toEqual([1, 5]);
    expect(missing).toEqual([]);
  });

  it('of any range and rotation are those, and what was removed is gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 0, max: 40 }),
        async (packets, files, many, from, more) => {
          const ring = fill({ packets, files }, many, mkdtempSync(join(folder, 'x')));
          await ring.finish();
          const kept = Math.min(Math.ceil(many / packets), files);
          const oldest = (Math.ceil(many / packets) - kept) * packets + 1;
          expect(ring.oldest).toMatchObject({ first: oldest, seconds: 1000 + oldest });
          const to = from + more;
          const { numbers } = await read(ring, from, to);
          const last = Math.min(to, many);
          expect(numbers).toEqual(range(Math.max(from, oldest), last));
          if (from > many) expect(ring.whereabouts(from, to)).toBe('left-out');
          else if (from < oldest) expect(ring.whereabouts(from, from)).toBe('gone');
          else expect(ring.whereabouts(from, last)).toBe('kept');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of a file that is removed while it is being read are read to its end', async () => {
    const ring = fill({ packets: 50, files: 3 }, 150);
    await ring.finish();
    const [first = ''] = ring.files();
    const numbers: number[] = [];
    await ring.read(
      1,
      150,
      ({ number }) => {
        if (number === 1) rmSync(first);
        numbers.push(number);
      },
      { signal: NEVER, onProgress: () => undefined },
    );
    expect(numbers).toEqual(range(1, 150));
  });

  it('whose file is damaged, cut or replaced are said to be missing', async () => {
    const ring = fill({ packets: 10 }, 40);
    await ring.finish();
    const [first = '', second = '', third = ''] = ring.files();
    writeFileSync(first, Buffer.alloc(3000, 0x77));
    truncateSync(second, 700);
    rmSync(third);
    writeFileSync(third, 'another');
    const { numbers, missing } = await read(ring, 1, 40);
    expect(numbers.filter((number) => number > 20)).toEqual(range(31, 40));
    expect(numbers.filter((number) => number <= 10)).toEqual([]);
    expect(missing).toEqual([first, second, third].map((path) => expect.stringContaining(path)));
    expect(missing[0]).toContain('no capture');
  });

  it('that were left out are known to have been', async () => {
    const place = join(folder, 'ring/');
    const ring = new PacketRing(placeOf(place, false), { packets: 10 }, {}, QUIET);
    rmSync(place, { recursive: true });
    const packet = new Packet();
    packet.number = 1;
    packet.bytes = bytesOf(1);
    packet.end = packet.wireLength = packet.bytes.length;
    ring.packet(packet);
    expect(ring.whereabouts(1, 1)).toBe('kept');
    await ring.finish();
    expect(ring.whereabouts(1, 1)).toBe('left-out');
    expect(ring.oldest).toBeUndefined();
    expect((await read(ring, 1, 1)).numbers).toEqual([]);
  });

  it('are read no further when nobody wants them any more', async () => {
    const ring = fill({ packets: 10 }, 100);
    const stop = new AbortController();
    stop.abort();
    expect((await read(ring, 1, 100, stop.signal)).numbers).toEqual([]);
  });
});
