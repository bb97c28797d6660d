import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ETHERNET, OTHER } from '../core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../core/refusal.ts';
import { enterEtherType } from './ether-types.ts';

/** Passes a tag of `size` bytes that a length/type field follows; `at` is behind the tag's own EtherType. */
function passTag(cursor: Cursor, size: number): void {
  const typeAt = cursor.at + size;
  if (cursor.end < typeAt + 2) {
    cursor.refuseShort(size + 2);
    return;
  }
  cursor.at = typeAt + 2;
  enterEtherType(cursor, u16be(cursor.bytes, typeAt));
}

/**
 * IEEE 802.1Q, 802.1ad and older stacked tags. The VLAN is no part of a flow: a mirror port often shows the two
 * directions of one connection in two VLANs.
 *
 *   0  priority 3 bits, drop eligible 1, VLAN 12      2  length/type  2
 */
export function decodeVlan(cursor: Cursor): void {
  passTag(cursor, 2);
}

/** Cisco VN-Tag:  0  direction, pointer, destination, looped, version, source  4      4  length/type  2 */
export function decodeVnTag(cursor: Cursor): void {
  passTag(cursor, 4);
}

/** Marvell EDSA:  0  reserved  2      2  DSA tag  4      6  length/type  2 */
export function decodeEdsaTag(cursor: Cursor): void {
  passTag(cursor, 6);
}

/** IEEE 802.1ah I-TAG:  0  priority, flags  1      1  service id  3      4  the customer's Ethernet frame */
export function decodeBackboneTag(cursor: Cursor): void {
  if (cursor.end - cursor.at < 4) {
    cursor.refuseShort(4);
    return;
  }
  cursor.at += 4;
  cursor.next = ETHERNET;
}

/** Cisco metadata (TrustSec):  0  version  1      1  n, options in words  1      2  options  4n      length/type  2 */
export function decodeCiscoMetadata(cursor: Cursor): void {
  if (cursor.end - cursor.at < 2) {
    cursor.refuseShort(2);
    return;
  }
  passTag(cursor, 2 + 4 * u8(cursor.bytes, cursor.at + 1));
}

/** Arista:  0  subtype (1, timestamp)  2      2  format and clock  2      4  time, 8 or 6 bytes      length/type  2 */
export function decodeAristaTimestamp(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 4) {
    cursor.refuseShort(4);
    return;
  }
  const format = u16be(bytes, at + 2) & 0xff;
  if (u16be(bytes, at) !== 1) cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
  else if (format === 0x10) passTag(cursor, 12);
  else if (format === 0x20) passTag(cursor, 10);
  else cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
}

/**
 * IEEE 802.1AE; the trailing check value stays behind (the IP length takes it off).
 *
 *   0  V ES SC SCB E C, association 2 bits  1   1  short length  1   2  packet number  4   6  channel, if SC  8
 */
export function decodeMacsec(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 6) {
    cursor.refuseShort(6);
    return;
  }
  const control = u8(bytes, at);
  const encryptedOrChanged = (control & 0x0c) !== 0;
  if (encryptedOrChanged) cursor.next = OTHER;
  else passTag(cursor, (control & 0x20) !== 0 ? 14 : 6);
}
