import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeDahua } from '../../../dissectors/dvrip/dahua.ts';

const VECTORS = new URL('../../../../shared/field/vectors/', import.meta.url);

/** A 32-byte header of eight words as they lie on the wire, then a payload. */
function packet(words: string, payload = ''): Buffer {
  const header = Buffer.from(words.replaceAll(' ', ''), 'hex');
  expect(header).toHaveLength(32);
  return Buffer.concat([header, Buffer.from(payload)]);
}

function looks(bytes: Uint8Array): boolean {
  return looksLikeDahua(bytes, 0, bytes.length);
}

const REALM = 'Realm:Login to 3ab1\r\nRandom:668077460\r\n\r\n';
const CALL = '{ "id" : 564, "method" : "alarm.getAllInSlots", "session" : 2147483641 }\n\0';
const TRANSACTION = 'TransactionID:1\r\nMethod:GetParameterValues\r\n\r\n';
const word = (value: number) => value.toString(16).padStart(2, '0');

const KNOWN: readonly (readonly [string, Buffer])[] = [
  ['login with hashes', packet('a0050060 00000000 c4a3af48 9956b6b4 fa269dec 29d84afb 05020001 0000a1aa')],
  ['login without names', packet('a0010000 00000000 00000000 00000000 00000000 00000000 05020101 0000a1aa')],
  [
    'login with the answer to the challenge',
    packet('a0050060 47000000 00000000 00000000 00000000 00000000 05020008 0000a1aa', 'admin&&61'),
  ],
  [
    'challenge',
    packet(
      `b0000078 ${word(REALM.length)}000000 010e0100 00000000 00000000 01000000 0600f900 00000002`,
      REALM,
    ),
  ],
  ['login accepted', packet('b0000078 00000000 00080100 33000000 f9ffff7f 01000000 0600f900 00050002')],
  [
    'login accepted, other model',
    packet('b0000058 00000000 00080900 00000000 0a0b0c0d 00000000 00000000 00000000'),
  ],
  ['keepalive', packet('a1000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000')],
  ['keepalive reply', packet('b1000078 00000000 00000000 00000000 00000000 00000000 00000000 00000000')],
  ['system query', packet('a4000000 00000000 07000000 00000000 00000000 00000000 00000000 00000000')],
  [
    'system reply',
    packet('b4000078 0f000000 07000000 00000000 00000000 00000000 00000000 00000000', '5C0726FPAGEC7C2'),
  ],
  [
    'system reply with a flag',
    packet('b4000078 20010000 02000000 00000000 00000100 00000000 00000000 00000000'),
  ],
  ['discovery probe', packet('a3010001 00000000 00000000 00000000 02000000 00000000 00000000 00000000')],
  [
    'transaction',
    packet(
      `f4000000 ${word(TRANSACTION.length)}000000 00000000 00000000 00000000 00000000 00000000 00000000`,
      TRANSACTION,
    ),
  ],
  [
    'JSON call',
    packet(
      `f6000000 ${word(CALL.length)}000000 34020000 00000000 ${word(CALL.length)}000000 00000000 f9ffff7f 00000000`,
      CALL,
    ),
  ],
  [
    'JSON reply',
    packet(
      `f6000078 ${word(CALL.length)}000000 34020000 00000000 ${word(CALL.length)}000000 00000000 f9ffff7f 00000000`,
      CALL,
    ),
  ],
  ['DHIP', packet('20000000 44484950 00000000 00000000 5c000000 00000000 5c000000 00000000', '{ "id" : 1')],
];

describe('the Dahua hint', () => {
  it.each(KNOWN)('fires on: %s', (_, bytes) => {
    expect(looks(bytes)).toBe(true);
  });

  it.each(KNOWN)('needs the header only, but all of it: %s', (_, bytes) => {
    expect(looks(bytes.subarray(0, 32))).toBe(true);
    for (let length = 0; length < 32; length++) expect(looks(bytes.subarray(0, length))).toBe(false);
  });

  it('reads only the given part of the bytes', () => {
    const bytes = Buffer.concat([Buffer.from('xyz'), KNOWN[0]?.[1] ?? Buffer.alloc(0)]);
    expect(looksLikeDahua(bytes, 3, bytes.length)).toBe(true);
    expect(looksLikeDahua(bytes, 0, bytes.length)).toBe(false);
    expect(looksLikeDahua(bytes, 3, 34)).toBe(false);
  });

  it.each([
    [
      'login without its tail',
      packet('a0050060 00000000 c4a3af48 9956b6b4 fa269dec 29d84afb 05020001 00000000'),
    ],
    [
      'challenge with another text',
      packet('b0000078 10000000 010e0100 00000000 00000000 00000000 00000000 00000000', 'HTTP/1.1 200 OK\r'),
    ],
    [
      'keepalive with content',
      packet('a1000000 00000000 00000000 00000000 00000001 00000000 00000000 00000000'),
    ],
    [
      'JSON call with a length beyond its total',
      packet('f6000000 5c000000 34020000 00000000 5b000000 00000000 f9ffff7f 00000000', CALL),
    ],
    [
      'JSON call without JSON',
      packet('f6000000 5b000000 34020000 00000000 5b000000 00000000 f9ffff7f 00000000', 'plain text'),
    ],
    [
      'JSON call of a gigabyte',
      packet('f6000000 00000040 34020000 00000000 00000040 00000000 f9ffff7f 00000000', CALL),
    ],
    [
      'system query without a command',
      packet('a4000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000'),
    ],
    ['zeros', Buffer.alloc(64)],
    ['HTTP', Buffer.from('GET /cgi-bin/snapshot.cgi HTTP/1.1\r\nHost: camera\r\n\r\n')],
    ['HTTP reply', Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n')],
    ['RTSP', Buffer.from('OPTIONS rtsp://camera/ RTSP/1.0\r\nCSeq: 1\r\n\r\n')],
    [
      'interleaved RTP',
      Buffer.from('2400003c80600001000000005a5a5a5a7c8540000000000000000000000000000000', 'hex'),
    ],
    ['TLS', Buffer.from(`160301020001000 1fc0303${'5a'.repeat(40)}`.replaceAll(' ', ''), 'hex')],
    ['SSH', Buffer.from('SSH-2.0-dropbear_2019.78\r\n\0\0\0\0\0\0\0\0')],
    ['blanks', Buffer.alloc(64, ' ')],
  ])('is silent on: %s', (_, bytes) => {
    expect(looks(bytes)).toBe(false);
  });

  it('is silent on a header of the protocol analyzed here, whatever its fields', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 31, maxLength: 80 }), (rest) => {
        expect(looks(Uint8Array.of(0xff, ...rest))).toBe(false);
      }),
    );
  });

  it('is silent on random bytes behind each type', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0xa0, 0xb0, 0xa1, 0xb1, 0xa3, 0xb3, 0xa4, 0xb4, 0xf4, 0xf6, 0x20),
        fc.uint8Array({ minLength: 40, maxLength: 40 }),
        (type, rest) => {
          // Zeros are what such headers are made of: half of them would be a fair imitation.
          fc.pre(rest.filter((byte) => byte === 0).length < 12);
          expect(looks(Uint8Array.of(type, ...rest))).toBe(false);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is silent on a text that begins with a blank', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 40 }), (text) => {
        expect(looks(Buffer.from(` ${text}`))).toBe(false);
      }),
    );
  });

  it.skipIf(!existsSync(VECTORS))('is silent on everything recorded from devices of this protocol', () => {
    const files = readdirSync(VECTORS).filter((file) => file.endsWith('.bin'));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const bytes = readFileSync(new URL(file, VECTORS));
      for (let at = 0; at < bytes.length; at++)
        expect(looksLikeDahua(bytes, at, bytes.length), `${file} ${at}`).toBe(false);
    }
  });
});
