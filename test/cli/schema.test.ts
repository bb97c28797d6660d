import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { inputSchemas } from '../../src/cli/config/input-schemas.ts';
import { publishedSchemas } from '../../src/report/json-schemas.ts';
import { exampleBody, exampleOf } from '../../src/report/schema-example.ts';
import { dvrscope } from './dvrscope.ts';

const directory = mkdtempSync(join(tmpdir(), 'dvrscope-schemas-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const output = join(directory, 'made', 'by the command');
const ended = dvrscope(['schema', '-o', output]);
const files = readdirSync(output, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.json'));

function newAjv(): Ajv2020 {
  // Lists of fixed places may be longer or shorter on devices, and flags may be numbers.
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTuples: false, allowUnionTypes: true });
  // Annotations of ours; a validator may pass over them (JSON Schema core, 6.5).
  ajv.addVocabulary(['x-open', 'x-secret', 'x-unit', 'x-values', 'x-usual']);
  return ajv;
}

const ajv = newAjv();

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(output, file), 'utf8'));
}

/** Whether the schema in a file, read by a validator that is not ours, takes a value. */
function takes(file: string, value: unknown): boolean {
  const schema = read(file);
  const id = String(schema.$id);
  const validate = ajv.getSchema(id) ?? ajv.compile(schema);
  return validate(value) === true;
}

it('writes a schema for each message with a JSON body, each object and each output', () => {
  expect(ended.code).toBe(0);
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toContain(`${files.length} schemas written`);
  const bodies = MESSAGES.filter(({ body }) => body !== undefined).length;
  expect(files.filter((file) => file.startsWith('messages/'))).toHaveLength(bodies);
  expect(files.filter((file) => /^objects\/.*(?<!\.reply)\.json$/.test(file))).toHaveLength(OBJECTS.length);
  expect(files).toContain('messages/1000-login-req.json');
  expect(files).toContain('objects/general.general.json');
  expect(files).toContain('outputs/dvrscope.flow.json');
  expect(files).toContain('inputs/dvrscope.config.json');
});

it('names files so that no file system minds', () => {
  for (const file of files)
    expect(file).toMatch(/^(?:messages|objects|outputs|inputs)\/[a-z0-9][a-z0-9.-]*\.json$/);
  const published = [...publishedSchemas(), ...inputSchemas()];
  expect(new Set(published.map(({ file }) => file)).size).toBe(files.length);
});

it('each is a JSON Schema of 2020-12 for a strict validator, under an id of its own', () => {
  const strict = newAjv();
  for (const file of files) {
    const schema = read(file);
    expect(schema.$schema, file).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(strict.validateSchema(schema), file).toBe(true);
    expect(() => strict.compile(schema), file).not.toThrow();
  }
});

it('examples of every message and object pass', () => {
  for (const message of MESSAGES) {
    if (message.body === undefined) continue;
    const suffix = message.dialect === 'spec' ? '-spec' : '';
    const file = `messages/${message.id}-${message.name.toLowerCase().replaceAll('_', '-')}${suffix}.json`;
    expect(takes(file, exampleBody(message)), file).toBe(true);
  }
  const fileOf = new Map(files.map((file) => [String(read(file).title), file]));
  for (const { name, value } of OBJECTS) {
    expect(takes(fileOf.get(name) ?? '', exampleOf(value(), 'full')), name).toBe(true);
  }
});

describe('a body is refused where it is wrong, not where it is odd', () => {
  const login = { EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'tlJwpbo6', UserName: 'admin' };

  it('a login without its name, or with another type of value', () => {
    expect(takes('messages/1000-login-req.json', login)).toBe(true);
    const { UserName: _, ...nameless } = login;
    expect(takes('messages/1000-login-req.json', nameless)).toBe(false);
    expect(takes('messages/1000-login-req.json', { ...login, UserName: ['admin'] })).toBe(false);
  });

  it('a request without the object that it must carry, or with one that lacks what it must say', () => {
    const parameter = { Channel: 0, CombinMode: 'NONE', StreamType: 'Main', TransMode: 'TCP' };
    const body = { Name: 'OPMonitor', OPMonitor: { Action: 'Start', Parameter: parameter } };
    expect(takes('messages/1410-monitor-req.json', body)).toBe(true);
    expect(takes('messages/1410-monitor-req.json', { Name: 'OPMonitor' })).toBe(false);
    const without = { Name: 'OPMonitor', OPMonitor: { Parameter: parameter } };
    expect(takes('messages/1410-monitor-req.json', without)).toBe(false);
  });

  it('a login reply without its members, where it says that the login succeeded', () => {
    const refused = { Ret: 203, SessionID: '0x00000000' };
    expect(takes('messages/1001-login-rsp.json', refused)).toBe(true);
    expect(takes('messages/1001-login-rsp.json', { ...refused, Ret: 100 })).toBe(false);
    const welcome = { AliveInterval: 20, ChannelNum: 4, 'DeviceType ': 'HVR', ExtraChannel: 0, Ret: 100 };
    expect(takes('messages/1001-login-rsp.json', { ...welcome, SessionID: '0x0000000B' })).toBe(true);
  });

  it('unknown keys and values beyond the usual pass', () => {
    expect(takes('messages/1000-login-req.json', { ...login, NewKey: 1, LoginType: 'Tomorrow' })).toBe(true);
    expect(takes('objects/general.automaintain.json', { AutoRebootHour: 99, Another: {} })).toBe(true);
    expect(takes('objects/network.netdns.json', { Address: '' })).toBe(true);
    expect(takes('objects/network.netdns.json', { Address: [] })).toBe(false);
  });
});

it.each([
  ['without a directory', ['schema'], 'schema needs a directory'],
  ['with an empty name', ['schema', '-o', ''], 'schema needs a directory'],
])('%s it says what it needs', (_, args, words) => {
  const { code, stderr } = dvrscope(args);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

it('says in one line that it cannot write where a file is in the way', () => {
  const path = join(directory, 'file');
  writeFileSync(path, '');
  const { code, stderr } = dvrscope(['schema', '-o', path]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^dvrscope: .*file: cannot be written to \((?:ENOTDIR|EEXIST)\)\n$/);
});
