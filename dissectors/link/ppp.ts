import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { CISCO_HDLC, IPV4, IPV6, MPLS, OTHER, PPP } from '../core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../core/refusal.ts';
import { enterEtherType } from './ether-types.ts';

/**
 * PPP in HDLC-like framing (RFC 1662); pppd's captures have a direction (0 or 1) in place of the address, and
 * Cisco's HDLC comes under the same link types.
 *
 *   0  address 0xFF, if not compressed  1      1  control 0x03  1      2  PPP
 */
export function decodePppHdlc(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 2) {
    cursor.refuseShort(2);
    return;
  }
  const address = u8(bytes, at);
  if (address === 0x0f || address === 0x8f) {
    cursor.next = CISCO_HDLC;
    return;
  }
  if (u8(bytes, at + 1) === 0x03 && (address === 0xff || address <= 1)) cursor.at = at + 2;
  cursor.next = PPP;
}

/** LINKTYPE_PPP_WITH_DIR:  0  direction  1      1  PPP, with or without HDLC framing */
export function decodePppWithDirection(cursor: Cursor): void {
  if (cursor.end - cursor.at < 1) {
    cursor.refuseShort(1);
    return;
  }
  cursor.at += 1;
  decodePppHdlc(cursor);
}

/**
 * PPP (RFC 1661), also inside PPPoE and GRE, where the HDLC bytes may lead too
 *
 *   0  protocol  1 when odd (compressed), else 2
 */
export function decodePpp(cursor: Cursor): void {
  const { bytes, end } = cursor;
  let at = cursor.at;
  if (end - at >= 2 && u16be(bytes, at) === 0xff03) at += 2;
  if (end - at < 1) {
    cursor.refuseShort(1);
    return;
  }
  let protocol = u8(bytes, at);
  if ((protocol & 1) !== 0) {
    at += 1;
  } else if (end - at >= 2) {
    protocol = u16be(bytes, at);
    at += 2;
  } else {
    cursor.refuseShort(2);
    return;
  }
  cursor.at = at;
  if (protocol === 0x0021) cursor.next = IPV4;
  else if (protocol === 0x0057) cursor.next = IPV6;
  else if (protocol === 0x0281 || protocol === 0x0283) cursor.next = MPLS;
  else if (protocol >= 0x8000)
    cursor.next = OTHER; // control protocols: LCP, IPCP, PAP …
  else cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
}

/**
 * PPPoE session (RFC 2516 section 4)
 *
 *   0  version, type  1      1  code  1      2  session  2      4  length  2
 */
export function decodePppoe(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 6) {
    cursor.refuseShort(6);
    return;
  }
  if (u8(bytes, at) !== 0x11) {
    cursor.refuseMalformed();
    return;
  }
  cursor.at = at + 6;
  cursor.endAt(at + 6 + u16be(bytes, at + 4));
  cursor.next = u8(bytes, at + 1) === 0 ? PPP : OTHER;
}

/** Cisco HDLC:  0  address  1      1  control  1      2  EtherType  2 */
export function decodeCiscoHdlc(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 4) {
    cursor.refuseShort(4);
    return;
  }
  const type = u16be(cursor.bytes, at + 2);
  cursor.at = at + 4;
  const keepalive = type === 0x8035;
  if (keepalive || type < 0x0600) cursor.next = OTHER;
  else enterEtherType(cursor, type);
}
