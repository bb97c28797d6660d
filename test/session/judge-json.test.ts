import { describe, expect, it } from 'vitest';
import { type JsonBody, parseJsonBody } from '../../dissectors/dvrip/text.ts';
import { describeFinding, severityOf } from '../../src/rules/catalogue.ts';
import { BodyPlaces } from '../../src/session/body-places.ts';
import { judgeJson } from '../../src/session/judge-json.ts';

const BEFORE = Buffer.from('header');

function read(body: Uint8Array) {
  const bytes = Buffer.concat([BEFORE, body]);
  const content = parseJsonBody(bytes, BEFORE.length, bytes.length);
  return { content, places: new BodyPlaces(bytes, BEFORE.length, content.body) };
}

function isJson(content: JsonBody): content is Extract<JsonBody, { kind: 'json' }> {
  return content.kind === 'json';
}

function judge(body: Uint8Array | string) {
  const { content, places } = read(typeof body === 'string' ? Buffer.from(body) : body);
  if (!isJson(content)) throw new Error(`the body is ${content.kind}`);
  return judgeJson(content, places);
}

describe('the JSON of a body', () => {
  it('is not spoken of where it is clean', () => {
    expect(judge('{ "Name" : "KeepAlive", "SessionID" : "0x0000000B", "a" : { "Name" : ":" } }\n\0')).toEqual(
      [],
    );
  });

  it('has its habits noted and its slips warned of, each with the bytes, the line and the column', () => {
    const findings = judge('{"Name":"前门",\n“Ret”:100,}\n\0');
    expect(findings).toEqual([
      { code: 'body/json-slip', params: { slip: 'curly-quote' }, offset: 18, length: 3, line: 2, column: 1 },
      { code: 'body/json-slip', params: { slip: 'curly-quote' }, offset: 24, length: 3, line: 2, column: 5 },
      {
        code: 'body/json-habit',
        params: { slip: 'trailing-comma' },
        offset: 31,
        length: 1,
        line: 2,
        column: 10,
      },
    ]);
    expect(findings.map(({ code }) => severityOf(code))).toEqual(['warning', 'warning', 'note']);
    expect(findings.map(describeFinding)).toEqual([
      'the body is not quite JSON: a curly quote in the place of a straight one',
      'the body is not quite JSON: a curly quote in the place of a straight one',
      'the body is JSON but for a habit of devices: a comma follows the last member',
    ]);
  });

  it('has stray bytes behind its end noted', () => {
    expect(judge('{"a":1}\n\0\\\0')).toEqual([
      {
        code: 'body/json-habit',
        params: { slip: 'text-after-end' },
        offset: 7,
        length: 3,
        line: 1,
        column: 8,
      },
    ]);
  });

  it('is an error where it ends too early, and a slip only where an inner end is missing', () => {
    const cut = judge('{"Name":"OPMonitor","Ret":100');
    expect(cut).toEqual([{ code: 'body/json-cut', params: {}, offset: 29, length: 0, line: 1, column: 30 }]);
    expect(severityOf('body/json-cut')).toBe('error');
    expect(judge('{"a":[{"b":1]}')).toMatchObject([
      { code: 'body/json-slip', params: { slip: 'missing-close' } },
    ]);
    expect(judge(`[${'1,,'.repeat(100)}1`)).toContainEqual(
      expect.objectContaining({ code: 'body/json-cut' }),
    );
  });

  it('has each key told that its object has twice, in any encoding', () => {
    const findings = judge('{"a":{"x/y":1,"x/y":2},"b":"\\":","c":":"}');
    expect(findings).toEqual([
      {
        code: 'body/duplicate-key',
        params: { key: 'x/y' },
        pointer: '/a/x~1y',
        offset: 14,
        length: 5,
        line: 1,
        column: 15,
      },
    ]);
    const gbk = Buffer.concat([
      Buffer.from('{"T":"'),
      Buffer.from('c7b0c3c5', 'hex'),
      Buffer.from('","T":1}'),
    ]);
    expect(judge(gbk)).toMatchObject([{ code: 'body/duplicate-key', offset: 12, length: 3, column: 11 }]);
    expect(judge('{"a":1,"a":2,}').map(({ code }) => code)).toEqual([
      'body/json-habit',
      'body/duplicate-key',
    ]);
  });
});

describe('the place of a member', () => {
  it('is told in bytes, behind a byte order mark and in two-byte characters', () => {
    const { places } = read(Buffer.from('\ufeff{"前":[1,\n{"Ret":100}]}'));
    expect(places.ofPath(['前', 1, 'Ret'], 'value')).toEqual({
      pointer: '/前/1/Ret',
      offset: 21,
      length: 3,
      line: 2,
      column: 8,
    });
    expect(places.ofPath(['前'], 'key')).toMatchObject({ offset: 4, length: 5, line: 1, column: 2 });
  });

  it('of something missing is the object that lacks it, and nothing where that is missing too', () => {
    const { places } = read(Buffer.from('{"OPMonitor":{"Action":"Claim"}}'));
    expect(places.ofPath(['OPMonitor', 'Parameter'], 'value')).toMatchObject({
      pointer: '/OPMonitor/Parameter',
      offset: 13,
      length: 18,
    });
    expect(places.ofPath(['OPMonitor', 'Parameter', 'Channel'], 'value')).toEqual({
      pointer: '/OPMonitor/Parameter/Channel',
    });
  });
});
