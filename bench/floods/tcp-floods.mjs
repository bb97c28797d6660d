import {
  client,
  connection,
  endsOf,
  KEEPALIVE,
  message,
  PORT,
  repeated,
  SYN,
  sendAll,
  turned,
  writeSegment,
} from './segments.mjs';

/** @typedef {import('./segments.mjs').Flood} Flood */

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

/** What is beyond them has to be given up: as many segments as may wait. */
const MAY_WAIT = 4096;

/** @type {Readonly<Record<string, Flood>>} */
export const TCP_FLOODS = {
  ordinary(writer, n) {
    const bytes = Buffer.from(KEEPALIVE.toString('latin1').repeat(300), 'latin1');
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
  'a SYN a packet'(writer, n) {
    for (let i = 0; i < n; i++) {
      writeSegment(writer, i * 10, { ...endsOf(i % 400_000), sequence: i, flags: SYN });
    }
  },
  'one-byte segments'(writer, n) {
    sendAll(writer, Buffer.concat(Array(Math.ceil(n / KEEPALIVE.length)).fill(KEEPALIVE)), 1);
  },
  'one-byte segments of large bodies'(writer, n) {
    const body = message(1040, `{"Name":"General","General":"${repeated('x', 200_000)}"}`);
    sendAll(writer, Buffer.concat(Array(Math.ceil(n / body.length)).fill(body)).subarray(0, n), 1);
  },
  'one-byte segments behind a hole'(writer, n) {
    const ends = connection(writer);
    for (let i = 0; i < n; i++) {
      const payload = KEEPALIVE.subarray(i % 60, (i % 60) + 1);
      writeSegment(writer, i, { ...ends, sequence: 100 + 2 * i, payload });
    }
  },
  'overlapping segments'(writer, n) {
    const ends = connection(writer);
    const payload = Buffer.alloc(1000);
    for (let i = 0; i < n; i++) {
      payload.fill(i);
      writeSegment(writer, i, { ...ends, sequence: 100 + i, payload });
    }
  },
  'overlapping segments behind a hole'(writer, n) {
    const ends = connection(writer);
    const payload = Buffer.alloc(1000);
    for (let i = 0; i < n; i++) {
      payload.fill(i);
      // Crumbs with holes between them, then what covers them all, over and over.
      const run = Math.floor(i / MAY_WAIT) * 10_000;
      const place = i % MAY_WAIT;
      const crumb = place < MAY_WAIT / 2;
      const offset = crumb ? 2 * place : ((place * 37) % 4000) + 1;
      writeSegment(writer, i, {
        ...ends,
        sequence: 100 + run + offset,
        payload: crumb ? payload.subarray(0, 1) : payload,
      });
    }
  },
  'backwards, one hole before each'(writer, n) {
    const ends = connection(writer);
    const payload = Buffer.alloc(100, 0x20);
    for (let i = 0; i < n; i++) {
      // Runs of as many segments as may wait, each from its end to its beginning.
      const run = Math.floor(i / MAY_WAIT);
      const place = MAY_WAIT - 1 - (i % MAY_WAIT);
      writeSegment(writer, i, { ...ends, sequence: 1000 + run * 900_000 + place * 200, payload });
    }
  },
  'holes in very many connections'(writer, n) {
    for (let i = 0; i < n; i++) {
      const ends = endsOf(i % 50_000);
      writeSegment(writer, i * 10, {
        ...ends,
        sequence: 1 + 100 * Math.floor(i / 50_000),
        payload: KEEPALIVE,
      });
    }
  },
  'answers to what was never captured'(writer, n) {
    const reply = message(1007, '{ "Name" : "KeepAlive", "Ret" : 100 }\n', { from: 'device', sessionId: 11 });
    const connections = Math.ceil(n / 64);
    for (let i = 0; i < n; i++) {
      const back = turned(endsOf(i % connections));
      const turn = Math.floor(i / connections);
      if (turn === 0) writeSegment(writer, i, { ...endsOf(i), sequence: 1, payload: KEEPALIVE });
      else {
        const at = { sequence: 1 + (turn - 1) * reply.length, acknowledgement: 1000 + turn * 100 };
        writeSegment(writer, i, { ...back, ...at, payload: reply });
      }
    }
  },
  'collisions in the flow table'(writer, n) {
    const target = Buffer.alloc(16, 0x30);
    for (let i = 0; i < n; i++) {
      const source = colliding((i * 40_503) & 0x1ffff);
      writeSegment(writer, i, { source, target, sourcePort: 5000, targetPort: PORT, sequence: i });
    }
  },
  'a new connection on the same ends'(writer, n) {
    const ends = { ...client(1), sourcePort: 50_000 };
    for (let i = 0; i < n; i++) {
      if (i % 2 === 0) writeSegment(writer, i, { ...ends, sequence: i * 100_000, flags: SYN });
      else writeSegment(writer, i, { ...ends, sequence: (i - 1) * 100_000 + 1, payload: KEEPALIVE });
    }
  },
};
