import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import { IPV6 } from '../core/layer.ts';

/** The server's and the relay's port (RFC 4380 section 2.7). */
export const TEREDO_PORT = 3544;

const AUTHENTICATION = 0x0001;
const ORIGIN = 0x0000;
const ORIGIN_LENGTH = 8;

/**
 * Teredo, IPv6 through NATs (RFC 4380 section 5.1.1); both headers may be left out, and come in this order
 *
 *   0  0x0001  2    2  identifier's length  1    3  authentication's length  1    4  both … , nonce 8, confirmation 1
 *   0  0x0000  2    2  port, inverted  2         4  address, inverted  4
 *
 * Then an IPv6 packet; behind it may lie trailers (RFC 6081 section 4).
 */
export function decodeTeredo(cursor: Cursor): void {
  cursor.at = insideOfTeredo(cursor);
  cursor.next = IPV6;
}

/** Whether the datagram at the cursor holds the whole of the IPv6 packet that would be in it. */
export function looksLikeTeredo(cursor: Cursor): boolean {
  const { bytes, end, wireEnd } = cursor;
  const inside = insideOfTeredo(cursor);
  return (
    end - inside >= 40 && u8(bytes, inside) >> 4 === 6 && inside + 40 + u16be(bytes, inside + 4) <= wireEnd
  );
}

/** Where the IPv6 header begins, if this is Teredo; may lie behind the end. */
function insideOfTeredo({ bytes, at, end }: Cursor): number {
  let inside = at;
  if (end - inside >= 4 && u16be(bytes, inside) === AUTHENTICATION) {
    inside += 4 + u8(bytes, inside + 2) + u8(bytes, inside + 3) + 9;
  }
  if (end - inside >= 4 && u16be(bytes, inside) === ORIGIN) inside += ORIGIN_LENGTH;
  return inside;
}
