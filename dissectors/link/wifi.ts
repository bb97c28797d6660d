import { u8, u16le } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { LLC, OTHER, WIFI } from '../core/layer.ts';

const HAS_CLOCK = 0x01;
const HAS_FLAGS = 0x02;
const MORE_PRESENT_WORDS = 0x80;
const PADDED_HEADER = 0x20;

/**
 * LINKTYPE_IEEE802_11_RADIOTAP (radiotap.org), then the 802.11 frame
 *
 *   0  version  1   1  pad  1   2  header length  2   4  present bits  4, more while bit 31 is set
 *   then, if present, aligned:  clock 8   flags 1   …
 */
export function decodeRadiotap(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  const length = u16le(bytes, at + 2);
  if (length < 8) {
    cursor.refuseMalformed();
    return;
  }
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  const present = u8(bytes, at + 4);
  let fieldAt = 8;
  while (fieldAt <= length && (u8(bytes, at + fieldAt - 1) & MORE_PRESENT_WORDS) !== 0) fieldAt += 4;
  if ((present & HAS_CLOCK) !== 0) fieldAt = ((fieldAt + 7) & ~7) + 8;
  const hasFlags = (present & HAS_FLAGS) !== 0 && fieldAt < length;
  cursor.at = at + length;
  cursor.next = WIFI;
  decodeFrame(cursor, hasFlags && (u8(bytes, at + fieldAt) & PADDED_HEADER) !== 0);
}

/** LINKTYPE_IEEE802_11, and what Aruba's controllers tunnel in GRE. */
export function decodeWifi(cursor: Cursor): void {
  decodeFrame(cursor, false);
}

/**
 * IEEE 802.11 data frame (clause 9.3.2)
 *
 *   0  version, type, subtype  1   1  flags  1   2  duration  2   4  addresses  18   22  sequence  2
 *   then  address 4, between access points  6      QoS control, in QoS frames  2      HT control, with order bit  4
 */
function decodeFrame(cursor: Cursor, padded: boolean): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 2) {
    cursor.refuseShort(2);
    return;
  }
  const kind = u8(bytes, at);
  const flags = u8(bytes, at + 1);
  const isData = (kind & 0x0f) === 0x08;
  const withoutPayload = (kind & 0x40) !== 0;
  const isEncrypted = (flags & 0x40) !== 0;
  const isPiece = (flags & 0x04) !== 0;
  if (!isData || withoutPayload || isEncrypted || isPiece) {
    cursor.next = OTHER;
    return;
  }
  let length = (flags & 0x03) === 0x03 ? 30 : 24;
  const isQos = (kind & 0x80) !== 0;
  const qosAt = at + length;
  if (isQos) length += (flags & 0x80) !== 0 ? 6 : 2;
  if (padded) length = (length + 3) & ~3;
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  const isFirstPiece = (u8(bytes, at + 22) & 0x0f) === 0;
  const isAggregate = isQos && (u8(bytes, qosAt) & 0x80) !== 0;
  cursor.at = at + length;
  cursor.next = isFirstPiece && !isAggregate ? LLC : OTHER;
}
