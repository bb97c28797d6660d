import { CaptureWriter } from './capture-writer.mjs';
import { HEADER_BYTES, writeHeader } from './dvrip-message.mjs';

const ETHERNET = 14;
const SYN = 0x02;
const ACK = 0x10;
const PORT = 34567;
const BEGIN = 1_760_000_000;
const DEVICE = Buffer.from([10, 0, 0, 2]);

/** @typedef {(n: number) => number} Generator writes some `n` packets and answers the bytes of the file */

/**
 * One TCP segment in IPv4 (addresses of 4 bytes) or IPv6 (of 16), without checksums, which dvrscope does not ask for.
 * @param {CaptureWriter} writer @param {number} micros
 * @param {{ source: Uint8Array, target: Uint8Array, sourcePort: number, targetPort: number, sequence: number,
 *   acknowledgement?: number, flags?: number, payload?: Uint8Array }} segment
 */
function writeSegment(writer, micros, segment) {
  const { source, target, payload = Buffer.alloc(0) } = segment;
  const six = source.length === 16;
  const tcp = ETHERNET + (six ? 40 : 20);
  const length = tcp + 20 + payload.length;
  const at = writer.begin(BEGIN * 1e6 + micros, length);
  const bytes = writer.buffer;
  bytes.fill(0, at, at + tcp + 20);
  bytes.writeUInt16BE(six ? 0x86dd : 0x0800, at + 12);
  const ip = at + ETHERNET;
  if (six) {
    bytes[ip] = 0x60;
    bytes.writeUInt16BE(20 + payload.length, ip + 4);
    bytes[ip + 6] = 6;
    bytes.set(source, ip + 8);
    bytes.set(target, ip + 24);
  } else {
    bytes[ip] = 0x45;
    bytes.writeUInt16BE(length - ETHERNET, ip + 2);
    bytes[ip + 9] = 6;
    bytes.set(source, ip + 12);
    bytes.set(target, ip + 16);
  }
  bytes.writeUInt16BE(segment.sourcePort, at + tcp);
  bytes.writeUInt16BE(segment.targetPort, at + tcp + 2);
  bytes.writeUInt32BE(segment.sequence >>> 0, at + tcp + 4);
  bytes.writeUInt32BE((segment.acknowledgement ?? 0) >>> 0, at + tcp + 8);
  bytes[at + tcp + 12] = 0x50;
  bytes[at + tcp + 13] = segment.flags ?? ACK;
  bytes.set(payload, at + tcp + 20);
}

/** @param {number} i the i-th of many clients */
function client(i) {
  return { source: Buffer.from([10, 1 + (i >> 16), i >> 8, i]), target: DEVICE, targetPort: PORT };
}

/** @param {number} id @param {string | Buffer} body @param {number} [sequence] @param {number} [sessionId] */
function message(id, body, sequence = 0, sessionId = 0) {
  const bytes = Buffer.from(body);
  const whole = Buffer.alloc(HEADER_BYTES + bytes.length);
  writeHeader(whole, 0, { from: 'client', sessionId, sequence, id, length: bytes.length });
  bytes.copy(whole, HEADER_BYTES);
  return whole;
}

/** One connection, its handshake sent. @param {CaptureWriter} writer */
function connection(writer) {
  const ends = { ...client(1), sourcePort: 50_000 };
  writeSegment(writer, 0, { ...ends, sequence: 0, flags: SYN });
  return ends;
}

/** The bytes of one connection in segments of the given size. @param {CaptureWriter} writer @param {Buffer} bytes @param {number} size */
function sendAll(writer, bytes, size) {
  const ends = connection(writer);
  for (let at = 0; at < bytes.length; at += size) {
    writeSegment(writer, at, { ...ends, sequence: 1 + at, payload: bytes.subarray(at, at + size) });
  }
}

const KEEPALIVE = message(1006, '{ "Name" : "KeepAlive", "SessionID" : "0x0000000B" }\n');

/** @param {CaptureWriter} writer @param {string} body about a megabyte @param {number} times */
function sendBodies(writer, body, times) {
  sendAll(writer, Buffer.concat(Array.from({ length: times }, (_, i) => message(1040, body, i))), 1400);
}

/** @param {string} text @param {number} bytes */
function repeated(text, bytes) {
  return text.repeat(Math.ceil(bytes / text.length));
}

/** IPv6 addresses whose differences a weak hash cancels whatever its seed is. @param {number} i */
function colliding(i) {
  const source = Buffer.alloc(16, 0x20);
  const words = [0, 1, 2, 3].map((word) => source.readUInt32BE(4 * word));
  const differences = [
    [0, 31, 1, 14],
    [1, 31, 2, 12],
    [2, 31, 3, 16],
  ];
  for (const [bit, [a = 0, p = 0, b = 0, q = 0]] of differences.entries()) {
    if (((i >> bit) & 1) === 0) continue;
    words[a] = (words[a] ?? 0) ^ (1 << p);
    words[b] = (words[b] ?? 0) ^ (1 << q);
  }
  // The upper bits of a word and where they come to lie in the next: 2^2k addresses, 2^k sums.
  words[0] = (words[0] ?? 0) ^ (((i >> 3) & 0x7f) << 24);
  words[1] = (words[1] ?? 0) ^ (((i >> 10) & 0x7f) << 7);
  for (const [place, word] of words.entries()) source.writeInt32BE(word | 0, 4 * place);
  return source;
}

/** Floods by name; each is made with about as many packets, or bytes for the large bodies, as it is asked for. */
export const FLOODS = {
  ordinary: (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const bytes = Buffer.concat(Array.from({ length: 300 }, () => KEEPALIVE));
    const ends = connection(writer);
    for (let i = 0, at = 0; i < n; i++, at += 600) {
      const from = at % (bytes.length - 600);
      writeSegment(writer, i * 1000, {
        ...ends,
        sequence: 1 + at,
        payload: bytes.subarray(from, from + 600),
      });
    }
  },
  'a SYN a packet': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    for (let i = 0; i < n; i++) {
      writeSegment(writer, i * 10, {
        ...client(i % 400_000),
        sourcePort: 1024 + (i % 60_000),
        sequence: i,
        flags: SYN,
      });
    }
  },
  'one-byte segments': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const times = Math.ceil(n / KEEPALIVE.length);
    sendAll(writer, Buffer.concat(Array.from({ length: times }, () => KEEPALIVE)), 1);
  },
  'one-byte segments behind a hole': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const ends = connection(writer);
    for (let i = 0; i < n; i++) {
      writeSegment(writer, i, {
        ...ends,
        sequence: 100 + 2 * i,
        payload: KEEPALIVE.subarray(i % 60, (i % 60) + 1),
      });
    }
  },
  'overlapping segments': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const ends = connection(writer);
    const payload = Buffer.alloc(1000);
    for (let i = 0; i < n; i++) {
      payload.fill(i);
      writeSegment(writer, i, { ...ends, sequence: 100 + i, payload });
    }
  },
  'backwards, one hole before each': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const ends = connection(writer);
    const payload = Buffer.alloc(100, 0x20);
    for (let i = 0; i < n; i++) {
      // Runs of 4,000 segments, as many as may wait, each from its end to its beginning.
      const run = Math.floor(i / 4000);
      const place = 3999 - (i % 4000);
      writeSegment(writer, i, { ...ends, sequence: 1000 + run * 900_000 + place * 200, payload });
    }
  },
  'fragments without end': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    for (let i = 0; i < n; i++) {
      const length = ETHERNET + 20 + 80;
      const at = writer.begin(BEGIN * 1e6 + i, length);
      const bytes = writer.buffer;
      bytes.fill(0, at, at + length);
      bytes.writeUInt16BE(0x0800, at + 12);
      bytes[at + ETHERNET] = 0x45;
      bytes.writeUInt16BE(100, at + ETHERNET + 2);
      bytes.writeUInt16BE(i & 0x3fff, at + ETHERNET + 4);
      bytes.writeUInt16BE(0x2000 | ((i >> 3) % 0x1f00), at + ETHERNET + 6);
      bytes[at + ETHERNET + 9] = 17;
      bytes.set(client(1).source, at + ETHERNET + 12);
      bytes.set(DEVICE, at + ETHERNET + 16);
    }
  },
  'a login a packet, one connection': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const ends = connection(writer);
    const back = { source: ends.target, target: ends.source, sourcePort: PORT, targetPort: ends.sourcePort };
    for (let i = 0, out = 1, home = 1; i < n; i += 2) {
      const login = message(
        1000,
        '{ "EncryptType" : "MD5", "LoginType" : "DVRIP-Web", "PassWord" : "tlJwpbo6", "UserName" : "a" }\n',
        i,
      );
      const id = `0x${i.toString(16).padStart(8, '0')}`;
      const reply = message(1001, `{ "AliveInterval" : 20, "Ret" : 100, "SessionID" : "${id}" }\n`, i, i);
      writeSegment(writer, i * 1000, { ...ends, sequence: out, acknowledgement: home, payload: login });
      out += login.length;
      writeSegment(writer, i * 1000 + 500, { ...back, sequence: home, acknowledgement: out, payload: reply });
      home += reply.length;
    }
  },
  'a login a packet, a connection each': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    for (let i = 0; i < n; i++) {
      const payload = message(
        1000,
        '{ "LoginType" : "DVRIP-Web", "PassWord" : "tlJwpbo6", "UserName" : "a" }\n',
        i,
      );
      writeSegment(writer, i * 10, { ...client(i), sourcePort: 1024 + (i % 60_000), sequence: 1, payload });
    }
  },
  'collisions in the flow table': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) => {
    const target = Buffer.alloc(16, 0x30);
    for (let i = 0; i < n; i++) {
      const source = colliding((i * 40_503) & 0x1ffff);
      writeSegment(writer, i, { source, target, sourcePort: 5000, targetPort: PORT, sequence: i });
    }
  },
  'JSON: brackets': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) =>
    sendBodies(writer, repeated('[', 1e6), n / 1e4),
  'JSON: commas': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) =>
    sendBodies(writer, `{${repeated(',', 1e6)}}`, n / 1e4),
  'JSON: keys without end': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) =>
    sendBodies(writer, `{${repeated('"Name":1,', 1e6)}`, n / 1e4),
  'JSON: quotes': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) =>
    sendBodies(writer, `{"a":"${repeated('"\\', 1e6)}`, n / 1e4),
  'JSON: many values': (/** @type {CaptureWriter} */ writer, /** @type {number} */ n) =>
    sendBodies(writer, `{"Name":"OPMonitor","OPMonitor":[${repeated('{"a":1},', 9e5)}{}]}`, n / 1e4),
};

/** @param {keyof typeof FLOODS} name @param {string} path @param {number} n */
export function writeFlood(name, path, n) {
  const writer = new CaptureWriter(path);
  FLOODS[name](writer, n);
  writer.close();
  return { bytes: writer.bytes, packets: writer.packets };
}
