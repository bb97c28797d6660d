import { i32le, u8, u16le, u32le } from '../core/bytes.ts';

/**
 * The fixed header, specification 3.1 and 3.2; little-endian, 20 bytes (its table; the «32» of its prose is
 * the header of an older protocol).
 *
 * ```
 *  0      1        2          3          4          8         12             13              14      16
 *  magic  version  reserved1  reserved2  sessionId  sequence  total|channel  current|endFlag id(16)  bodyLength(32)
 * ```
 */
export const HEADER_LENGTH = 20;
export const MAGIC = 0xff;

/** Byte 12 of messages before a login whose body is, or should be, in the AES envelope (field notes §1, §8). */
export const ENVELOPE_MARK = 0x63;

/** The session id that mobile clients use before they have one (field notes §1). */
export const PRE_LOGIN_SESSION = 99_999;

/** One header, decoded in place: a framer owns one and fills it for each message. */
export class Header {
  version = 0;
  reserved1 = 0;
  reserved2 = 0;
  sessionId = 0;
  sequence = 0;
  /** Control form: number of packets of this message. Media form: channel. */
  byte12 = 0;
  /** Control form: index of this packet. Media form: end flag. */
  byte13 = 0;
  messageId = 0;
  bodyLength = 0;

  /** Reads what is on the wire; the caller has 20 bytes. Whether it is allowed is a rule's business. */
  read(bytes: Uint8Array, at: number): void {
    this.version = u8(bytes, at + 1);
    this.reserved1 = u8(bytes, at + 2);
    this.reserved2 = u8(bytes, at + 3);
    this.sessionId = u32le(bytes, at + 4);
    this.sequence = u32le(bytes, at + 8);
    this.byte12 = u8(bytes, at + 12);
    this.byte13 = u8(bytes, at + 13);
    this.messageId = u16le(bytes, at + 14);
    this.bodyLength = u32le(bytes, at + 16);
  }
}

/** The 20 bytes that {@link Header.read} would read so. */
export function encodeHeader(header: Header): Uint8Array {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  bytes[0] = MAGIC;
  bytes[1] = header.version;
  bytes[2] = header.reserved1;
  bytes[3] = header.reserved2;
  bytes.writeUInt32LE(header.sessionId, 4);
  bytes.writeUInt32LE(header.sequence, 8);
  bytes[12] = header.byte12;
  bytes[13] = header.byte13;
  bytes.writeUInt16LE(header.messageId, 14);
  bytes.writeUInt32LE(header.bodyLength, 16);
  return bytes;
}

/** What the framing must know of message ids; the registry of messages answers it. */
export interface Vocabulary {
  /** The body is raw data (specification 3.2) and is streamed, not kept. */
  isMedia(id: number): boolean;
  isKnown(id: number): boolean;
}

/**
 * Whether 20 bytes could be a header where none is due: after a gap, in mid-stream, on a port that says
 * nothing. Random bytes pass once in some 2^40 tries: the magic, versions 0 and 1, the values of the
 * reserved bytes that devices use (field notes §1), a known id and a sane length.
 */
export function looksLikeHeader(
  bytes: Uint8Array,
  at: number,
  vocabulary: Vocabulary,
  longestBody: number,
): boolean {
  if (u8(bytes, at) !== MAGIC || u8(bytes, at + 1) > 1) return false;
  const reserved1 = u8(bytes, at + 2);
  if (reserved1 > 1 && reserved1 !== 0xfe) return false;
  if ((u8(bytes, at + 3) & 0x7f) !== 0) return false;
  const length = i32le(bytes, at + 16);
  return length >= 0 && length <= longestBody && vocabulary.isKnown(u16le(bytes, at + 14));
}

/** Offset of the next byte that may begin a header, or `end`. (`indexOf` would search the whole read buffer.) */
export function nextMagic(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && u8(bytes, at) !== MAGIC) at += 1;
  return at;
}
