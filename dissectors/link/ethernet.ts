import { u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ETHERNET } from '../core/layer.ts';
import { enterEtherType } from './ether-types.ts';

/**
 * Ethernet II and IEEE 802.3
 *
 *   0  destination  6      6  source  6      12  length/type  2
 */
export function decodeEthernet(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 14) {
    cursor.refuseShort(14);
    return;
  }
  cursor.at = at + 14;
  enterEtherType(cursor, u16be(cursor.bytes, at + 12));
}

/**
 * A switch chip's tag (Marvell DSA, Broadcom) between the addresses and the type
 *
 *   0  destination  6      6  source  6      12  tag  4      16  length/type  2
 */
export function decodeDsaEthernet(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 18) {
    cursor.refuseShort(18);
    return;
  }
  cursor.at = at + 18;
  enterEtherType(cursor, u16be(cursor.bytes, at + 16));
}

/** A four-byte tag of the switch chip or the capturing card, then an Ethernet frame. */
export function decodePrependedTag(cursor: Cursor): void {
  if (cursor.end - cursor.at < 4) {
    cursor.refuseShort(4);
    return;
  }
  cursor.at += 4;
  cursor.next = ETHERNET;
}
