import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Packet } from '../../../dissectors/core/packet.ts';
import { PacketRing } from '../../../src/capture/ring/packet-ring.ts';
import { RingMarks } from '../../../src/capture/ring/ring-marks.ts';
import { placeOf } from '../../../src/capture/ring/ring-place.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-ring-shortcut-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const QUIET = { trouble: () => undefined, resumed: () => undefined, enough: () => undefined };
const NEVER = new AbortController().signal;

interface Sent {
  readonly length: number;
  readonly linkType: number;
}

/** A ring of one file that holds these packets, each filled with its number. */
async function ringOf(sent: readonly Sent[]): Promise<PacketRing> {
  const ring = new PacketRing(placeOf(mkdtempSync(join(folder, 'x')), false), {}, {}, QUIET);
  const packet = new Packet();
  for (const [place, { length, linkType }] of sent.entries()) {
    packet.number = place + 1;
    packet.linkType = linkType;
    packet.bytes = Buffer.alloc(length, packet.number & 0xff);
    packet.end = packet.wireLength = length;
    packet.seconds = 1000 + packet.number;
    ring.packet(packet);
  }
  await ring.finish();
  return ring;
}

/** The packets read, and in how many pieces. */
async function read(ring: PacketRing, from: number, to: number) {
  const got: { number: number; length: number; linkType: number; fill: number; seconds: number }[] = [];
  let pieces = 0;
  const { missing } = await ring.read(
    from,
    to,
    ({ number, start, end, linkType, bytes, seconds }) =>
      got.push({ number, length: end - start, linkType, fill: bytes[start] ?? -1, seconds }),
    {
      signal: NEVER,
      onProgress: () => {
        pieces += 1;
      },
    },
  );
  return { got, missing, pieces };
}

it('a packet at the end of a long ring file is read without what lies before it', async () => {
  const many = 10_000;
  const ring = await ringOf(Array.from({ length: many }, () => ({ length: 1000, linkType: 1 })));
  const { got, missing, pieces } = await read(ring, many - 5, many - 4);
  expect(got.map(({ number }) => number)).toEqual([many - 5, many - 4]);
  expect(missing).toEqual([]);
  // Of some forty pieces of 256 KiB: the one with the descriptions, and the last ones.
  expect(pieces).toBeLessThanOrEqual(4);
});

it('any packets of a ring file are those that were kept, whatever their lengths and links', async () => {
  const sent = fc.record({
    length: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 1, max: 60_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 200_000, max: 262_144 }) },
    ),
    linkType: fc.oneof(
      { weight: 30, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.constantFrom(101, 113, 228) },
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 120 }),
      fc.nat(119),
      fc.nat(40),
      async (packets, at, more) => {
        const from = (at % packets.length) + 1;
        const to = Math.min(packets.length, from + more);
        const { got, missing } = await read(await ringOf(packets), from, to);
        expect(missing).toEqual([]);
        expect(got).toEqual(
          packets.slice(from - 1, to).map(({ length, linkType }, place) => {
            const number = from + place;
            return { number, length, linkType, fill: number & 0xff, seconds: 1000 + number };
          }),
        );
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

it('marks of a file without end stay few, and spread over all of it', () => {
  const marks = new RingMarks();
  for (let number = 1; number <= 1_000_000; number++) marks.add(number * 100, number * 256, 1);
  let coarsest = 0;
  for (let number = 1_000_000; number <= 100_000_000; number += 999_983) {
    const shortcut = marks.to(number, 1, 100_000_000);
    coarsest = Math.max(coarsest, number - (shortcut?.number ?? 0));
  }
  expect(coarsest).toBeLessThan(100 * 4096);
});
