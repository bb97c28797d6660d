import { i32be, u8, u16be, u32be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { FRAGMENT } from '../core/layer.ts';
import { enterIpProtocol } from './ip-protocols.ts';

const JUMBO_PAYLOAD = 0xc2;

/**
 * IPv6 hop-by-hop, routing, destination options, and the others of that shape (RFC 8200 section 4, RFC 6564)
 *
 *   0  next header  1    1  length in 8s, the first 8 not counted  1    2  …
 */
export function decodeIpv6Options(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  const length = 8 * (u8(bytes, at + 1) + 1);
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  // RFC 2675: the option comes with alignment 4n + 2, so as the only option it lies right here. It counts from
  // behind the IPv6 header, where the hop-by-hop header begins.
  if (u16be(bytes, at + 2) === ((JUMBO_PAYLOAD << 8) | 4)) {
    const payloadLength = u32be(bytes, at + 4);
    if (payloadLength < length) {
      cursor.refuseMalformed();
      return;
    }
    cursor.endAt(at + payloadLength);
  }
  cursor.at = at + length;
  enterIpProtocol(cursor, u8(bytes, at));
}

/**
 * IPv6 fragment header (RFC 8200 section 4.5)
 *
 *   0  next header  1    1  reserved  1    2  offset in 8s 13 bits, reserved 2, more 1    4  identification  4
 *
 * An atomic fragment (RFC 6946: offset 0, no more) waits for nothing.
 */
export function decodeIpv6Fragment(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) {
    cursor.refuseShort(8);
    return;
  }
  const fragmentation = u16be(bytes, at + 2);
  const payload = u8(bytes, at);
  cursor.at = at + 8;
  if ((fragmentation & 0xfff9) === 0) {
    enterIpProtocol(cursor, payload);
    return;
  }
  cursor.fragmentId = i32be(bytes, at + 4);
  cursor.fragmentProtocol = 0;
  cursor.fragmentPayload = payload;
  cursor.fragmentOffset = fragmentation & 0xfff8;
  cursor.fragmentMore = (fragmentation & 1) !== 0;
  cursor.next = FRAGMENT;
}

/**
 * Authentication Header (RFC 4302 section 2)
 *
 *   0  next header  1    1  length in words, less 2  1    2  reserved  2    4  SPI  4    8  sequence  4    12  check value
 */
export function decodeAuthenticationHeader(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (cursor.end - at < 12) {
    cursor.refuseShort(12);
    return;
  }
  const length = 4 * (u8(bytes, at + 1) + 2);
  if (length < 12) {
    cursor.refuseMalformed();
    return;
  }
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  cursor.at = at + length;
  enterIpProtocol(cursor, u8(bytes, at));
}
