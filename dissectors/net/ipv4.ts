import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { FRAGMENT } from '../core/layer.ts';
import { enterIpProtocol } from './ip-protocols.ts';

const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;

/**
 * IPv4 (RFC 791 section 3.1)
 *
 *   0  version 4, header length in words 4    1  service  1     2  total length  2   4  identification  2
 *   6  flags 3, fragment offset 13 (in 8s)    8  time to live   9  protocol  1       10 checksum  2
 *   12 source  4    16 destination  4         20 options  0 … 40
 *
 * A total length of 0 is what a capture on a sender with segmentation offload shows: the rest of the packet.
 * Checksums are not verified; with offload they are not computed yet.
 */
export function decodeIpv4(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 20) {
    cursor.refuseShort(20);
    return;
  }
  const first = u8(bytes, at);
  const headerLength = (first & 0x0f) * 4;
  const totalLength = u16be(bytes, at + 2);
  if (first >> 4 !== 4 || headerLength < 20 || (totalLength !== 0 && totalLength < headerLength)) {
    cursor.refuseMalformed();
    return;
  }
  if (totalLength !== 0) cursor.endAt(at + totalLength);
  if (cursor.end - at < headerLength) {
    cursor.refuseShort(headerLength);
    return;
  }
  cursor.addressLength = 4;
  cursor.sourceAt = at + 12;
  cursor.destinationAt = at + 16;
  cursor.at = at + headerLength;
  const protocol = u8(bytes, at + 9);
  const fragmentation = u16be(bytes, at + 6);
  if ((fragmentation & (MORE_FRAGMENTS | OFFSET_MASK)) === 0) {
    enterIpProtocol(cursor, protocol);
    return;
  }
  cursor.fragmentId = u16be(bytes, at + 4);
  cursor.fragmentProtocol = protocol;
  cursor.fragmentPayload = protocol;
  cursor.fragmentOffset = (fragmentation & OFFSET_MASK) * 8;
  cursor.fragmentMore = (fragmentation & MORE_FRAGMENTS) !== 0;
  cursor.next = FRAGMENT;
}
