import { u8, u16be } from '../core/bytes.ts';
import type { Cursor } from '../core/cursor.ts';
import {
  AYIYA,
  ETHERNET,
  GENEVE,
  GTP,
  IPV4,
  IPV6,
  MPLS,
  NSH,
  OTHER,
  RAW_IP,
  TEREDO,
  UDP,
  VXLAN,
} from '../core/layer.ts';
import { enterEtherType } from '../link/ether-types.ts';
import { looksLikeTeredo, TEREDO_PORT } from './teredo.ts';

/**
 * What a UDP datagram between these ports carries. Any program may use a tunnel's port, so the header must be there and
 * look like one (the decoders below rely on it); else the datagram is plain UDP. `at` is behind the UDP header.
 */
export function layerOfUdpPorts(cursor: Cursor, source: number, destination: number): number {
  switch (destination) {
    case 4789:
    case 8472: // Linux's choice before the number was assigned
      return looksLikeVxlan(cursor) ? VXLAN : UDP;
    case 4790:
      return looksLikeVxlanGpe(cursor) ? VXLAN : UDP;
    case 6081:
      return looksLikeGeneve(cursor) ? GENEVE : UDP;
    case 2152:
      return looksLikeGtp(cursor) ? GTP : UDP;
    case 6635: // RFC 7510
      return cursor.end - cursor.at >= 4 ? MPLS : UDP;
    case AYIYA_PORT:
      return looksLikeAyiya(cursor) ? AYIYA : UDP;
    case TEREDO_PORT:
      return looksLikeTeredo(cursor) ? TEREDO : UDP;
    default:
      // The tunnel's far end answers from the port; the near end, behind a NAT, has any.
      if (source === AYIYA_PORT) return looksLikeAyiya(cursor) ? AYIYA : UDP;
      return source === TEREDO_PORT && looksLikeTeredo(cursor) ? TEREDO : UDP;
  }
}

function looksLikeVxlan({ bytes, at, end }: Cursor): boolean {
  // The flag I, and those of the group policy extension (draft-smith-vxlan-group-policy): G, D, A.
  return (
    end - at >= 8 &&
    (u8(bytes, at) & 0x7f) === 0x08 &&
    (u8(bytes, at + 1) & ~0x48) === 0 &&
    u8(bytes, at + 7) === 0
  );
}

function looksLikeVxlanGpe({ bytes, at, end }: Cursor): boolean {
  return (
    end - at >= 8 && (u8(bytes, at) & 0xfa) === 0x08 && u16be(bytes, at + 1) === 0 && u8(bytes, at + 7) === 0
  );
}

function looksLikeGeneve({ bytes, at, end }: Cursor): boolean {
  return (
    end - at >= 8 &&
    u8(bytes, at) >> 6 === 0 &&
    (u8(bytes, at + 1) & 0x3f) === 0 &&
    u16be(bytes, at + 2) >= 0x0600 &&
    u8(bytes, at + 7) === 0
  );
}

function looksLikeGtp({ bytes, at, end, wireEnd }: Cursor): boolean {
  return end - at >= 8 && u8(bytes, at) >> 4 === 3 && u16be(bytes, at + 2) <= wireEnd - at - 8;
}

/**
 * VXLAN (RFC 7348 section 5) and its generic extension (draft-ietf-nvo3-vxlan-gpe)
 *
 *   0  flags  1      1  reserved  2      3  next protocol, with flag P  1      4  network id  3      7  reserved  1
 */
export function decodeVxlan(cursor: Cursor): void {
  const { bytes, at } = cursor;
  const hasNextProtocol = (u8(bytes, at) & 0x04) !== 0;
  cursor.at = at + 8;
  if (!hasNextProtocol) {
    cursor.next = ETHERNET;
    return;
  }
  const protocol = u8(bytes, at + 3);
  if (protocol === 1 || protocol === 2) cursor.next = RAW_IP;
  else if (protocol === 3) cursor.next = ETHERNET;
  else if (protocol === 4) cursor.next = NSH;
  else cursor.next = OTHER;
}

/**
 * Geneve (RFC 8926 section 3.4)
 *
 *   0  version 2 bits, options length in words 6   1  flags  1   2  EtherType  2   4  network id  3   7  reserved  1
 */
export function decodeGeneve(cursor: Cursor): void {
  const { bytes, at } = cursor;
  const length = 8 + 4 * (u8(bytes, at) & 0x3f);
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  cursor.at = at + length;
  enterEtherType(cursor, u16be(bytes, at + 2));
}

const GTP_PAYLOAD = 0xff;

/**
 * GTP-U (3GPP TS 29.281 section 5): mirrored in a mobile operator's network
 *
 *   0  version 3 bits (1), type 1 (1), reserved, E, S, N  1    1  message  1    2  length behind 8  2    4  tunnel  4
 *   8  with E, S or N:  sequence 2, number 1, next extension 1;  extensions: length in words 1, …, next extension 1
 */
export function decodeGtp(cursor: Cursor): void {
  const { bytes, at } = cursor;
  cursor.endAt(at + 8 + u16be(bytes, at + 2));
  if (u8(bytes, at + 1) !== GTP_PAYLOAD) {
    cursor.next = OTHER;
    return;
  }
  let length = 8;
  if ((u8(bytes, at) & 0x07) !== 0) {
    length = 12;
    while (cursor.end - at > length && u8(bytes, at + length - 1) !== 0) {
      const words = u8(bytes, at + length);
      if (words === 0) {
        cursor.refuseMalformed();
        return;
      }
      length += 4 * words;
    }
  }
  if (cursor.end - at < length) {
    cursor.refuseShort(length);
    return;
  }
  // Other payloads exist (PPP, unstructured), and other programs on this port: then it stays a UDP datagram.
  const version = cursor.end - at > length ? u8(bytes, at + length) >> 4 : 0;
  if (version !== 4 && version !== 6) {
    cursor.next = UDP;
    return;
  }
  cursor.at = at + length;
  cursor.next = RAW_IP;
}

const AYIYA_PORT = 5072;

/** The identity of 16 bytes (an IPv6 address), a SHA-1 signature and the opcode «forward» are all that was ever used. */
function looksLikeAyiya({ bytes, at, end }: Cursor): boolean {
  return (
    end - at >= 44 && u8(bytes, at) === 0x41 && u8(bytes, at + 1) === 0x52 && (u8(bytes, at + 2) & 0x0f) === 1
  );
}

/**
 * AYIYA, IPv6 through NATs (draft-massar-v6ops-ayiya section 3)
 *
 *   0  identity's length and type  1    1  signature's length and method  1    2  authentication, opcode  1
 *   3  next header  1    4  epoch  4    8  identity  16    24  signature  20
 */
export function decodeAyiya(cursor: Cursor): void {
  const { at } = cursor;
  const protocol = u8(cursor.bytes, at + 3);
  cursor.at = at + 44;
  if (protocol === 41) cursor.next = IPV6;
  else if (protocol === 4) cursor.next = IPV4;
  else cursor.next = OTHER;
}

/** Ethernet in IP (RFC 3378):  0  version 4 bits (3), reserved 12  2      2  an Ethernet frame */
export function decodeEtherIp(cursor: Cursor): void {
  const at = cursor.at;
  if (cursor.end - at < 2) {
    cursor.refuseShort(2);
    return;
  }
  if (u8(cursor.bytes, at) >> 4 !== 3) {
    cursor.refuseMalformed();
    return;
  }
  cursor.at = at + 2;
  cursor.next = ETHERNET;
}
