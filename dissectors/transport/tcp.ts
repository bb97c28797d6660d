import { i32be, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { TCP } from '../core/layer.ts';

/**
 * TCP (RFC 9293 section 3.1)
 *
 *   0  source port  2    2  destination port  2     4  sequence  4    8  acknowledgement  4
 *   12 data offset in words 4 bits, reserved 3, flags 9  2            14 window  2   16 checksum  2   18 urgent  2
 *   20 options, up to the data offset
 *
 * The options may be cut by the snap length: then there is no captured payload, but its length is known.
 */
export function decodeTcp(cursor: Cursor): void {
  const { bytes, at, end } = cursor;
  if (end - at < 20) {
    cursor.refuseShort(20);
    return;
  }
  const offsetAndFlags = u16be(bytes, at + 12);
  const headerLength = (offsetAndFlags >> 12) * 4;
  const payloadWireLength = cursor.wireEnd - at - headerLength;
  if (headerLength < 20 || payloadWireLength < 0) {
    cursor.refuseMalformed();
    return;
  }
  cursor.sourcePort = u16be(bytes, at);
  cursor.destinationPort = u16be(bytes, at + 2);
  cursor.sequence = i32be(bytes, at + 4);
  cursor.acknowledgement = i32be(bytes, at + 8);
  cursor.flags = offsetAndFlags & 0x0fff;
  cursor.payloadStart = Math.min(at + headerLength, end);
  cursor.payloadEnd = end;
  cursor.payloadWireLength = payloadWireLength;
  cursor.next = TCP;
}
