import { isUtf8 } from 'node:buffer';
import { u8 } from '../core/bytes.ts';
import { decodeGb18030, gb18030Length, isGb18030 } from './gb18030.ts';
import { findJsonFault, isDeeperThan, type JsonFault } from './json-fault.ts';
import { JSON_LIMITS, type JsonLimits } from './json-limits.ts';
import { readTolerantly, type SlipAt } from './json-tree.ts';

export type { JsonFault } from './json-fault.ts';

export type BodyEncoding = 'utf-8' | 'gb18030' | 'latin1';

/** A body as text, with what was taken off to get it. */
export interface BodyText {
  /** Without byte order mark and trailer. */
  readonly text: string;
  readonly encoding: BodyEncoding;
  /** Bytes of the text, byte order mark included. */
  readonly textLength: number;
  /** LF and NUL bytes behind the text; with `textLength` the whole body. */
  readonly trailer: number;
  readonly byteOrderMark: boolean;
}

/** What a control body turned out to be. */
export type JsonBody =
  | {
      readonly kind: 'json';
      /** As JSON.parse makes it: a key `__proto__` is an own property, so copy with care. */
      readonly value: unknown;
      readonly body: BodyText;
      /** Bytes behind the JSON that had to be cut off besides the trailer: a stray backslash, LF and NUL. */
      readonly stray: number;
      /** What had to be mended before it could be read, in the order of the text: stray bytes, commas, quotes. */
      readonly slips: readonly SlipAt[];
      /** Who looks for places in the text keeps to what it was read within. */
      readonly limits: JsonLimits;
    }
  | { readonly kind: 'empty'; readonly body: BodyText }
  /** base64 of AES blocks: not for this reader (field-notes 8). */
  | { readonly kind: 'encrypted'; readonly body: BodyText }
  | {
      readonly kind: 'not-json';
      readonly reason: JsonFault;
      /** Byte offset in the body. */
      readonly offset: number;
      readonly body: BodyText;
    };

const LF = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';
const REPLACEMENT = '\ufffd';
const BACKSLASH = 0x5c;
const NO_SLIPS: readonly SlipAt[] = [];

/**
 * Decodes `bytes[start … end)`: strict UTF-8, else GB18030, else Latin-1, which takes anything.
 *
 * The specification names no encoding; clients send UTF-8, old Chinese firmware plausibly GBK (field-notes 2).
 * Of the end only `[\n\0]*` is cut, never a fixed count: some devices send no trailer.
 */
export function decodeBodyText(bytes: Uint8Array, start: number, end: number): BodyText {
  let textEnd = end;
  // LF and NUL in one comparison each; most bodies end in one or two of them.
  while (textEnd > start && (u8(bytes, textEnd - 1) === 0 || u8(bytes, textEnd - 1) === LF)) textEnd -= 1;
  const trailer = end - textEnd;

  // Decoding first and checking only what shows U+FFFD costs a third less than checking every body.
  const text = asBuffer(bytes).toString('utf8', start, textEnd);
  if (!text.includes(REPLACEMENT) || isUtf8(bytes.subarray(start, textEnd))) {
    return bodyText(text, 'utf-8', textEnd - start, trailer);
  }
  const view = bytes.subarray(start, textEnd);
  const chinese = isGb18030(bytes, start, textEnd) ? decodeGb18030(view) : undefined;
  if (chinese !== undefined) return bodyText(chinese, 'gb18030', textEnd - start, trailer);
  return bodyText(asBuffer(bytes).toString('latin1', start, textEnd), 'latin1', textEnd - start, trailer);
}

/**
 * Reads `bytes[start … end)` as the JSON of a control message. Never throws; what is no JSON says why and where.
 *
 * Besides the trailer it forgives what devices are known to leave behind: one stray backslash, with more LF and
 * NUL before it (field-notes 2). What is not quite JSON is mended where that needs no guessing, with its slips listed.
 */
export function parseJsonBody(
  bytes: Uint8Array,
  start: number,
  end: number,
  limits: JsonLimits = JSON_LIMITS,
): JsonBody {
  const body = decodeBodyText(bytes, start, end);
  if (body.text === '') return { kind: 'empty', body };
  if (looksEncrypted(bytes, start, end)) return { kind: 'encrypted', body };
  if (body.textLength > limits.bytes) return { kind: 'not-json', reason: 'too-long', offset: 0, body };
  const { text } = body;
  // A text no longer than the limit cannot nest deeper.
  if (text.length > limits.nesting && isDeeperThan(text, limits.nesting)) {
    return { kind: 'not-json', reason: 'too-deep', offset: 0, body };
  }
  try {
    return { kind: 'json', value: JSON.parse(text), body, stray: 0, slips: NO_SLIPS, limits };
  } catch {
    return parseSlipped(bytes, start, body, limits);
  }
}

/**
 * Whether the body is that of an encrypted session: base64 of whole AES blocks, then at most one NUL
 * (field-notes 8). JSON begins with a brace or bracket, which base64 has not.
 */
export function looksEncrypted(bytes: Uint8Array, start: number, end: number): boolean {
  let last = end;
  if (last > start && u8(bytes, last - 1) === 0) last -= 1;
  const length = last - start;
  if (length === 0 || length % 4 !== 0) return false;
  let padding = 0;
  while (padding < 2 && u8(bytes, last - 1 - padding) === 0x3d) padding += 1;
  if (((length / 4) * 3 - padding) % 16 !== 0) return false;
  for (let at = start; at < last - padding; at++) if (!isBase64(u8(bytes, at))) return false;
  return true;
}

function parseSlipped(bytes: Uint8Array, start: number, body: BodyText, limits: JsonLimits): JsonBody {
  const { text } = body;
  let length = text.length;
  if (text.charCodeAt(length - 1) === BACKSLASH) {
    length -= 1;
    while (length > 0 && (text.charCodeAt(length - 1) === 0 || text.charCodeAt(length - 1) === LF))
      length -= 1;
    try {
      const value: unknown = JSON.parse(text.slice(0, length));
      const stray = text.length - length;
      return {
        kind: 'json',
        value,
        body,
        stray,
        slips: [{ slip: 'text-after-end', at: length, length: stray }],
        limits,
      };
    } catch {
      // The backslash was not the fault, or not the only one.
    }
  }
  const mended = readTolerantly(text, limits);
  if (mended !== undefined) {
    return { kind: 'json', value: mended.value, body, stray: 0, slips: mended.slips, limits };
  }
  const fault = findJsonFault(text);
  const at = fault?.at ?? text.length;
  return {
    kind: 'not-json',
    reason: fault?.reason ?? 'ends-early',
    offset: byteOffset(bytes, start, body, at),
    body,
  };
}

/**
 * Where in the body a character of its text lies: the offset of its first byte, from 0.
 *
 * @param start of the body in `bytes`
 * @param units UTF-16 units of `body.text` before it
 */
export function byteOffset(bytes: Uint8Array, start: number, body: BodyText, units: number): number {
  if (body.encoding === 'latin1') return units;
  if (body.encoding === 'utf-8') {
    return (body.byteOrderMark ? 3 : 0) + Buffer.byteLength(body.text.slice(0, units));
  }
  return gb18030Length(bytes, start, start + body.textLength, units + (body.byteOrderMark ? 1 : 0));
}

function bodyText(text: string, encoding: BodyEncoding, textLength: number, trailer: number): BodyText {
  const byteOrderMark = encoding !== 'latin1' && text.startsWith(BYTE_ORDER_MARK);
  return { text: byteOrderMark ? text.slice(1) : text, encoding, textLength, trailer, byteOrderMark };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isBase64(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b
  );
}
