import { describe, expect, it } from 'vitest';
import { type PcapOptions, pcapHeader, pcapRecord, writePcap } from '../support/capture-writer.ts';
import { parse } from './collect.ts';

const packets = [
  { bytes: Uint8Array.of(1, 2, 3), seconds: 1_700_000_000, nanoseconds: 123_456_789 },
  { bytes: Uint8Array.of(), seconds: 1_700_000_001, nanoseconds: 0, wireLength: 60 },
  { bytes: Uint8Array.of(9), seconds: 0xffff_ffff, nanoseconds: 999_999_999, wireLength: 1514 },
];

describe('a pcap file', () => {
  const variants: readonly PcapOptions[] = [false, true].flatMap((bigEndian) => [
    { bigEndian },
    { bigEndian, nanoseconds: true },
    { bigEndian, modified: true },
  ]);
  it.each(variants)('is read in every variant: %o', (options) => {
    const { records, damage } = parse('pcap', writePcap(packets, { ...options, linkType: 113 }));
    const whole = options.nanoseconds === true;
    const header = options.modified === true ? 24 : 16;
    expect(damage).toBeUndefined();
    expect(records).toEqual([
      {
        number: 1,
        time: whole ? '1700000000.123456789' : '1700000000.123456000',
        linkType: 113,
        hex: '010203',
        wireLength: 3,
        file: 0,
        fileOffset: 24 + header,
      },
      {
        number: 2,
        time: '1700000001.000000000',
        linkType: 113,
        hex: '',
        wireLength: 60,
        file: 0,
        fileOffset: 24 + 2 * header + 3,
      },
      {
        number: 3,
        time: whole ? '4294967295.999999999' : '4294967295.999999000',
        linkType: 113,
        hex: '09',
        wireLength: 1514,
        file: 0,
        fileOffset: 24 + 3 * header + 3,
      },
    ]);
  });

  it('carries a fraction of a second or more into the seconds', () => {
    const record = pcapRecord({ bytes: Uint8Array.of(1), seconds: 10 });
    record.writeUInt32LE(2_500_000, 4);
    const { records } = parse('pcap', Buffer.concat([pcapHeader(), record]));
    expect(records[0]?.time).toBe('12.500000000');
  });

  it('accepts a captured length above the original one', () => {
    const { records, damage } = parse('pcap', writePcap([{ bytes: Buffer.alloc(20), wireLength: 10 }]));
    expect(damage).toBeUndefined();
    expect(records[0]).toMatchObject({ wireLength: 10, hex: '00'.repeat(20) });
  });

  it('keeps the FCS length apart from the link type', () => {
    const { parser } = parse('pcap', pcapHeader({ linkType: 0x2400_0001, snapLength: 96 }));
    expect(parser.interfaces()).toEqual([{ section: 0, id: 0, linkType: 1, snapLength: 96, fcsLength: 4 }]);
  });

  it('reads the swapped lengths of versions before 2.3', () => {
    const header = pcapHeader({ version: [2, 2] });
    const record = pcapRecord({ bytes: Uint8Array.of(1, 2), wireLength: 60 });
    record.writeUInt32LE(60, 8);
    record.writeUInt32LE(2, 12);
    const { records, damage } = parse('pcap', Buffer.concat([header, record]));
    expect(damage).toBeUndefined();
    expect(records[0]).toMatchObject({ hex: '0102', wireLength: 60 });
  });

  it('tells swapped lengths of version 2.3 by the larger of the two', () => {
    const header = pcapHeader({ version: [2, 3] });
    const swapped = pcapRecord({ bytes: Uint8Array.of(1, 2), wireLength: 60 });
    swapped.writeUInt32LE(60, 8);
    swapped.writeUInt32LE(2, 12);
    const plain = pcapRecord({ bytes: Uint8Array.of(3), wireLength: 70 });
    const { records } = parse('pcap', Buffer.concat([header, swapped, plain]));
    expect(records.map(({ hex, wireLength }) => [hex, wireLength])).toEqual([
      ['0102', 60],
      ['03', 70],
    ]);
  });

  it('is refused in a version that no one writes', () => {
    expect(parse('pcap', pcapHeader({ version: [3, 0] })).damage).toEqual({
      code: 'corrupt',
      offset: 0,
      text: 'pcap format version 3.0; expected 2.4',
    });
  });
});

describe('a record of a pcap file', () => {
  it('over the cap is corrupt, at its offset', () => {
    const good = writePcap([{ bytes: Uint8Array.of(1) }], { snapLength: 65_535 });
    const bad = pcapRecord({ bytes: Uint8Array.of(1) });
    bad.writeUInt32LE(262_145, 8);
    const { records, damage } = parse('pcap', Buffer.concat([good, bad]));
    expect(records).toHaveLength(1);
    expect(damage).toEqual({
      code: 'corrupt',
      offset: 41,
      text: 'a packet record promises 262,145 bytes; expected at most 262,144',
    });
  });

  it('may be as large as the snap length says, up to 16 MiB', () => {
    const bytes = Buffer.alloc(300_000, 7);
    expect(parse('pcap', writePcap([{ bytes }], { snapLength: 300_000 })).records).toHaveLength(1);
    expect(parse('pcap', writePcap([{ bytes }], { snapLength: 299_999 })).damage?.code).toBe('corrupt');
    const beyond = pcapRecord({ bytes: Uint8Array.of(1) });
    beyond.writeUInt32LE(16 * 1024 * 1024 + 1, 8);
    const header = pcapHeader({ snapLength: 0xffff_ffff });
    expect(parse('pcap', Buffer.concat([header, beyond])).damage?.code).toBe('corrupt');
  });

  it.each([
    [23, 0, 'the file header needs 24 bytes, 23 are there'],
    [24 + 15, 24, 'a packet record header needs 16 bytes, 15 are there'],
    [24 + 16 + 312, 24, 'a packet record promises 1,500 bytes, 312 are there'],
  ])('cut at byte %i is truncated at byte %i', (cut, offset, text) => {
    const capture = writePcap([{ bytes: Buffer.alloc(1500) }]);
    expect(parse('pcap', capture.subarray(0, cut)).damage).toEqual({ code: 'truncated', offset, text });
  });
});
