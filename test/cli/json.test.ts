import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { RECORD_SCHEMAS } from '../../src/report/records/schemas.ts';
import { dvrscope, lines, sample, samples } from './dvrscope.ts';
import { flowRecords, jsonSchema, messageRecords, parseRecord, summaryRecord } from './records.ts';

const KINDS = [
  'check',
  'doctor',
  'event',
  'extract',
  'finding',
  'flow',
  'interface',
  'message',
  'rule',
  'session',
  'statistics',
  'stream',
  'summary',
] as const;
const expectedOf = (path: string): unknown =>
  JSON.parse(readFileSync(path.replace('capture.pcapng', 'expected.json'), 'utf8'));

describe('the JSON Schemas', () => {
  it('are of draft 2020-12, and valid by its metaschema', () => {
    expect(Object.keys(RECORD_SCHEMAS).sort()).toEqual([...KINDS].sort());
    for (const kind of KINDS) {
      const schema = jsonSchema(kind);
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      const ajv = new Ajv2020({ strict: true });
      expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
    }
  });

  it('refuse what is no record', () => {
    const [line = ''] = lines(dvrscope(['messages', '--json', sample('login-and-keepalive')]).stdout);
    expect(parseRecord(line)).toMatchObject({ schema: 'dvrscope.message/1', number: 1 });
    for (const [from, to] of [
      ['"number":1,', ''],
      ['"number":1,', '"number":0,'],
      ['"number":1,', '"number":1,"colour":"red",'],
      ['"from":"client"', '"from":"camera"'],
      ['0x00000000', '0x0'],
      ['Z"', '"'],
    ] as const) {
      expect(line).toContain(from);
      expect(() => parseRecord(line.replace(from, to))).toThrow();
    }
  });
});

describe('every record of every sample fits its schema:', () => {
  it('messages --json --body, one a line', () => {
    const { records, code, stderr } = messageRecords([...samples(), '--body']);
    expect(records.map((record) => record.number)).toEqual(records.map((_, i) => i + 1));
    expect(records.filter((record) => record.body !== undefined).length).toBeGreaterThan(100);
    expect(records.some((record) => record.findings.length > 0)).toBe(true);
    expect(records.some((record) => record.endFlag === true)).toBe(true);
    expect(records.some((record) => (record.fragments ?? 1) > 1)).toBe(true);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('flows --json --digest, one a line', () => {
    const { records, code } = flowRecords([...samples(), '--digest']);
    expect(records.map((record) => record.flow)).toEqual(records.map((_, i) => i + 1));
    expect(new Set(records.map((record) => record.role))).toEqual(
      new Set(['control', 'media', 'mixed', 'discovery']),
    );
    expect(records.every((record) => record.streams.every((stream) => stream.sha256?.length === 64))).toBe(
      true,
    );
    expect(code).toBe(0);
  });

  it('summary --json, one document', () => {
    const { record, code } = summaryRecord(samples());
    expect(record.files.map((file) => file.path).sort()).toEqual(samples().sort());
    expect(record.packets).toBe(record.files.reduce((sum, file) => sum + file.packets, 0));
    const { total, control, media, byId } = record.messages;
    expect(control + media).toBe(total);
    expect(byId.reduce((sum, entry) => sum + entry.count, 0)).toBe(total);
    expect(code).toBe(0);
  });
});

describe('the records agree with what the simulator logged:', () => {
  it('summary', () => {
    for (const name of ['monitor-two-sockets', 'discovery', 'upgrade']) {
      const { record } = summaryRecord([sample(name)]);
      const { total, control, media } = record.messages;
      expect(expectedOf(sample(name))).toMatchObject({
        packets: record.packets,
        messages: { total, control, media },
      });
    }
  });

  it('flows --digest', () => {
    const name = sample('talk-both-ways');
    const flows = flowRecords([name, '--digest']).records.map(
      ({ protocol, client, server, role, streams }) => ({
        protocol,
        client,
        server,
        role,
        streams: streams.map(({ from, bytes, sha256 }) => ({ from, bytes, sha256 })),
      }),
    );
    expect(expectedOf(name)).toMatchObject({ flows });
  });
});

describe('JSON output', () => {
  it('leaves out what is absent', () => {
    const [first = ''] = lines(dvrscope(['messages', '--json', sample('login-and-keepalive')]).stdout);
    expect(first).not.toContain('null');
    expect(JSON.parse(first)).not.toHaveProperty('ret');
    expect(JSON.parse(first)).not.toHaveProperty('session');
  });

  it('is empty for a list without members', () => {
    const { stdout, code } = dvrscope(['messages', '--json', sample('discovery'), '-Y', 'tcp']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
  });
});
