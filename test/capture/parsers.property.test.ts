import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { Clock } from '../../src/capture/pcapng-clock.ts';
import { PcapngWriter, ticks, type WrittenPacket, writePcap } from '../support/capture-writer.ts';
import { parse } from './collect.ts';

const packets: fc.Arbitrary<WrittenPacket[]> = fc.array(
  fc.record({
    bytes: fc.uint8Array({ maxLength: 80 }),
    seconds: fc.nat({ max: 0xffff_ffff }),
    nanoseconds: fc.nat({ max: 999_999_999 }),
    wireLength: fc.nat({ max: 2000 }),
  }),
  { maxLength: 12 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });

/** A capture, and the offsets at which it may end without being damaged. */
interface Built {
  readonly format: 'pcap' | 'pcapng';
  readonly bytes: Buffer;
  readonly ends: readonly number[];
}

const pcap: fc.Arbitrary<Built> = fc
  .tuple(packets, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([list, bigEndian, nanoseconds, modified]) => {
    const header = modified ? 24 : 16;
    const ends = [24];
    for (const { bytes } of list) ends.push((ends.at(-1) ?? 0) + header + bytes.length);
    return { format: 'pcap', bytes: writePcap(list, { bigEndian, nanoseconds, modified }), ends };
  });

const pcapng: fc.Arbitrary<Built> = fc
  .tuple(packets, fc.boolean(), fc.infiniteStream(fc.nat({ max: 5 })))
  .map(([list, bigEndian, kinds]) => {
    const writer = new PcapngWriter(bigEndian);
    const blocks = list.map((packet) => {
      switch (kinds.next().value) {
        case 0:
          return writer.simplePacket(packet);
        case 1:
          return writer.obsoletePacket(packet, ticks(packet, 1_000_000n));
        case 2:
          return writer.block(4, packet.bytes);
        case 3:
          return writer.interfaceStatistics(0, [{ code: 4, value: writer.u64(9) }]);
        default:
          return writer.enhancedPacket(packet, ticks(packet, 1_000_000n));
      }
    });
    const all = [writer.sectionHeader(), writer.interfaceDescription({ name: 'any' }), ...blocks];
    const ends: number[] = [];
    for (const block of all) ends.push((ends.at(-1) ?? 0) + block.length);
    return { format: 'pcapng', bytes: Buffer.concat(all), ends };
  });

const captures = fc.oneof(pcap, pcapng);

describe('the parsers', () => {
  it('give the same packets for any sizes of delivery', () => {
    fc.assert(
      fc.property(captures, sizes, ({ format, bytes }, pieces) => {
        const whole = parse(format, bytes);
        const pieced = parse(format, bytes, pieces);
        expect(whole.damage).toBeUndefined();
        expect(pieced.damage).toBeUndefined();
        expect(pieced.records).toEqual(whole.records);
        expect(pieced.parser.interfaces()).toEqual(whole.parser.interfaces());
      }),
      { numRuns: 300 },
    );
  });

  it('give a prefix for any cut, and name the offset of the record that is not whole', () => {
    fc.assert(
      fc.property(captures, fc.nat(), sizes, ({ format, bytes, ends }, where, pieces) => {
        const cut = 1 + (where % bytes.length);
        const whole = parse(format, bytes);
        const { records, damage } = parse(format, bytes.subarray(0, cut), pieces);
        expect(records).toEqual(whole.records.slice(0, records.length));
        const lastEnd = Math.max(0, ...ends.filter((end) => end <= cut));
        const before = whole.records.filter(({ fileOffset, hex }) => fileOffset + hex.length / 2 <= lastEnd);
        expect(records).toHaveLength(before.length);
        if (lastEnd === cut) expect(damage).toBeUndefined();
        else expect(damage).toMatchObject({ code: 'truncated', offset: lastEnd });
      }),
      { numRuns: 300 },
    );
  });

  it('survive any damage, with the same result for any sizes of delivery', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(captures, flips, sizes, ({ format, bytes }, changes, pieces) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at % damaged.length] = value;
        const whole = parse(format, damaged);
        const pieced = parse(format, damaged, pieces);
        expect(pieced.records).toEqual(whole.records);
        expect(pieced.damage).toEqual(whole.damage);
        for (const { fileOffset, hex } of whole.records) {
          expect(damaged.subarray(fileOffset, fileOffset + hex.length / 2).toString('hex')).toBe(hex);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never throw on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), sizes, fc.boolean(), (noise, pieces, bigEndian) => {
        const writer = new PcapngWriter(bigEndian);
        const front = Buffer.concat([writer.sectionHeader(), writer.interfaceDescription()]);
        parse('pcapng', Buffer.concat([front, noise]), pieces);
        parse('pcapng', noise, pieces);
        parse('pcap', noise, pieces);
        parse('pcap', Buffer.concat([writePcap([]), noise]), pieces);
      }),
      { numRuns: 500 },
    );
  });

  it('divide any timestamp exactly', () => {
    const resolution = fc.oneof(fc.nat({ max: 20 }), fc.integer({ min: 0x80, max: 0x80 + 64 }));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), resolution, (time, code) => {
        const packet = new Packet();
        const bytes = Buffer.alloc(8);
        bytes.writeUInt32LE(Number(time >> 32n), 0);
        bytes.writeUInt32LE(Number(time & 0xffffffffn), 4);
        new Clock(code, 0).stamp(packet, bytes, 0, false);
        const units = (code & 0x80 ? 2n : 10n) ** BigInt(code & 0x7f);
        expect(packet.seconds).toBe(Number(time / units));
        expect(packet.nanoseconds).toBe(Number(((time % units) * 1_000_000_000n) / units));
      }),
      { numRuns: 2000 },
    );
  });
});
