import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  audioCodecName,
  audioRate,
  ChunkHeader,
  chunkSeconds,
  videoCodecName,
} from '../../../dissectors/dvrip/chunk-header.ts';
import { beginsFrame } from '../../../dissectors/dvrip/nal-unit.ts';

const VECTORS = new URL('../../../../shared/field/vectors/', import.meta.url);

function read(bytes: Uint8Array): { header: ChunkHeader; size: number } {
  const header = new ChunkHeader();
  return { header, size: header.read(bytes, 0) };
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the header of a key frame', () => {
  it('says codec, size with its upper bits, rate, time and length', () => {
    const { header, size } = read(hex('000001fc 53 15 e0 0e b959116a 9b850000'));
    expect(size).toBe(16);
    expect(header).toMatchObject({
      type: 0xfc,
      codec: 3,
      fps: 21,
      width: 3840,
      height: 2160,
      length: 34_203,
    });
    expect(chunkSeconds(header.dateTime)).toBe(Date.UTC(2026, 7, 8, 21, 38, 57) / 1000);
  });

  it('takes two more bits of width from bits 4 and 5 of the type, and of height from bits 6 and 7', () => {
    expect(read(hex('000001fc 12 19 01 02 00000000 00000000')).header).toMatchObject({
      codec: 2,
      fps: 25,
      width: (256 + 1) * 8,
      height: 2 * 8,
    });
    expect(read(hex('000001fc c2 ff 01 02 00000000 00000000')).header).toMatchObject({
      fps: 31,
      width: 8,
      height: (3 * 256 + 2) * 8,
    });
  });

  it('is that of a real 4K camera', (context) => {
    const vector = new URL('moxnatiy-FC-iframe-header-4k.bin', VECTORS);
    context.skip(!existsSync(vector), 'the field vectors are not here');
    expect(read(readFileSync(vector)).header).toMatchObject({
      codec: 3,
      width: 3840,
      height: 2160,
      length: 34_203,
    });
  });
});

describe('the header of sound', () => {
  it('says codec, sampling rate and length', () => {
    const { header, size } = read(hex('000001fa 0e 02 4001'));
    expect([size, header.codec, audioRate(header.rateCode), header.length]).toEqual([8, 14, 8000, 320]);
    expect(audioCodecName(header.codec)).toBe('g711a');
  });

  it.for(['icsee-FA-audio-header.bin', 'chshkhr-FA-audio-header-160.bin'])(
    'is that of %s',
    (name, context) => {
      const vector = new URL(name, VECTORS);
      context.skip(!existsSync(vector), 'the field vectors are not here');
      const { header } = read(readFileSync(vector));
      expect([header.codec, audioRate(header.rateCode)]).toEqual([14, 8000]);
    },
  );

  it('may name what nobody knows', () => {
    expect([audioRate(0), audioRate(10), audioRate(9)]).toEqual([undefined, undefined, 48_000]);
    expect([audioCodecName(99), videoCodecName(2), videoCodecName(9)]).toEqual([
      'unknown-99',
      'h264',
      'unknown-9',
    ]);
  });
});

it('an inter frame has a length of 32 bits, information a type and one of 16', () => {
  expect(read(hex('000001fd 04030201')).header).toMatchObject({ type: 0xfd, length: 0x01020304, codec: 0 });
  expect(read(hex('000001f9 06 00 0201')).header).toMatchObject({
    type: 0xf9,
    information: 6,
    length: 0x0102,
  });
});

it('a header keeps nothing of the one before it', () => {
  const header = new ChunkHeader();
  header.read(hex('000001fc 53 15 e0 0e b959116a 9b850000'), 0);
  header.read(hex('000001fd 10000000'), 0);
  expect(header).toMatchObject({ codec: 0, fps: 0, width: 0, height: 0, dateTime: 0, length: 16 });
});

it('sixteen bytes of anything are a header exactly when they begin like one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.boolean(), (bytes, begin) => {
      if (begin) bytes.set([0, 0, 1]);
      const { size, header } = read(bytes);
      const starts = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 1;
      const type = bytes[3] ?? 0;
      expect(size > 0).toBe(starts && [0xf9, 0xfa, 0xfc, 0xfd, 0xfe].includes(type));
      if (size > 0) expect(header.length).toBeLessThan(2 ** 32);
    }),
  );
});

it('a time that no calendar has is none', () => {
  const packed = (month: number, day: number, hour: number) =>
    ((26 << 26) | (month << 22) | (day << 17) | (hour << 12)) >>> 0;
  expect(chunkSeconds(packed(2, 28, 23))).toBe(Date.UTC(2026, 1, 28, 23) / 1000);
  for (const wrong of [
    0,
    packed(2, 29, 0),
    packed(13, 1, 0),
    packed(1, 1, 24),
    packed(0, 1, 0),
    packed(1, 0, 0),
  ]) {
    expect(chunkSeconds(wrong)).toBeUndefined();
  }
});

describe('the first bytes of a frame', () => {
  it('are those of its codec', () => {
    expect(beginsFrame(2, hex('00000001 6742'), 0)).toBe(true);
    expect(beginsFrame(2, hex('000001 419a00'), 0)).toBe(true);
    expect(beginsFrame(3, hex('00000001 0201'), 0)).toBe(true);
    expect(beginsFrame(3, hex('00000001 4001'), 0)).toBe(true);
    expect(beginsFrame(1, hex('000001 b0 0100'), 0)).toBe(true);
  });

  it('are no video where the unit is of a layer or a type that no device sends, or no unit begins', () => {
    expect(beginsFrame(3, hex('00000001 1101'), 0)).toBe(false);
    expect(beginsFrame(2, hex('00000001 1101'), 0)).toBe(false);
    expect(beginsFrame(2, hex('00000001 e742'), 0)).toBe(false);
    expect(beginsFrame(2, hex('555555555555'), 0)).toBe(false);
    expect(beginsFrame(7, hex('00000001 6742'), 0)).toBe(false);
  });
});
