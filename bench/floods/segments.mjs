import { HEADER_BYTES, writeHeader } from '../dvrip-message.mjs';

/** @typedef {import('../capture-writer.mjs').CaptureWriter} CaptureWriter */
/** @typedef {{ source: Uint8Array, target: Uint8Array, sourcePort: number, targetPort: number }} Ends */
/** @typedef {(writer: CaptureWriter, n: number) => void} Flood writes some `n` packets; of large bodies, `n` times 100 bytes */

export const ETHERNET = 14;
export const SYN = 0x02;
export const ACK = 0x10;
export const PORT = 34567;
export const DEVICE = Buffer.from([10, 0, 0, 2]);
const BEGIN_MICROS = 1_760_000_000 * 1e6;
const SEGMENT_BYTES = 1400;
const TCP = 6;

/**
 * An IPv4 (addresses of 4 bytes) or IPv6 packet (of 16) without checksums, which dvrscope does not ask for.
 * @param {CaptureWriter} writer @param {number} micros
 * @param {{ source: Uint8Array, target: Uint8Array, protocol: number, length: number }} packet `length`: of what follows
 * @returns {number} where in `writer.buffer` that goes; it is all zeros
 */
export function writeIp(writer, micros, { source, target, protocol, length }) {
  const six = source.length === 16;
  const header = ETHERNET + (six ? 40 : 20);
  const at = writer.begin(BEGIN_MICROS + micros, header + length);
  const bytes = writer.buffer;
  bytes.fill(0, at, at + header + length);
  bytes.writeUInt16BE(six ? 0x86dd : 0x0800, at + 12);
  const ip = at + ETHERNET;
  if (six) {
    bytes[ip] = 0x60;
    bytes.writeUInt16BE(length, ip + 4);
    bytes[ip + 6] = protocol;
    bytes.set(source, ip + 8);
    bytes.set(target, ip + 24);
  } else {
    bytes[ip] = 0x45;
    bytes.writeUInt16BE(20 + length, ip + 2);
    bytes[ip + 9] = protocol;
    bytes.set(source, ip + 12);
    bytes.set(target, ip + 16);
  }
  return at + header;
}

/**
 * @param {CaptureWriter} writer @param {number} micros
 * @param {Ends & { sequence: number, acknowledgement?: number, flags?: number, payload?: Uint8Array }} segment
 */
export function writeSegment(writer, micros, segment) {
  const { payload = Buffer.alloc(0) } = segment;
  const at = writeIp(writer, micros, { ...segment, protocol: TCP, length: 20 + payload.length });
  const bytes = writer.buffer;
  bytes.writeUInt16BE(segment.sourcePort, at);
  bytes.writeUInt16BE(segment.targetPort, at + 2);
  bytes.writeUInt32BE(segment.sequence >>> 0, at + 4);
  bytes.writeUInt32BE((segment.acknowledgement ?? 0) >>> 0, at + 8);
  bytes[at + 12] = 0x50;
  bytes[at + 13] = segment.flags ?? ACK;
  bytes.set(payload, at + 20);
}

/** The i-th of many clients of one device. @param {number} i */
export function client(i) {
  return { source: Buffer.from([10, 1 + (i >> 16), i >> 8, i]), target: DEVICE, targetPort: PORT };
}

/** The i-th of many connections to it. @param {number} i @returns {Ends} */
export function endsOf(i) {
  return { ...client(i), sourcePort: 1024 + (i % 60_000) };
}

/** The way back. @param {Ends} ends @returns {Ends} */
export function turned({ source, target, sourcePort, targetPort }) {
  return { source: target, target: source, sourcePort: targetPort, targetPort: sourcePort };
}

/** One connection, its handshake sent. @param {CaptureWriter} writer @returns {Ends} */
export function connection(writer) {
  const ends = { ...client(1), sourcePort: 50_000 };
  writeSegment(writer, 0, { ...ends, sequence: 0, flags: SYN });
  return ends;
}

/** The bytes of one connection in segments of the given size. @param {CaptureWriter} writer @param {Buffer} bytes @param {number} [size] */
export function sendAll(writer, bytes, size = SEGMENT_BYTES) {
  const ends = connection(writer);
  for (let at = 0; at < bytes.length; at += size) {
    writeSegment(writer, at, { ...ends, sequence: 1 + at, payload: bytes.subarray(at, at + size) });
  }
}

/**
 * @param {number} id @param {string | Buffer} body
 * @param {{ sequence?: number, sessionId?: number, from?: 'client' | 'device', byte12?: number, byte13?: number }} [more]
 */
export function message(
  id,
  body,
  { sequence = 0, sessionId = 0, from = 'client', byte12 = 0, byte13 = 0 } = {},
) {
  const bytes = Buffer.from(body);
  const whole = Buffer.alloc(HEADER_BYTES + bytes.length);
  writeHeader(whole, 0, { from, sessionId, sequence, id, length: bytes.length });
  whole[12] = byte12;
  whole[13] = byte13;
  bytes.copy(whole, HEADER_BYTES);
  return whole;
}

export const KEEPALIVE = message(1006, '{ "Name" : "KeepAlive", "SessionID" : "0x0000000B" }\n');

/** @param {string} text @param {number} bytes at least so many */
export function repeated(text, bytes) {
  return text.repeat(Math.ceil(bytes / text.length));
}
