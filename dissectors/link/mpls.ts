import { u8 } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ETHERNET, IPV4, IPV6, OTHER } from '../core/layer.ts';

/**
 * MPLS label stack (RFC 3032):  0  label 20 bits, traffic class 3, bottom of stack 1, TTL 8      … once per label
 *
 * Nothing names the payload; by its first four bits it is IP, a pseudowire with a control word (0), an associated
 * channel (1), or a pseudowire without one (RFC 4385 section 3, RFC 4928 section 3).
 */
export function decodeMpls(cursor: Cursor): void {
  const { bytes, end } = cursor;
  let at = cursor.at;
  let bottom = false;
  while (!bottom && end - at >= 4) {
    bottom = (u8(bytes, at + 2) & 1) !== 0;
    at += 4;
  }
  if (!bottom || end - at < 1) {
    cursor.refuseShort(at - cursor.at + (bottom ? 1 : 4));
    return;
  }
  cursor.at = at;
  const first = u8(bytes, at) >> 4;
  if (first === 4) cursor.next = IPV4;
  else if (first === 6) cursor.next = IPV6;
  else if (first === 1) cursor.next = OTHER;
  else {
    if (first === 0) cursor.at = Math.min(at + 4, end);
    cursor.next = ETHERNET;
  }
}
