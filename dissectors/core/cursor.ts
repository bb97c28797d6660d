import { UNDECODED } from './layer.ts';
import { CUT_SHORT, MALFORMED, UNKNOWN_LINK_TYPE } from './refusal.ts';

const NO_BYTES = Buffer.alloc(0);

/**
 * Where the decoding of one packet stands, and what the layers passed so far said. Each layer decoder reads its own
 * header at `at`, moves `at` behind it, lowers the two ends where its header says so, and names the `next` layer.
 * One object serves every packet: plain numbers, always the same shape, nothing allocated.
 */
export class Cursor {
  /** The packet's read buffer, or the reassembled datagram. */
  bytes: Uint8Array = NO_BYTES;
  /** Offset of the next header. */
  at = 0;
  /** End of the captured bytes. */
  end = 0;
  /** Where the layer ends on the wire, by the headers so far; beyond `end` when the snap length cut the packet. */
  wireEnd = 0;
  /** A layer or an outcome of `layer.ts`. While a layer decodes it still holds that layer. */
  next = UNDECODED;

  /** 4 or 16: the length of the innermost IP addresses … */
  addressLength = 0;
  /** … and where in `bytes` they lie. */
  sourceAt = 0;
  destinationAt = 0;

  /** Identification of a fragmented datagram, its IP protocol (0 in IPv6, where it is no part of the key) … */
  fragmentId = 0;
  fragmentProtocol = 0;
  /** … the protocol its first header names, this fragment's offset in bytes, and whether more follow. */
  fragmentPayload = 0;
  fragmentOffset = 0;
  fragmentMore = false;

  sourcePort = 0;
  destinationPort = 0;
  /** Wrapped 32-bit numbers. */
  sequence = 0;
  acknowledgement = 0;
  /** The 12 bits behind the data offset (RFC 9293, RFC 9768): FIN is 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32. */
  flags = 0;
  /** The captured payload … */
  payloadStart = 0;
  payloadEnd = 0;
  /** … and its length by the headers; more than captured when the snap length cut the packet. */
  payloadWireLength = 0;

  /** Why the packet stays undecoded: a number of `refusal.ts`, and what it concerns. */
  reason = UNKNOWN_LINK_TYPE;
  detail = 0;

  /** Ends the decoding with a reason. */
  refuse(reason: number, detail: number): void {
    this.reason = reason;
    this.detail = detail;
    this.next = UNDECODED;
  }

  /** The header at `at` contradicts itself. */
  refuseMalformed(): void {
    this.refuse(MALFORMED, this.next);
  }

  /** The header at `at` needs `size` bytes and they are not there: cut by the snap length, or never sent. */
  refuseShort(size: number): void {
    this.refuse(this.wireEnd - this.at < size ? MALFORMED : CUT_SHORT, this.next);
  }

  /** The layer's own length field: what lies behind `wireEnd` is padding, a trailer or a checksum. */
  endAt(wireEnd: number): void {
    if (wireEnd >= this.wireEnd) return;
    this.wireEnd = wireEnd;
    if (this.end > wireEnd) this.end = wireEnd;
  }
}
