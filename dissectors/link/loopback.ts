import { i32be, i32le, u8 } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { IPV4, IPV6 } from '../core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../core/refusal.ts';

/**
 * LINKTYPE_NULL and LINKTYPE_LOOP:  0  address family  4
 *
 * The family is in the byte order of the host that captured (NULL) or of the network (LOOP); it is small, so
 * whichever order makes it small is right. IPv6 has another number on each system: 10 Linux, 24 NetBSD, OpenBSD
 * and Windows (23), 28 FreeBSD, 30 Darwin.
 */
export function decodeLoopback(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 4) {
    cursor.refuseShort(4);
    return;
  }
  const little = i32le(bytes, at);
  const family = little >= 0 && little <= 0xffff ? little : i32be(bytes, at);
  cursor.at = at + 4;
  switch (family) {
    case 2:
      cursor.next = IPV4;
      break;
    case 10:
    case 23:
    case 24:
    case 28:
    case 30:
      cursor.next = IPV6;
      break;
    default:
      cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
  }
}

/** LINKTYPE_RAW: an IP header of either version, told apart by its first four bits. */
export function decodeRawIp(cursor: Cursor): void {
  if (cursor.end - cursor.at < 1) {
    cursor.refuseShort(1);
    return;
  }
  const version = u8(cursor.bytes, cursor.at) >> 4;
  if (version === 4) cursor.next = IPV4;
  else if (version === 6) cursor.next = IPV6;
  else cursor.refuseMalformed();
}
