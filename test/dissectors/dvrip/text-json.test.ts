import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  looksEncrypted,
  MAX_JSON_DEPTH,
  MAX_JSON_LENGTH,
  parseJsonBody,
} from '../../../dissectors/dvrip/text.ts';

const VECTORS = new URL('../../../../shared/field/vectors/', import.meta.url);

function parse(bytes: Uint8Array | string) {
  const body = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return parseJsonBody(body, 0, body.length);
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

describe('the JSON of a body', () => {
  it('is parsed without its trailer', () => {
    expect(parse('{ "Name" : "KeepAlive", "SessionID" : "0x0000000B" }\n\0')).toMatchObject({
      kind: 'json',
      value: { Name: 'KeepAlive', SessionID: '0x0000000B' },
      stray: 0,
      body: { encoding: 'utf-8', trailer: 2 },
    });
  });

  it('may be GB18030', () => {
    const body = Buffer.concat([Buffer.from('{"T":["'), hex('c7 b0 c3 c5'), Buffer.from('"]}\n\0')]);
    expect(parse(body)).toMatchObject({
      kind: 'json',
      value: { T: ['前门'] },
      body: { encoding: 'gb18030' },
    });
  });

  it('is empty without bytes, with a trailer only, and with a byte order mark only', () => {
    for (const body of ['', '\n\0', '\ufeff\n']) expect(parse(body).kind).toBe('empty');
  });

  it.each([
    ['{"a":1}\\', 1],
    ['{"a":1}\\\n\0', 1],
    ['{"a":1}\n\0\\\0', 3],
  ])('forgives a stray backslash: %j', (body, stray) => {
    expect(parse(body)).toMatchObject({ kind: 'json', value: { a: 1 }, stray });
  });

  it('forgives one backslash only', () => {
    expect(parse('{"a":1}\\\\')).toMatchObject({ kind: 'not-json', reason: 'text-after-end', offset: 7 });
  });

  it.each([
    ['{"a":1', 'ends-early', 6],
    ['{', 'ends-early', 1],
    ['{"a"', 'ends-early', 4],
    ['{"a', 'ends-early', 3],
    ['[tru', 'ends-early', 4],
    ['[1.', 'ends-early', 3],
    ['   ', 'ends-early', 3],
    ['"\\u12', 'ends-early', 5],
    ['{a:1}', 'key-expected', 1],
    ['{"a":1,}', 'key-expected', 7],
    ['[1,]', 'value-expected', 3],
    ['[01]', 'comma-or-end-expected', 2],
    ['{"a" 1}', 'colon-expected', 5],
    ['{"a":1 "b":2}', 'comma-or-end-expected', 7],
    ['{"a":1]', 'comma-or-end-expected', 6],
    ['{"a":"\t"}', 'bad-string', 6],
    ['{"a":"\\x"}', 'bad-string', 7],
    ['{"a\u0001":1}', 'bad-string', 3],
    ['{"a":-}', 'bad-number', 6],
    ['{"a":1e}', 'bad-number', 7],
    ['{}x', 'text-after-end', 2],
    ['{}{}', 'text-after-end', 2],
    ['PK\u0003\u0004', 'value-expected', 0],
    ['{“a”:1}', 'key-expected', 1],
    ['{"前门":1,}', 'key-expected', 12],
    ['\ufeff{"a":1,}', 'key-expected', 10],
  ])('says why and at which byte %j is none', (body, reason, offset) => {
    expect(parse(body)).toMatchObject({ kind: 'not-json', reason, offset });
  });

  it('counts offsets in bytes in the other encodings too', () => {
    const chinese = Buffer.concat([
      Buffer.from('{"'),
      hex('c7 b0 95 32 82 36 81 30 84 36'),
      Buffer.from('":1,}'),
    ]);
    expect(parse(chinese)).toMatchObject({ reason: 'key-expected', offset: chinese.length - 1 });
    const western = Buffer.from('{"Café":1,}', 'latin1');
    expect(parse(western)).toMatchObject({
      reason: 'key-expected',
      offset: 10,
      body: { encoding: 'latin1' },
    });
  });

  it('has a key __proto__ as an own key that changes no prototype', () => {
    const result = parse('{"__proto__":{"admin":true}}');
    expect(result.kind).toBe('json');
    if (result.kind !== 'json') return;
    expect(Object.keys(Object(result.value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype);
  });

  it('is refused beyond the depth limit, up to which it is parsed', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parse(nested(MAX_JSON_DEPTH)).kind).toBe('json');
    expect(parse(nested(MAX_JSON_DEPTH + 1))).toMatchObject({ kind: 'not-json', reason: 'too-deep' });
    expect(parse(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`)).toMatchObject({ reason: 'too-deep' });
  });

  it('may hold any number of brackets in strings and side by side', () => {
    expect(parse(`["${'['.repeat(1000)}"]`).kind).toBe('json');
    expect(parse(`["\\"${'['.repeat(1000)}\\\\"]`).kind).toBe('json');
    expect(parse(`[${'[],'.repeat(1000)}0]`).kind).toBe('json');
  });

  it('survives 16 MiB of brackets', () => {
    expect(parse(Buffer.alloc(16 * 1024 * 1024, '['))).toMatchObject({
      kind: 'not-json',
      reason: 'too-long',
    });
    expect(parse(Buffer.alloc(MAX_JSON_LENGTH, '['))).toMatchObject({ kind: 'not-json', reason: 'too-deep' });
    expect(parse(Buffer.alloc(MAX_JSON_LENGTH, '"'))).toMatchObject({
      kind: 'not-json',
      reason: 'text-after-end',
    });
  });

  it('agrees with JSON.parse on every text, and finds a fault wherever that does', () => {
    const nearlyJson = fc
      .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom(...'{}[]",:\\ntf0-.eE1 \n\t\0xé'))
      .map(([json, at, character]) => {
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + character + json.slice(cut + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(nearlyJson, fc.string(), fc.json()), (text) => {
        fc.pre(!text.startsWith('\ufeff') && !/[\n\0\\]$/.test(text) && text !== '');
        fc.pre(!looksEncrypted(Buffer.from(text), 0, Buffer.byteLength(text)));
        const result = parse(text);
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          expect(result.kind).toBe('not-json');
          if (result.kind !== 'not-json') return;
          expect(result.offset).toBeLessThanOrEqual(Buffer.byteLength(text));
          if (result.reason === 'ends-early') expect(result.offset).toBe(Buffer.byteLength(text));
          // Up to the fault nothing was wrong: the part before it is unfinished JSON at worst.
          const before = parse(Buffer.from(text).subarray(0, result.offset));
          if (before.kind === 'not-json') expect(before.reason).toBe('ends-early');
          return;
        }
        expect(result).toMatchObject({ kind: 'json' });
        if (result.kind === 'json') expect(result.value).toEqual(value);
      }),
      { numRuns: 5000 },
    );
  });

  it('never throws and never loses a byte, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(10), fc.nat(10), (bytes, before, after) => {
        const framed = Buffer.concat([Buffer.alloc(before, '{'), bytes, Buffer.alloc(after, '}')]);
        const result = parseJsonBody(framed, before, before + bytes.length);
        expect(result.body.textLength + result.body.trailer).toBe(bytes.length);
        if (result.kind === 'not-json') expect(result.offset).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it.skipIf(!existsSync(VECTORS))('is found in every whole message recorded from devices', () => {
    let read = 0;
    for (const name of readdirSync(VECTORS).filter((file) => file.endsWith('.bin'))) {
      const bytes = readFileSync(new URL(name, VECTORS));
      if (bytes[0] !== 0xff || bytes.length < 20) continue;
      const length = bytes.readUInt32LE(16);
      if (length === 0 || bytes.length < 20 + length) continue;
      const result = parseJsonBody(bytes, 20, 20 + length);
      expect(result, name).toMatchObject({ kind: 'json', stray: 0 });
      read += 1;
    }
    expect(read).toBeGreaterThan(10);
  });
});

describe('an encrypted body', () => {
  /** What AES-128-CBC makes of 16, 32 and 48 bytes of text, in base64. */
  const blocks = [1, 2, 3].map((count) => Buffer.alloc(count * 16, 0xa5).toString('base64'));

  it('is recognised by its base64 and its whole blocks, with or without one NUL', () => {
    for (const body of blocks) {
      expect(parse(body).kind).toBe('encrypted');
      expect(parse(`${body}\0`).kind).toBe('encrypted');
    }
  });

  it('is not seen in half a block, in other characters, or in an empty body', () => {
    expect(parse(Buffer.alloc(15, 0xa5).toString('base64')).kind).toBe('not-json');
    expect(parse(Buffer.alloc(24, 0xa5).toString('base64')).kind).toBe('not-json');
    expect(parse(`${blocks[2]?.slice(0, -1)}-`).kind).toBe('not-json');
    expect(parse(`=${blocks[2]?.slice(1)}`).kind).toBe('not-json');
    expect(looksEncrypted(Buffer.from('\0'), 0, 1)).toBe(false);
    expect(looksEncrypted(Buffer.from('===='), 0, 4)).toBe(false);
    expect(looksEncrypted(Buffer.from(`${blocks[0]}\0\0`), 0, 26)).toBe(false);
  });

  it('is any base64 of whole blocks, and never JSON with braces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (bytes) => {
        const body = Buffer.from(Buffer.from(bytes).toString('base64'));
        expect(looksEncrypted(body, 0, body.length)).toBe(bytes.length % 16 === 0);
      }),
    );
    fc.assert(
      fc.property(fc.object(), (value) => {
        const body = Buffer.from(JSON.stringify(value));
        expect(looksEncrypted(body, 0, body.length)).toBe(false);
      }),
    );
  });
});
