import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, formatEndpoint, formatSessionId } from '../../src/report/format/address.ts';
import { cellWidth } from '../../src/report/format/cell-width.ts';
import { communityId } from '../../src/report/format/community-id.ts';
import { hexDump } from '../../src/report/format/hex-dump.ts';
import { dottedLines, safeJson, safeLine, safeLines } from '../../src/report/format/safe-text.ts';
import { formatBytes, pad, plural, renderTable } from '../../src/report/format/table.ts';
import { formatElapsed, formatSpan, formatTime } from '../../src/report/format/time.ts';

describe('safe text', () => {
  it('escapes what could steer a terminal, and only that', () => {
    expect(safeLine('a\x1b[2J\r\n\t\u009b\u202e\u{e0041}\ud800 中文 é')).toBe(
      'a\\x1b[2J\\x0d\\x0a\\x09\\x9b\\u202e\\u{e0041}\\ud800 中文 é',
    );
    expect(safeLines('a\tb\nc\rd')).toBe('a\tb\nc\\x0dd');
    expect(dottedLines('a\x1b\r\n\t\ufffd中')).toBe('a..\n\t.中');
  });

  it('writes JSON that parses to the same value and holds nothing unsafe', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = safeJson(value, 2);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe('tables', () => {
  it('line up under Chinese text, which is two cells a character', () => {
    const table = renderTable(
      [{ title: '名称' }, { title: 'Bytes', align: 'right' }],
      [
        ['北门摄像机', '1'],
        ['door', '22,000'],
      ],
    );
    expect(table).toEqual(['名称         Bytes', '北门摄像机       1', 'door        22,000']);
    expect(new Set(table.map(cellWidth)).size).toBe(1);
  });

  it('pads to cells on either side', () => {
    expect(pad('中', 4)).toBe('中  ');
    expect(pad('中', 4, 'right')).toBe('  中');
    expect(pad('longer', 4)).toBe('longer');
  });

  it('measures cells: combining and wide characters, ASCII', () => {
    expect(['abc', '中文', 'é', 'e\u0301', '', '🎥'].map(cellWidth)).toEqual([3, 4, 1, 1, 0, 2]);
  });

  it('measures a sign that is known to be narrow as the table of widths has it', () => {
    for (let code = 0x20; code < 0x2600; code++) {
      const sign = String.fromCharCode(code);
      if (!/[\p{Script=Latin}\p{Script=Common}]/u.test(sign) || /\p{Cf}/u.test(sign)) continue;
      // Behind a Chinese character nothing is taken for known.
      expect(cellWidth(`中${sign}`) - 2, code.toString(16)).toBe(cellWidth(sign));
    }
  });
});

describe('numbers for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [12_345, '12 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [985_000_000, '985 MB'],
    [1_234_567_890, '1.2 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.4124, '412 ms'],
    [3.21, '3.2 s'],
    [247, '4 min 7 s'],
    [7_500, '2 h 5 min'],
    [273_600, '3 d 4 h'],
  ])('%f seconds are %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text));

  it('count with the right word', () => {
    expect([plural(0, 'gap'), plural(1, 'gap'), plural(1234, 'gap')]).toEqual([
      '0 gaps',
      '1 gap',
      '1,234 gaps',
    ]);
  });
});

describe('times', () => {
  it('are RFC 3339 with nanoseconds, or absent where RFC 3339 has no such year', () => {
    expect(formatTime(1_795_329_180, 412)).toBe('2026-11-22T06:33:00.000000412Z');
    expect(formatTime(-1, 999_999_999)).toBe('1969-12-31T23:59:59.999999999Z');
    expect(formatTime(253_402_300_800, 0)).toBeUndefined();
    expect(formatTime(Number.NaN, 0)).toBeUndefined();
  });

  it('count from the first packet, also backwards', () => {
    expect(formatElapsed(10, 900_000_000, 11, 100_000_000)).toBe('0.200000');
    expect(formatElapsed(10, 0, 9, 999_000_000)).toBe('-0.001000');
  });
});

describe('addresses', () => {
  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['fe800000000000000000000000000000', 'fe80::'],
  ])('%s is written %s (RFC 5952)', (hex, text) => expect(formatAddress(Buffer.from(hex, 'hex'))).toBe(text));

  it('IPv6 stands in brackets before a port', () => {
    expect(formatEndpoint(formatAddress(Uint8Array.of(192, 0, 2, 10)), 34567)).toBe('192.0.2.10:34567');
    expect(formatEndpoint('2001:db8::1', 34567)).toBe('[2001:db8::1]:34567');
  });

  it('session ids have eight digits', () => {
    expect([0, 11, 0xffff_ffff].map(formatSessionId)).toEqual(['0x00000000', '0x0000000B', '0xFFFFFFFF']);
  });

  it('Community ID is the same from both ends, and that of its specification', () => {
    const a = Uint8Array.of(128, 232, 110, 120);
    const b = Uint8Array.of(66, 35, 250, 204);
    expect(communityId(6, a, 34855, b, 80)).toBe('1:LQU9qZlK+B5F3KDmev6m5PMibrg=');
    expect(communityId(6, b, 80, a, 34855)).toBe('1:LQU9qZlK+B5F3KDmev6m5PMibrg=');
  });
});

describe('a hex dump', () => {
  it('has 16 bytes a row, with an offset and as text, and stars for what is masked', () => {
    expect(hexDump(Buffer.from('0123456789abcdefXY\x1b'), [[1, 3]])).toEqual([
      '000000  30 ** ** 33 34 35 36 37  38 39 61 62 63 64 65 66  0**3456789abcdef',
      '000010  58 59 1b                                          XY.',
    ]);
    expect(hexDump(new Uint8Array(0))).toEqual([]);
  });
});
