import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBodyText } from '../../../dissectors/dvrip/text.ts';

function decode(bytes: Uint8Array) {
  return decodeBodyText(bytes, 0, bytes.length);
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

describe('the body text', () => {
  it.each([
    ['0A 00, as devices end', '{}\n\0', 2],
    ['0A, as the CMS ends', '{}\n', 1],
    ['00, as the mobile apps end', '{}\0', 1],
    ['no trailer', '{}', 0],
    ['more NULs than needed', '{}\n\0\0\0\0', 5],
    ['a mixture', '{}\0\n\0\n', 4],
  ])('loses exactly its trailer: %s', (_, body, trailer) => {
    expect(decode(Buffer.from(body))).toEqual({
      text: '{}',
      encoding: 'utf-8',
      textLength: 2,
      trailer,
      byteOrderMark: false,
    });
  });

  it('keeps a carriage return, which no device adds as a trailer', () => {
    expect(decode(Buffer.from('{}\r\n\0'))).toMatchObject({ text: '{}\r', textLength: 3, trailer: 2 });
  });

  it('is empty when the body is nothing but trailer', () => {
    expect(decode(Buffer.from('\n\0'))).toMatchObject({ text: '', textLength: 0, trailer: 2 });
    expect(decode(new Uint8Array(0))).toMatchObject({ text: '', textLength: 0, trailer: 0 });
  });

  it('reads only the given part of the bytes', () => {
    expect(decodeBodyText(Buffer.from('xx{"a":1}\0yy'), 2, 10)).toMatchObject({
      text: '{"a":1}',
      trailer: 1,
    });
    const inner = Uint8Array.from([0x78, 0x7b, 0x7d, 0x78]).subarray(1, 3);
    expect(decode(inner)).toMatchObject({ text: '{}' });
  });

  it('reads UTF-8, in which a genuine U+FFFD is no fault', () => {
    expect(decode(Buffer.from('前门 é \ufffd'))).toMatchObject({ text: '前门 é \ufffd', encoding: 'utf-8' });
  });

  it('takes off a byte order mark and says so', () => {
    expect(decode(hex('ef bb bf 7b 7d 0a'))).toEqual({
      text: '{}',
      encoding: 'utf-8',
      textLength: 5,
      trailer: 1,
      byteOrderMark: true,
    });
    expect(decode(hex('84 31 95 33 c7 b0'))).toMatchObject({
      text: '前',
      encoding: 'gb18030',
      byteOrderMark: true,
    });
  });

  it.each([
    ['two bytes', 'c7 b0 c3 c5', '前门'],
    ['a trail byte that looks like ASCII', 'd6 ec e9 46 bb f9', '朱镕基'],
    ['a lead byte that is a control character in Latin-1', '81 40', '丂'],
    ['four bytes', '81 30 84 36 b2 e2', '¥测'],
    ['four bytes beyond the BMP', '95 32 82 36', '\u{20000}'],
    ['ASCII in between', '22 b3 b5 bf e2 31 22', '"车库1"'],
  ])('reads GB18030: %s', (_, bytes, text) => {
    expect(decode(hex(bytes))).toMatchObject({ text, encoding: 'gb18030' });
  });

  it.each([
    ['an accent before a blank', '43 61 66 e9 20', 'Café '],
    ['an accent at the end', '43 61 66 e9', 'Café'],
    ['an accent before a letter, a valid but unproven pair', '5a fc 72 69 63 68', 'Zürich'],
    ['a byte that GB18030 never uses', 'c7 b0 ff', 'Ç°ÿ'],
    ['80 alone', '80 41', '\u0080A'],
    ['a four-byte form cut short', 'c7 b0 81 30 81', 'Ç°\u00810\u0081'],
    ['a four-byte form with a wrong fourth byte', 'c7 b0 81 30 81 41', 'Ç°\u00810\u0081A'],
    ['a four-byte form outside both ranges', '84 31 a5 30 c7 b0', '\u00841¥0Ç°'],
    ['a four-byte form beyond the last code point', 'e3 32 9a 36 c7 b0', 'ã2\u009a6Ç°'],
    ['a trail byte of 7F', 'c7 7f', 'Ç\u007f'],
  ])('falls back to Latin-1: %s', (_, bytes, text) => {
    expect(decode(hex(bytes))).toMatchObject({ text, encoding: 'latin1' });
  });

  it('refuses overlong UTF-8 and lone surrogates as UTF-8', () => {
    expect(decode(hex('c0 af')).encoding).not.toBe('utf-8');
    expect(decode(hex('ed a0 80')).encoding).not.toBe('utf-8');
  });

  it('accounts for every byte, whatever the bytes, and never shows a replacement for a byte it could not read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const { text, encoding, textLength, trailer } = decode(bytes);
        expect(textLength + trailer).toBe(bytes.length);
        if (encoding === 'latin1')
          expect(Buffer.from(text, 'latin1')).toEqual(Buffer.from(bytes.subarray(0, textLength)));
        if (encoding === 'gb18030') expect(text).not.toContain('\ufffd');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives any text back that was sent as UTF-8', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.constantFrom('', '\n', '\0', '\n\0'),
        (text, trailer) => {
          fc.pre(!/[\n\0]$/.test(text) && !text.startsWith('\ufeff'));
          expect(decode(Buffer.from(text + trailer))).toMatchObject({
            text,
            encoding: 'utf-8',
            trailer: trailer.length,
          });
        },
      ),
    );
  });

  it('reads every common character of GB2312 next to one that UTF-8 rules out', () => {
    for (let lead = 0xb0; lead <= 0xd6; lead++) {
      for (let trail = 0xa1; trail <= 0xfe; trail++) {
        const { text, encoding } = decode(Uint8Array.of(0xd6, 0xd0, lead, trail));
        expect(encoding).toBe('gb18030');
        expect(text).toMatch(/^中\p{Script=Han}$/u);
      }
    }
  });

  it('prefers UTF-8 where the bytes are valid as both', () => {
    expect(decode(hex('c7 b0'))).toMatchObject({ text: 'ǰ', encoding: 'utf-8' });
  });
});
