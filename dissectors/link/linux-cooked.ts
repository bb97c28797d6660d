import { u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { LLC, OTHER } from '../core/layer.ts';
import { enterEtherType } from './ether-types.ts';

/** Linux's own protocol numbers below 1536 (if_ether.h): LLC is 4, the rest is Novell, CAN, local talk … */
const LINUX_LLC = 0x0004;
const SMALLEST_ETHER_TYPE = 0x0600;

function enterLinuxProtocol(cursor: Cursor, protocol: number): void {
  if (protocol >= SMALLEST_ETHER_TYPE) enterEtherType(cursor, protocol);
  else cursor.next = protocol === LINUX_LLC ? LLC : OTHER;
}

/**
 * LINKTYPE_LINUX_SLL, what `tcpdump -i any` wrote until libpcap 1.10
 *
 *   0  direction  2   2  ARPHRD  2   4  address length  2   6  address  8   14  protocol  2
 */
export function decodeLinuxCooked(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 16) {
    cursor.refuseShort(16);
    return;
  }
  cursor.at = at + 16;
  enterLinuxProtocol(cursor, u16be(cursor.bytes, at + 14));
}

/**
 * LINKTYPE_LINUX_SLL2
 *
 *   0  protocol  2   2  reserved  2   4  interface  4   8  ARPHRD  2   10  direction  1   11  address length  1   12  address  8
 */
export function decodeLinuxCooked2(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 20) {
    cursor.refuseShort(20);
    return;
  }
  cursor.at = at + 20;
  enterLinuxProtocol(cursor, u16be(cursor.bytes, at));
}
