import { u8 } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ETHERNET, IPV4, IPV6, MPLS, NSH } from '../core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../core/refusal.ts';

/**
 * Network Service Header (RFC 8300 section 2)
 *
 *   0  version 2 bits, OAM, TTL  …  length in words 6 bits  2      2  type  1      3  next protocol  1      4  path  4  …
 */
export function decodeNsh(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  const length = 4 * (u8(bytes, at + 1) & 0x3f);
  if (length < 8) {
    cursor.refuseMalformed();
    return;
  }
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  cursor.at = at + length;
  switch (u8(bytes, at + 3)) {
    case 1:
      cursor.next = IPV4;
      break;
    case 2:
      cursor.next = IPV6;
      break;
    case 3:
      cursor.next = ETHERNET;
      break;
    case 4:
      cursor.next = NSH;
      break;
    case 5:
      cursor.next = MPLS;
      break;
    default:
      cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
  }
}
