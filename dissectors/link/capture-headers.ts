import { u16be, u16le, u32le } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { OTHER, RAW_IP, UNDECODED } from '../core/layer.ts';
import { UNKNOWN_LINK_TYPE } from '../core/refusal.ts';
import { enterEtherType } from './ether-types.ts';
import { firstLayer } from './link-types.ts';

const PKTAP_PACKET = 1;

/**
 * Apple's packet metadata, integers in the capturing host's order (little on every Mac since 2006)
 *
 *   0  header length  4      4  record type (1, packet)  4      8  LINKTYPE_ of what follows  4      12  …
 */
export function decodePktap(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 12) {
    cursor.refuseShort(12);
    return;
  }
  const length = u32le(bytes, at);
  if (length < 12) {
    cursor.refuseMalformed();
    return;
  }
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  if (u32le(bytes, at + 4) !== PKTAP_PACKET) {
    cursor.next = OTHER;
    return;
  }
  const linkType = u32le(bytes, at + 8);
  const layer = firstLayer(linkType);
  cursor.at = at + length;
  if (layer === UNDECODED) cursor.refuse(UNKNOWN_LINK_TYPE, linkType);
  else cursor.next = layer;
}

const NFLOG_PAYLOAD = 9;

/**
 * Linux netfilter log:  0  family  1   1  version  1   2  resource  2   4  attributes, each
 *
 *   0  length, this header included, in host order  2      2  type  2      4  value, padded to four bytes
 */
export function decodeNflog(cursor: Cursor): void {
  const { bytes, end } = cursor;
  let at = cursor.at + 4;
  while (end - at >= 4) {
    const length = u16le(bytes, at);
    if (length < 4) {
      cursor.refuseMalformed();
      return;
    }
    if ((u16le(bytes, at + 2) & 0x7fff) === NFLOG_PAYLOAD) {
      cursor.endAt(at + length);
      cursor.at = at + 4;
      cursor.next = RAW_IP;
      return;
    }
    at += (length + 3) & ~3;
  }
  cursor.refuseShort(at + 4 - cursor.at);
}

/** IP over InfiniBand (RFC 4391):  0  global routing header  40      40  EtherType  2      42  reserved  2 */
export function decodeInfiniband(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 44) {
    cursor.refuseShort(44);
    return;
  }
  cursor.at = at + 44;
  enterEtherType(cursor, u16be(cursor.bytes, at + 40));
}
