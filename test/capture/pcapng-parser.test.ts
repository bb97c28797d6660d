import { describe, expect, it } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { Clock } from '../../src/capture/pcapng-clock.ts';
import { PcapngWriter, ticks, writePcapng } from '../support/capture-writer.ts';
import { parse } from './collect.ts';

const packet = { bytes: Uint8Array.of(1, 2, 3, 4, 5), seconds: 1_700_000_000, nanoseconds: 987_654_321 };

describe.each([
  ['little-endian', false],
  ['big-endian', true],
])('a %s pcapng file', (_, bigEndian) => {
  const writer = new PcapngWriter(bigEndian);
  const section = writer.sectionHeader();

  it('gives its packets with time, lengths and place', () => {
    const { records, damage } = parse('pcapng', writePcapng([{ ...packet, wireLength: 99 }], { bigEndian }));
    const time = '1700000000.987654321';
    const fileOffset = 28 + 32 + 28;
    expect(damage).toBeUndefined();
    expect(records).toEqual([
      { number: 1, time, linkType: 1, hex: '0102030405', wireLength: 99, file: 0, fileOffset },
    ]);
  });

  it('keeps interfaces of different link types and clocks apart', () => {
    const capture = Buffer.concat([
      section,
      writer.interfaceDescription({ linkType: 1 }),
      writer.interfaceDescription({ linkType: 113, resolution: 9, name: 'eth1', snapLength: 128 }),
      writer.enhancedPacket({ ...packet, interface: 1 }, ticks(packet, 1_000_000_000n)),
      writer.enhancedPacket(packet, ticks(packet, 1_000_000n)),
    ]);
    const { records, parser } = parse('pcapng', capture);
    expect(records.map(({ linkType, time }) => [linkType, time])).toEqual([
      [113, '1700000000.987654321'],
      [1, '1700000000.987654000'],
    ]);
    expect(parser.interfaces()).toEqual([
      { section: 0, id: 0, linkType: 1 },
      { section: 0, id: 1, linkType: 113, name: 'eth1', snapLength: 128 },
    ]);
  });

  it('starts its interfaces anew in each section, whatever that one’s byte order', () => {
    const other = new PcapngWriter(!bigEndian);
    const capture = Buffer.concat([
      section,
      writer.interfaceDescription({ linkType: 1 }),
      writer.enhancedPacket(packet, 5n),
      other.sectionHeader(),
      other.interfaceDescription({ linkType: 101 }),
      other.enhancedPacket(packet, 1_000_000n),
    ]);
    const { records, parser, damage } = parse('pcapng', capture);
    expect(damage).toBeUndefined();
    expect(records.map(({ linkType, time }) => [linkType, time])).toEqual([
      [1, '0.000005000'],
      [101, '1.000000000'],
    ]);
    expect(parser.interfaces().map(({ section, id }) => [section, id])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it('reads the obsolete packet block and adds up its drops', () => {
    const capture = Buffer.concat([
      section,
      writer.interfaceDescription(),
      writer.obsoletePacket(packet, ticks(packet, 1_000_000n), 3),
      writer.obsoletePacket(packet, ticks(packet, 1_000_000n), 4),
      writer.obsoletePacket(packet, ticks(packet, 1_000_000n), 0xffff),
    ]);
    const { records, parser } = parse('pcapng', capture);
    expect(records.map(({ time }) => time)).toEqual(Array(3).fill('1700000000.987654000'));
    expect(parser.interfaces()[0]?.droppedBetween).toBe(7);
  });

  it('gives a simple packet the snap length of interface 0 and the time of the packet before', () => {
    const capture = Buffer.concat([
      section,
      writer.interfaceDescription({ snapLength: 3 }),
      writer.enhancedPacket({ bytes: Uint8Array.of(7) }, 4_000_000n),
      writer.simplePacket({ bytes: Uint8Array.of(1, 2, 3), wireLength: 5 }),
    ]);
    const { records, damage } = parse('pcapng', capture);
    expect(damage).toBeUndefined();
    expect(records[1]).toMatchObject({ hex: '010203', wireLength: 5, time: '4.000000000' });
  });

  it('takes the last drop counts of each interface into its quality', () => {
    const options = (received: number, inInterface: number, inKernel: number) => [
      { code: 4, value: writer.u64(received) },
      { code: 5, value: writer.u64(inInterface) },
      { code: 7, value: writer.u64(inKernel) },
    ];
    const capture = Buffer.concat([
      section,
      writer.interfaceDescription(),
      writer.interfaceStatistics(0, options(10, 1, 2)),
      writer.interfaceStatistics(0, options(100, 10, 20)),
      writer.enhancedPacket(packet, 0n, [{ code: 4, value: writer.u64(6) }]),
    ]);
    expect(parse('pcapng', capture).parser.interfaces()).toEqual([
      {
        section: 0,
        id: 0,
        linkType: 1,
        received: 100,
        dropped: 30,
        interfaceDropped: 10,
        kernelDropped: 20,
        droppedBetween: 6,
      },
    ]);
  });

  it('passes over custom, unknown and very large blocks without asking for them', () => {
    const large = writer.block(0x0bad, Buffer.alloc(3_000_000, 0x11));
    const capture = Buffer.concat([
      writer.sectionHeader([1, 0], [{ code: 1, value: Buffer.alloc(60_000, 0x41) }]),
      writer.interfaceDescription(),
      large,
      writer.block(0x4000_0bad, Buffer.alloc(8)),
      writer.block(0x7777_7777, Buffer.alloc(0)),
      writer.enhancedPacket(packet, 1n),
    ]);
    for (const sizes of [[], [100], [4096]]) {
      const { records, damage } = parse('pcapng', capture, sizes);
      expect(damage).toBeUndefined();
      expect(records.map(({ hex }) => hex)).toEqual(['0102030405']);
    }
    const { parser } = parse('pcapng', capture.subarray(0, capture.length - large.length));
    expect(parser.push(large, 0, 1000)).toBeLessThanOrEqual(1000);
  });

  it('adds if_tsoffset to the seconds, also a negative one', () => {
    const times = [1000, -1000, 5_000_000_000].map((offsetSeconds) => {
      const described = writer.interfaceDescription({ resolution: 6, offsetSeconds });
      const capture = Buffer.concat([section, described, writer.enhancedPacket(packet, 2_500_000n)]);
      return parse('pcapng', capture).records[0]?.time;
    });
    expect(times).toEqual(['1002.500000000', '-998.500000000', '5000000002.500000000']);
  });

  it.each([
    ['a block length that is no multiple of 4', 4, 34, /promises 34 bytes; expected a multiple of 4/],
    [
      'a block shorter than its fixed part',
      4,
      12,
      /promises 12 bytes; expected a multiple of 4, at least 32/,
    ],
    ['an interface that was never described', 8, 1, /names interface 1; the section has 1/],
    ['a captured length beyond its block', 20, 60, /a packet block of 40 bytes holds a packet of 60 bytes/],
    ['a captured length over the cap', 20, 262_145, /promises 262,145 bytes; expected at most 262,144/],
    ['a closing length that differs', 36, 44, /promises 40 bytes at its front and 44 at its end/],
  ])('is corrupt at %s', (_name, at, value, text) => {
    const front = Buffer.concat([section, writer.interfaceDescription()]);
    const block = writer.enhancedPacket(packet, 0n);
    writer.u32(value).copy(block, at);
    const { records, damage } = parse('pcapng', Buffer.concat([front, block]));
    expect(records).toEqual([]);
    expect(damage).toMatchObject({ code: 'corrupt', offset: front.length });
    expect(damage?.text).toMatch(text);
  });

  it('is corrupt at an option that reaches beyond an interface description', () => {
    const described = writer.interfaceDescription({ name: 'eth0' });
    described.fill(0xff, 18, 20);
    expect(parse('pcapng', Buffer.concat([section, described])).damage).toEqual({
      code: 'corrupt',
      offset: 28,
      text: 'an option of an interface description reaches beyond its block',
    });
  });

  it('is refused in another major version, and without its byte-order magic', () => {
    expect(parse('pcapng', writer.sectionHeader([2, 0])).damage?.text).toMatch(/version 2\.0; expected 1\.0/);
    const broken = Buffer.from(section);
    broken.fill(0, 8, 12);
    expect(parse('pcapng', broken).damage?.text).toMatch(/expected 1a2b3c4d/);
  });

  it('is truncated where the block begins that is not whole', () => {
    const front = Buffer.concat([section, writer.interfaceDescription()]);
    const block = writer.enhancedPacket({ bytes: Buffer.alloc(1500) }, 0n);
    const damageAt = (kept: number) =>
      parse('pcapng', Buffer.concat([front, block.subarray(0, kept)])).damage;
    const at = { code: 'truncated', offset: front.length };
    expect(damageAt(7)).toEqual({ ...at, text: 'a block needs at least 12 bytes, 7 are there' });
    expect(damageAt(500)).toEqual({ ...at, text: 'a packet block promises 1,532 bytes, 500 are there' });
    const secrets = writer.block(10, Buffer.alloc(2000)).subarray(0, 700);
    expect(parse('pcapng', Buffer.concat([front, secrets])).damage).toEqual({
      ...at,
      text: 'a block promises 2,012 bytes, 700 are there',
    });
  });
});

describe('the interfaces of a pcapng file', () => {
  it('are bounded', () => {
    const writer = new PcapngWriter();
    const many = Array(65_537).fill(writer.interfaceDescription());
    const { damage, parser } = parse('pcapng', Buffer.concat([writer.sectionHeader(), ...many]));
    expect(damage).toMatchObject({ code: 'corrupt', text: 'more than 65,536 interfaces in one file' });
    expect(parser.interfaces()).toHaveLength(65_536);
  });
});

describe('a pcapng clock', () => {
  const stamp = (resolution: number, time: bigint): [number, number] => {
    const packet = new Packet();
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(Number(time >> 32n), 0);
    bytes.writeUInt32LE(Number(time & 0xffffffffn), 4);
    new Clock(resolution, 0).stamp(packet, bytes, 0, false);
    return [packet.seconds, packet.nanoseconds];
  };
  const times = [
    0n,
    1n,
    999_999n,
    1_000_000n,
    (1n << 32n) - 1n,
    1n << 32n,
    (1n << 53n) - 1n,
    1n << 53n,
    (1n << 53n) + 1n,
    1_700_000_000_999_999_999n,
    1_700_000_001_000_000_000n,
    (1n << 64n) - 1n,
  ];
  const resolutions = [0, 1, 3, 6, 7, 9, 10, 12, 18, 20, 127, 0x80, 0x81, 0x8a, 0x97, 0x98, 0xa0, 0xbf, 0xff];

  it.each(resolutions)('divides exactly at resolution %i', (resolution) => {
    const units = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f);
    for (const time of times) {
      const expected = [Number(time / units), Number(((time % units) * 1_000_000_000n) / units)];
      expect(stamp(resolution, time)).toEqual(expected);
    }
  });
});
