import { connection, endsOf, KEEPALIVE, message, sendAll, turned, writeSegment } from './segments.mjs';

/** @typedef {import('./segments.mjs').Flood} Flood */

const LOGIN =
  '{ "EncryptType" : "MD5", "LoginType" : "DVRIP-Web", "PassWord" : "tlJwpbo6", "UserName" : "a" }\n';

/** @param {number} session */
function idOf(session) {
  return `0x${session.toString(16).padStart(8, '0')}`;
}

/** Small messages, many of them in each segment. @param {number} n @param {(i: number) => Buffer} make */
function many(n, make) {
  // As many bytes as `n` segments of 100 would have.
  const all = [];
  for (let i = 0, bytes = 0; bytes < n * 100; i++) {
    const made = make(i);
    bytes += made.length;
    all.push(made);
  }
  return Buffer.concat(all);
}

/** A chunk of sound with nothing in it. */
const EMPTY_CHUNK = Buffer.from([0, 0, 1, 0xfa, 14, 2, 0, 0]);

/** @type {Readonly<Record<string, Flood>>} */
export const DVRIP_FLOODS = {
  'a login a packet, one connection'(writer, n) {
    const ends = connection(writer);
    const back = turned(ends);
    for (let i = 0, out = 1, home = 1; i < n; i += 2) {
      const login = message(1000, LOGIN, { sequence: i });
      const body = `{ "AliveInterval" : 20, "Ret" : 100, "SessionID" : "${idOf(i)}" }\n`;
      const reply = message(1001, body, { sequence: i, sessionId: i, from: 'device' });
      writeSegment(writer, i * 1000, { ...ends, sequence: out, acknowledgement: home, payload: login });
      out += login.length;
      writeSegment(writer, i * 1000 + 500, { ...back, sequence: home, acknowledgement: out, payload: reply });
      home += reply.length;
    }
  },
  'a login a packet, a connection each'(writer, n) {
    for (let i = 0; i < n; i++) {
      writeSegment(writer, i * 10, {
        ...endsOf(i),
        sequence: 1,
        payload: message(1000, LOGIN, { sequence: i }),
      });
    }
  },
  'a session a message'(writer, n) {
    sendAll(
      writer,
      many(n, (i) => message(1006, `{ "SessionID" : "${idOf(i + 1)}" }`, { sessionId: i + 1 })),
    );
  },
  'requests that nobody answers'(writer, n) {
    const connections = Math.ceil(n / 64);
    for (let i = 0; i < n; i++) {
      const turn = Math.floor(i / connections);
      writeSegment(writer, i * 10, {
        ...endsOf(i % connections),
        sequence: 1 + turn * KEEPALIVE.length,
        payload: KEEPALIVE,
      });
    }
  },
  'pieces of messages without end'(writer, n) {
    sendAll(
      writer,
      many(n, (i) => message(1042, '{}', { sequence: i, sessionId: i & 0xff, byte12: 255, byte13: i % 200 })),
    );
  },
  'messages without a body, all ids'(writer, n) {
    sendAll(
      writer,
      many(n, (i) => message(i & 0xffff, '', { sequence: i, sessionId: 11 })),
    );
  },
  'bytes that begin as headers do'(writer, n) {
    const almost = Buffer.from([0xff, 0x01, 0x00, 0x00]);
    sendAll(
      writer,
      many(n, (i) => (i === 0 ? KEEPALIVE : almost)),
    );
  },
  'media chunks without content'(writer, n) {
    const body = Buffer.concat(Array(1000).fill(EMPTY_CHUNK));
    sendAll(
      writer,
      many(n, (i) => message(1412, body, { sequence: i, sessionId: 11, from: 'device' })),
    );
  },
  'a media stream a message'(writer, n) {
    sendAll(
      writer,
      many(n, (i) =>
        // The end flag closes the stream of playback, and the next message begins another.
        message(1426, EMPTY_CHUNK, { sequence: i, sessionId: 11, from: 'device', byte12: i & 15, byte13: 1 }),
      ),
    );
  },
  'a media stream a connection'(writer, n) {
    const payload = message(1412, EMPTY_CHUNK, { sessionId: 11, from: 'device' });
    for (let i = 0; i < n; i++) {
      writeSegment(writer, i * 10, { ...turned(endsOf(i)), sequence: 1, payload });
    }
  },
};
