import { u8 } from '../core/bytes.ts';

/** Linear index of the last four-byte code of the BMP (84 31 A4 39) and of the supplementary planes (90 30 81 30 … E3 32 9A 35). */
const LAST_BMP = 39_419;
const FIRST_SUPPLEMENTARY = 189_000;
const LAST_SUPPLEMENTARY = 1_237_575;

/**
 * Whether the bytes are GB18030 rather than Latin-1 (the decoder of Node 20 never refuses, so the ranges are checked here).
 *
 *   1 byte   00-7F
 *   2 bytes  81-FE, 40-7E | 80-FE                   all of GBK
 *   4 bytes  81-FE, 30-39, 81-FE, 30-39             within the two ranges that stand for code points
 *
 * Ranges alone would take «Zürich» for Chinese: a letter above 9F and an ASCII letter make a valid pair. Such
 * pairs prove nothing; at least one character must be impossible, or not prose, in Latin-1.
 */
export function isGb18030(bytes: Uint8Array, start: number, end: number): boolean {
  let proven = false;
  let at = start;
  while (at < end) {
    const lead = u8(bytes, at);
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    if (lead === 0x80 || lead === 0xff || at + 1 >= end) return false;
    const second = u8(bytes, at + 1);
    if (second >= 0x40 && second !== 0x7f && second !== 0xff) {
      if (second >= 0x80 || lead < 0xa0) proven = true;
      at += 2;
    } else if (isFourByteCode(bytes, at, end)) {
      proven = true;
      at += 4;
    } else {
      return false;
    }
  }
  return proven;
}

function isFourByteCode(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4) return false;
  const second = u8(bytes, at + 1);
  const third = u8(bytes, at + 2);
  const fourth = u8(bytes, at + 3);
  if (second < 0x30 || second > 0x39 || third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) {
    return false;
  }
  const index = (((u8(bytes, at) - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30;
  return index <= LAST_BMP || (index >= FIRST_SUPPLEMENTARY && index <= LAST_SUPPLEMENTARY);
}

/** How many of the bytes (valid GB18030) make the first `units` UTF-16 units of their text. */
export function gb18030Length(bytes: Uint8Array, start: number, end: number, units: number): number {
  let at = start;
  let left = units;
  while (left > 0 && at < end) {
    const lead = u8(bytes, at);
    if (lead < 0x80) {
      at += 1;
      left -= 1;
    } else if (at + 1 < end && u8(bytes, at + 1) < 0x40) {
      at += 4;
      left -= lead >= 0x90 ? 2 : 1;
    } else {
      at += 2;
      left -= 1;
    }
  }
  return Math.min(at, end) - start;
}

/** Decodes bytes that {@link isGb18030} accepts; undefined where this Node was built without that table (small ICU). */
export function decodeGb18030(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('gb18030').decode(bytes);
  } catch {
    return undefined;
  }
}
