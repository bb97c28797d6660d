import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { enterIpProtocol } from './ip-protocols.ts';

/**
 * IPv6 (RFC 8200 section 3)
 *
 *   0  version 4 bits, class 8, flow label 20    4  payload length  2    6  next header  1    7  hop limit  1
 *   8  source  16    24  destination  16
 *
 * A payload length of 0 is a jumbogram (RFC 2675; its option gives the length) or a packet captured before
 * segmentation offload: the rest of the packet.
 */
export function decodeIpv6(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 40) {
    cursor.refuseShort(40);
    return;
  }
  if (u8(bytes, at) >> 4 !== 6) {
    cursor.refuseMalformed();
    return;
  }
  const payloadLength = u16be(bytes, at + 4);
  if (payloadLength !== 0) cursor.endAt(at + 40 + payloadLength);
  cursor.addressLength = 16;
  cursor.sourceAt = at + 8;
  cursor.destinationAt = at + 24;
  cursor.at = at + 40;
  enterIpProtocol(cursor, u8(bytes, at + 6));
}
