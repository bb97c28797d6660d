import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BodyChecker } from '../../schemas/body.ts';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { GOOD_BODIES } from './good-bodies.ts';
import { checker, complaintsOf, definitionOf, label, wrongs } from './judging.ts';

const MESSAGE_TABLE = new URL('../../../shared/spec/messages.tsv', import.meta.url);

/** The paths of all keys in the value that its schema requires. */
function requiredKeys(
  schema: z.ZodType,
  value: unknown,
  path: readonly (string | number)[] = [],
): (string | number)[][] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return requiredKeys(schema.unwrap() as z.ZodType, value, path);
  }
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => (option as z.ZodType).safeParse(value).success);
    return fitting === undefined ? [] : requiredKeys(fitting as z.ZodType, value, path);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value) && value.length > 0) {
    return requiredKeys(schema.element as z.ZodType, value[0], [...path, 0]);
  }
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, member]) => {
    if (!(key in value)) return [];
    const below = requiredKeys(member, (value as Record<string, unknown>)[key], [...path, key]);
    return member.safeParse(undefined).success ? below : [[...path, key], ...below];
  });
}

/** A copy without the key at the path. */
function without(value: unknown, path: readonly (string | number)[]): Record<string, unknown> {
  const copy = structuredClone(value) as Record<string, unknown>;
  let parent = copy as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) parent = parent[part] as Record<string | number, unknown>;
  delete parent[path.at(-1) ?? ''];
  return copy;
}

describe('good bodies', () => {
  it.each(GOOD_BODIES.map((good) => [label(good), good] as const))('%s passes clean', (_label, good) => {
    expect(complaintsOf(good)).toEqual([]);
  });

  it('are there for every message that has a body', () => {
    const bare = MESSAGES.filter(({ body, id, dialect }) => {
      if (body === undefined) return false;
      return !GOOD_BODIES.some((good) => good.id === id && (good.dialect ?? dialect) === dialect);
    });
    expect(bare.map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  });
});

describe('a required key', () => {
  const cases = GOOD_BODIES.flatMap((good) => {
    const definition = definitionOf(good.dialect ?? 'field', good.id, good.from);
    const source = definition.body;
    if (source === undefined) return [];
    return requiredKeys(checker.schemaFor(definition, source, good.body), good.body).map(
      (path) => [label(good), path.join('/'), good, path] as const,
    );
  });

  it.each(cases)('of %s: without %s the body is wrong', (_label, _key, good, path) => {
    const complaints = wrongs(complaintsOf({ ...good, body: without(good.body, path) }));
    expect(complaints.map(({ kind, path: where }) => [kind, where])).toContainEqual(['missing-key', path]);
  });

  it('is what the specification and the clients always send', () => {
    const required = new Set(
      cases.map(([, key, { id, dialect }]) => `${dialect === 'spec' ? 'spec ' : ''}${id} ${key}`),
    );
    for (const key of [
      ...['1000 EncryptType', '1000 UserName', '1000 PassWord', '1000 DeviceID'],
      ...['1001 AliveInterval', '1001 ChannelNum', '1001 DeviceType ', '1001 SessionID', '1001 Ret'],
      ...['spec 999 PassWord', 'spec 1000 AliveInterval', 'spec 1005 SessionID', 'spec 1006 Ret'],
      ...['1002 SessionID', '1006 Name', '1006 SessionID', '1007 Ret', '1020 Name', '1021 Ret', '1040 Name'],
      ...['1040 General.AutoMaintain', '1042 Name', '1043 Ret', '1046 ChannelTitle', '1360 Name', '1361 Ret'],
      ...['1400 OPPTZControl', '1400 OPPTZControl/Command', '1400 OPPTZControl/Parameter/Channel'],
      ...[
        '1410 OPMonitor/Action',
        '1413 OPMonitor/Parameter/StreamType',
        '1413 OPMonitor/Parameter/TransMode',
      ],
      ...['1420 OPPlayBack/Action', '1424 OPPlayBack/StartTime', '1424 OPPlayBack/Parameter/FileName'],
      ...[
        '1430 OPTalk/Action',
        '1440 OPFileQuery/Event',
        '1442 OPLogQuery/LogPosition',
        '1444 OPFileQuery/LowChannel',
      ],
      ...['1450 OPMachine/Action', '1450 OPTimeSetting', '1460 OPStorageManager/Action', '1482 User/Name'],
      ...['1484 UserName', '1486 Name', '1478 GroupName', '1488 NewPassWord', '1500 SessionID'],
      ...[
        '1504 AlarmInfo/Event',
        '1506 OPNetAlarm/State',
        '1508 Event',
        '1520 OPSystemUpgrade/Type',
        '1524 Ret',
      ],
      ...['1532 Password', '1550 OPNetKeyboard/Value', '1560 OPSNAP/Channel', '1590 OPTimeSettingNoRTC'],
    ]) {
      expect(required, key).toContain(key);
    }
    expect(cases.length).toBeGreaterThan(300);
  });
});

describe('any value at all', () => {
  it('is judged without throwing, in every message', () => {
    const withBody = MESSAGES.filter(({ body }) => body !== undefined);
    fc.assert(
      fc.property(fc.constantFrom(...withBody), fc.jsonValue(), (message, value) => {
        const complaints = checker.check(message, value);
        expect(complaints.length).toBeLessThanOrEqual(50);
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
          expect(complaints.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('under any name costs no memory beyond the schemas there are', () => {
    const own = new BodyChecker();
    const definition = definitionOf('field', 1043, 'device');
    const source = definition.body;
    if (source === undefined) throw new Error('1043 has no body');
    const first = own.schemaFor(definition, source, { Name: 'General.AutoMaintain', Ret: 100 });
    for (let i = 0; i < 6000; i++) own.check(definition, { Name: `General.AutoMaintain.[${i}]`, Ret: 100 });
    expect(own.schemaFor(definition, source, { Name: 'General.AutoMaintain', Ret: 100 })).toBe(first);
  });
});

describe('coverage', () => {
  it.skipIf(!existsSync(MESSAGE_TABLE))('every JSON message of the specification has a body', () => {
    const rows = readFileSync(MESSAGE_TABLE, 'utf8').trim().split('\n').slice(1);
    const missing = rows.flatMap((line) => {
      const [, ids = ''] = line.split('\t');
      return ids.split('/').flatMap((id) => {
        const entries = MESSAGES.filter((m) => m.id === Number(id) && m.dialect !== 'field');
        expect(entries.length, line).toBeGreaterThan(0);
        return entries
          .filter(({ carrier, body }) => carrier.endsWith('json') && body === undefined)
          .map(() => line);
      });
    });
    expect(rows.length).toBe(128);
    expect(missing).toEqual([]);
  });

  it('every JSON message that the field knows has a body', () => {
    const missing = MESSAGES.filter(({ carrier, body }) => carrier.endsWith('json') && body === undefined);
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('only JSON messages have one', () => {
    const extra = MESSAGES.filter(({ carrier, body }) => !carrier.endsWith('json') && body !== undefined);
    expect(extra.map(({ id }) => id)).toEqual([]);
  });

  it('every object that a message is there for is known', () => {
    const known = new Set(OBJECTS.map(({ name }) => name));
    const named = MESSAGES.flatMap(({ body }) => body?.objects ?? []);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(60);
  });
});
