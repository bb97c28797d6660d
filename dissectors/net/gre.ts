import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { ERSPAN_2, ERSPAN_3, ETHERNET, IPV4, OTHER, PPP, WCCP_REDIRECT, WIFI } from '../core/layer.ts';
import { enterEtherType } from '../link/ether-types.ts';

const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGEMENT = 0x0080;

/**
 * GRE (RFC 2784, RFC 2890, RFC 1701; version 1 is PPTP's, RFC 2637)
 *
 *   0  C R K S s 1 bit each, recursion 3, A (version 1), flags, version 3   2      2  payload type  2
 *   then, each if its bit says so:  checksum and offset 4 (C or R)   key 4   sequence 4   acknowledgement 4   routing
 */
export function decodeGre(cursor: Cursor): void {
  const { bytes, at, end } = cursor;
  if (end - at < 4) {
    cursor.refuseShort(4);
    return;
  }
  const flags = u16be(bytes, at);
  const version = flags & 0x0007;
  if (version > 1) {
    cursor.refuseMalformed();
    return;
  }
  let length = 4;
  if ((flags & (CHECKSUM | ROUTING)) !== 0) length += 4;
  if ((flags & KEY) !== 0) length += 4;
  if ((flags & SEQUENCE) !== 0) length += 4;
  if (version === 1 && (flags & ACKNOWLEDGEMENT) !== 0) length += 4;
  if ((flags & ROUTING) !== 0 && version === 0) length = passRouting(cursor, length);
  if (end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  const type = u16be(bytes, at + 2);
  cursor.at = at + length;
  if (version === 1 && (flags & SEQUENCE) === 0)
    cursor.next = OTHER; // an acknowledgement alone
  else if (type === 0x88be) enterErspan(cursor, (flags & SEQUENCE) !== 0);
  else if (type === 0x22eb) cursor.next = ERSPAN_3;
  else if (type === 0x883e) cursor.next = WCCP_REDIRECT;
  else if (type === 0x880b) cursor.next = PPP;
  else if (type >> 8 === 0x82 || type >> 8 === 0x90) enterAruba(cursor, type);
  else if (type < 0x0600)
    cursor.next = OTHER; // keepalives (0) and private numbers
  else enterEtherType(cursor, type);
}

/**
 * Source routes (RFC 1701):  0  address family  2   2  offset  1   3  length  1   4  route   … until one of length 0
 *
 * Returns the header length behind them.
 */
function passRouting(cursor: Cursor, from: number): number {
  const { bytes, at, end } = cursor;
  let length = from;
  while (end - at >= length + 4) {
    const routeLength = u8(bytes, at + length + 3);
    length += 4 + routeLength;
    if (routeLength === 0) return length;
  }
  return length + 4;
}

/** ERSPAN type I has no header of its own, and is told from type II by the missing sequence number. */
function enterErspan(cursor: Cursor, sequenced: boolean): void {
  cursor.next = sequenced ? ERSPAN_2 : ETHERNET;
}

/** Aruba's controllers number the queues 0x8200, 0x8210 …; 0x9000 is both theirs and the loop test's, which has no GRE. */
function enterAruba(cursor: Cursor, type: number): void {
  if ((type & 0x0f) === 0) cursor.next = WIFI;
  else enterEtherType(cursor, type);
}

/**
 * WCCP version 2 puts four bytes before the redirected IP packet, version 1 none: an IPv4 header begins with a 4.
 *
 *   0  flags  1      1  service  1      2  buckets  2
 */
export function decodeWccpRedirect(cursor: Cursor): void {
  const { bytes, at, end } = cursor;
  if (end - at < 5) {
    cursor.refuseShort(5);
    return;
  }
  if (u8(bytes, at) >> 4 !== 4) cursor.at = at + 4;
  cursor.next = IPV4;
}
