import { u8 } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ETHERNET, IPV4, IPV6 } from '../core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../core/refusal.ts';

/**
 * ERSPAN type II (draft-foschiano-erspan-03 section 4.2)
 *
 *   0  version 4 bits (1), VLAN 12  2      2  class, encapsulation, truncated, session  2      4  index  4
 */
export function decodeErspan2(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  if (u8(bytes, at) >> 4 !== 1) {
    cursor.refuseMalformed();
    return;
  }
  cursor.at = at + 8;
  cursor.next = ETHERNET;
}

/**
 * ERSPAN type III (section 4.3 of the same draft)
 *
 *   0  version 4 bits (2), VLAN 12  2     2  class, state, truncated, session  2     4  timestamp  4     8  group tag  2
 *   10 payload is a frame 1 bit, frame type 5, hardware 6, direction 1, granularity 2, subheader follows 1  2
 *   12 platform subheader, if the last bit says so  8
 */
export function decodeErspan3(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 12) {
    cursor.refuseShort(12);
    return;
  }
  if (u8(bytes, at) >> 4 !== 2) {
    cursor.refuseMalformed();
    return;
  }
  const length = (u8(bytes, at + 11) & 1) !== 0 ? 20 : 12;
  if (cursor.end - at <= length) {
    cursor.refuseShort(length + 1);
    return;
  }
  cursor.at = at + length;
  const frameType = (u8(bytes, at + 10) >> 2) & 0x1f;
  if (frameType === 0) cursor.next = ETHERNET;
  else if (frameType === 2) cursor.next = u8(bytes, at + length) >> 4 === 6 ? IPV6 : IPV4;
  else cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
}
