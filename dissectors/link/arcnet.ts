import { u8 } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { IPV4, IPV6, OTHER } from '../core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../core/refusal.ts';

/**
 * ARCnet, still found in building automation (https://www.tcpdump.org/linktypes.html, ARCNET_BSD and ARCNET_LINUX)
 *
 *   0  source  1    1  destination  1    [Linux: 2  offset  2]    protocol  1
 *   RFC 1201 protocols:  split flag  1, sequence  2;  after split flag 0xff the same again, protocol first:  4
 *   RFC 1051 protocols:  nothing
 */
export function decodeArcnet(cursor: Cursor): void {
  readProtocol(cursor, 2);
}

export function decodeArcnetLinux(cursor: Cursor): void {
  readProtocol(cursor, 4);
}

function readProtocol(cursor: Cursor, before: number): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < before + 1) {
    cursor.refuseShort(before + 1);
    return;
  }
  const protocol = u8(bytes, at + before);
  cursor.at = at + before + 1;
  switch (protocol) {
    case 0xf0: // IPv4, RFC 1051
      cursor.next = IPV4;
      break;
    case 0xd4: // IPv4, RFC 1201
      passSplitHeader(cursor, IPV4);
      break;
    case 0xc4: // IPv6, RFC 2497
      passSplitHeader(cursor, IPV6);
      break;
    case 0xd5: // ARP and RARP
    case 0xd6:
    case 0xf1:
      cursor.next = OTHER;
      break;
    default:
      cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
  }
}

/** Frames sent in several pieces (split flag not 0) are not joined. */
function passSplitHeader(cursor: Cursor, next: number): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 3) {
    cursor.refuseShort(3);
    return;
  }
  const exception = u8(bytes, at) === 0xff;
  const length = exception ? 7 : 3;
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  if (!exception && u8(bytes, at) !== 0) {
    cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
    return;
  }
  cursor.at = at + length;
  cursor.next = next;
}
