import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_LIMITS } from '../../../dissectors/dvrip/json-limits.ts';
import { byteOffset, looksEncrypted, parseJsonBody } from '../../../dissectors/dvrip/text.ts';

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

  it('lists what it forgave, at its place in the text', () => {
    expect(parse('{"a":1}\n\0\\\0')).toMatchObject({ slips: [{ slip: 'text-after-end', at: 7, length: 3 }] });
    expect(parse('{"a":1}\\\\')).toMatchObject({
      kind: 'json',
      value: { a: 1 },
      slips: [{ slip: 'text-after-end', at: 7, length: 2 }],
    });
    expect(parse('\ufeff{"a":[1,2,],“b”:3}')).toMatchObject({
      kind: 'json',
      value: { a: [1, 2], b: 3 },
      slips: [
        { slip: 'trailing-comma', at: 9, length: 1 },
        { slip: 'curly-quote', at: 12, length: 1 },
        { slip: 'curly-quote', at: 14, length: 1 },
      ],
    });
    expect(parse('{"a":1}')).toMatchObject({ kind: 'json', slips: [] });
  });

  it.each([
    ['{', 'ends-early', 1],
    ['{"a"', 'ends-early', 4],
    ['{"a', 'ends-early', 3],
    ['[tru', 'ends-early', 4],
    ['   ', 'ends-early', 3],
    ['"\\u12', 'ends-early', 5],
    ['{"a":-}', 'bad-number', 6],
    ['PK\u0003\u0004', 'value-expected', 0],
    ['\ufeff{"前门"}', 'colon-expected', 12],
  ])('says why and at which byte %j is none and cannot be mended', (body, reason, offset) => {
    expect(parse(body)).toMatchObject({ kind: 'not-json', reason, offset });
  });

  it('counts offsets in bytes in the other encodings too', () => {
    const chinese = Buffer.concat([
      Buffer.from('{"'),
      hex('c7 b0 95 32 82 36 81 30 84 36'),
      Buffer.from('"}'),
    ]);
    expect(parse(chinese)).toMatchObject({ reason: 'colon-expected', offset: chinese.length - 1 });
    const western = Buffer.from('{"Café"}', 'latin1');
    expect(parse(western)).toMatchObject({
      reason: 'colon-expected',
      offset: 7,
      body: { encoding: 'latin1' },
    });
  });

  it('tells the byte at which any character of a body lies', () => {
    const bodies = [
      Buffer.from('\ufeff{"前门":"é😀"}'),
      Buffer.concat([Buffer.from('{"'), hex('c7 b0 95 32 82 36 81 30 84 36'), Buffer.from('":1}')]),
      Buffer.from('{"Café":1}', 'latin1'),
    ];
    for (const body of bodies) {
      const framed = Buffer.concat([Buffer.from('xyz'), body]);
      const { body: text } = parseJsonBody(framed, 3, framed.length);
      const at = byteOffset(framed, 3, text, text.text.indexOf(':'));
      expect(body[at], text.encoding).toBe(0x3a);
      expect(byteOffset(framed, 3, text, text.text.length)).toBe(body.length);
    }
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
    expect(parse(nested(JSON_LIMITS.nesting)).kind).toBe('json');
    expect(parse(nested(JSON_LIMITS.nesting + 1))).toMatchObject({ kind: 'not-json', reason: 'too-deep' });
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
    expect(parse(Buffer.alloc(JSON_LIMITS.bytes, '['))).toMatchObject({
      kind: 'not-json',
      reason: 'too-deep',
    });
    expect(parse(Buffer.alloc(JSON_LIMITS.bytes, '"'))).toMatchObject({
      kind: 'not-json',
      reason: 'text-after-end',
    });
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
      expect(result, name).toMatchObject({ kind: 'json', stray: 0, slips: [] });
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
