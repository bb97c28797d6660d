import { u8, u32le } from '../core/bytes.ts';

const HEADER_LENGTH = 32;
/** Far more than a control body of that protocol holds; a random length is almost surely larger. */
const LONGEST_BODY = 1 << 20;

const DHIP = 0x50494844; // «DHIP» as a little-endian word
const REALM = 0x6c616552; // «Real», of «Realm:»
const TRANSACTION = 0x6e617254; // «Tran», of «TransactionID:»
const OPEN_BRACE = 0x7b;
/** The last two bytes of the login request's tail. */
const LOGIN_MARK = 0xaaa1;

/**
 * Whether the bytes from `start` begin with a 32-byte header of Dahua's protocol (TCP 37777), from which the
 * one analyzed here descends and with which it is mixed up (§3.1 still says 32; field-notes 1). A hint for the
 * person who aimed the wrong tool, so it fires only where the whole header fits a known message.
 *
 *   0   4  type: request A0 … A4, F4, F6; reply B0 … B4, F4, F6 with 58 or 78 as its last byte
 *   4   4  payload length, little-endian
 *   8   4  sequence or command code        12  4  zero
 *  16   4  total payload length, or session   20  4  zero
 *  24   4  session                         28  4  zero
 *  32      payload
 *
 * «DHIP» is the sister protocol of the same devices: 20 00 00 00 and its name, then session, id and lengths.
 * Sources: the headers shown by r4bit999/dvrip-analysis, mcw0/DahuaConsole and depthsecurity/dahua_dvr_auth_bypass.
 */
export function looksLikeDahua(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_LENGTH) return false;
  const length = u32le(bytes, start + 4);
  switch (u8(bytes, start)) {
    case 0xa0:
      return isLogin(bytes, start);
    case 0xb0:
      return isTyped(bytes, start) && isLoginReply(bytes, start, end, length);
    case 0xa1:
    case 0xb1:
      return isTyped(bytes, start) && isZero(bytes, start + 4, start + HEADER_LENGTH);
    case 0xa3:
    case 0xa4:
      return isQuery(bytes, start, length);
    case 0xb3:
    case 0xb4:
      return isTyped(bytes, start) && isQueryReply(bytes, start, length);
    case 0xf4:
      return (
        isTyped(bytes, start) &&
        isZero(bytes, start + 8, start + HEADER_LENGTH) &&
        isPayload(bytes, start, end, length, TRANSACTION)
      );
    case 0xf6:
      return isTyped(bytes, start) && isJson(bytes, start, end, length);
    case 0x20:
      return isDhip(bytes, start);
    default:
      return false;
  }
}

/** How many bytes decide for a header that begins with `type`: some are also told by what their payload begins with. */
export function dahuaBytes(type: number): number {
  return type === 0xb0 || type === 0xf4 || type === 0xf6 ? HEADER_LENGTH + 4 : HEADER_LENGTH;
}

/** The type word: a request has three zero bytes after the type, a reply 58 or 78 in the last. */
function isTyped(bytes: Uint8Array, start: number): boolean {
  const last = u8(bytes, start + 3);
  return (
    u8(bytes, start + 1) <= 1 && u8(bytes, start + 2) === 0 && (last === 0 || last === 0x58 || last === 0x78)
  );
}

/** A0 00, A0 01 (asks for the realm) or A0 05, hashes of name and password at 8, and a tail 04|05 … A1 AA at 24. */
function isLogin(bytes: Uint8Array, start: number): boolean {
  const version = u8(bytes, start + 1);
  const tail = u8(bytes, start + 24);
  return (
    (version === 0 || version === 1 || version === 5) &&
    u8(bytes, start + 2) === 0 &&
    u32le(bytes, start + 4) < LONGEST_BODY &&
    (tail === 4 || tail === 5) &&
    u8(bytes, start + 28) === 0 &&
    u8(bytes, start + 29) === 0 &&
    u32le(bytes, start + 28) >>> 16 === LOGIN_MARK
  );
}

/** With a payload the challenge «Realm:…»; without one the verdict, 00|01 and a code below 0x20 at 8. */
function isLoginReply(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  if (u8(bytes, start + 3) === 0) return false;
  if (length !== 0) return isPayload(bytes, start, end, length, REALM);
  return u8(bytes, start + 8) <= 1 && u8(bytes, start + 9) < 0x20 && u8(bytes, start + 11) === 0;
}

/** A3 and A4: a query, whose only argument is the small command code at 8 (A3 01 00 01 is the discovery probe). */
function isQuery(bytes: Uint8Array, start: number, length: number): boolean {
  const code = u8(bytes, start + 8);
  if (u8(bytes, start) === 0xa4) {
    return (
      length === 0 &&
      code !== 0 &&
      isZero(bytes, start + 1, start + 4) &&
      isZero(bytes, start + 9, start + HEADER_LENGTH)
    );
  }
  return (
    length === 0 &&
    u8(bytes, start + 1) <= 1 &&
    u8(bytes, start + 2) === 0 &&
    u8(bytes, start + 3) <= 1 &&
    isZero(bytes, start + 20, start + HEADER_LENGTH)
  );
}

function isQueryReply(bytes: Uint8Array, start: number, length: number): boolean {
  return (
    u8(bytes, start + 3) !== 0 &&
    length < LONGEST_BODY &&
    isZero(bytes, start + 9, start + 16) &&
    isZero(bytes, start + 20, start + HEADER_LENGTH)
  );
}

/** F6: JSON, split over several messages where the total at 16 exceeds the length at 4. */
function isJson(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  const total = u32le(bytes, start + 16);
  return (
    length > 0 &&
    length <= total &&
    total < LONGEST_BODY &&
    isZero(bytes, start + 20, start + 24) &&
    isZero(bytes, start + 28, start + HEADER_LENGTH) &&
    (end - start === HEADER_LENGTH || u8(bytes, start + HEADER_LENGTH) === OPEN_BRACE)
  );
}

function isDhip(bytes: Uint8Array, start: number): boolean {
  return u32le(bytes, start) === 0x20 && u32le(bytes, start + 4) === DHIP;
}

/** A payload of a plausible length that begins with the word, as far as it is there. */
function isPayload(bytes: Uint8Array, start: number, end: number, length: number, word: number): boolean {
  if (length < 4 || length >= LONGEST_BODY) return false;
  return end - start < HEADER_LENGTH + 4 || u32le(bytes, start + HEADER_LENGTH) === word;
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (u8(bytes, at) !== 0) return false;
  return true;
}
