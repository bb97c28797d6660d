import { u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { layerOfUdpPorts } from '../net/udp-tunnels.ts';

/**
 * UDP (RFC 768)
 *
 *   0  source port  2    2  destination port  2    4  length, this header included  2    6  checksum  2
 *
 * A length of 0 is a jumbogram's (RFC 2675 section 4) or segmentation offload's: the rest of the IP packet.
 */
export function decodeUdp(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  const length = u16be(bytes, at + 4);
  if (length !== 0) {
    if (length < 8) {
      cursor.refuseMalformed();
      return;
    }
    cursor.endAt(at + length);
  }
  const destinationPort = u16be(bytes, at + 2);
  cursor.sourcePort = u16be(bytes, at);
  cursor.destinationPort = destinationPort;
  cursor.at = at + 8;
  cursor.payloadStart = at + 8;
  cursor.payloadEnd = cursor.end;
  cursor.payloadWireLength = cursor.wireEnd - at - 8;
  cursor.next = layerOfUdpPorts(cursor, cursor.sourcePort, destinationPort);
}
