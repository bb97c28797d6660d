import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ETHERNET, IPV4, OTHER } from '../core/layer.ts';
import { enterEtherType } from './ether-types.ts';

const SNAP = 0xaa;
const IP = 0x06;
const UNNUMBERED_INFORMATION = 0x03;

/**
 * IEEE 802.2 LLC and SNAP (RFC 1042)
 *
 *   0  DSAP  1   1  SSAP  1   2  control  1   3  organisation  3   6  protocol  2
 */
export function decodeLlc(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 3) {
    cursor.refuseShort(3);
    return;
  }
  const service = u8(bytes, at);
  const control = u8(bytes, at + 2);
  if (service === IP && control === UNNUMBERED_INFORMATION) {
    cursor.at = at + 3;
    cursor.next = IPV4;
    return;
  }
  if (service !== SNAP || control !== UNNUMBERED_INFORMATION) {
    cursor.next = OTHER; // spanning tree, OSI, NetBIOS, IPX …
    return;
  }
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  cursor.at = at + 8;
  const organisation = (u8(bytes, at + 3) << 16) | u16be(bytes, at + 4);
  const protocol = u16be(bytes, at + 6);
  if (organisation === 0 || organisation === 0x0000f8) {
    // RFC 1042, and the tunnel encapsulation of 802.1H
    if (protocol < 0x0600) cursor.refuseMalformed();
    else enterEtherType(cursor, protocol);
  } else if (organisation === 0x0080c2 && (protocol === 0x0001 || protocol === 0x0007)) {
    // RFC 2684: bridged Ethernet, with and without its checksum
    cursor.next = ETHERNET;
  } else {
    cursor.next = OTHER; // CDP, VTP, per-VLAN spanning tree …
  }
}

/** FDDI:  0  frame control  1   1  destination  6   7  source  6   13  LLC */
export function decodeFddi(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 13) {
    cursor.refuseShort(13);
    return;
  }
  const isLlcFrame = (u8(cursor.bytes, at) & 0xf0) === 0x50;
  if (!isLlcFrame) {
    cursor.next = OTHER;
    return;
  }
  cursor.at = at + 13;
  decodeLlc(cursor);
}
