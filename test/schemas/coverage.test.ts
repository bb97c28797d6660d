import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BodyChecker, type BodySource } from '../../schemas/body.ts';
import { checkValue } from '../../schemas/check.ts';
import { OBJECTS, ObjectSchemas } from '../../schemas/objects.ts';
import { MESSAGES, type MessageDefinition } from '../../schemas/registry.ts';
import { exampleOf, placesOf, withValueAt } from '../support/schema-example.ts';
import { isTold, schemasAt } from '../support/schema-paths.ts';

const SPEC = new URL('../../../shared/spec/', import.meta.url);
const FIELDS = new URL('config-fields.tsv', SPEC);
const INDEX = new URL('config-objects.md', SPEC);
const TABLE = new URL('messages.tsv', SPEC);
const absent = ![FIELDS, INDEX, TABLE].every((file) => existsSync(file));

/** Index entries that are the body of a message without an object of its own, by the id that devices use. */
const BODIES: Readonly<Record<string, number>> = {
  '(envelope)': 1041,
  LOGIN_REQ: 1000,
  LOGIN_RSP: 1001,
  'LOGIN_REQ (active registration)': 1000,
  'LOGIN_RSP (active registration)': 1001,
  LOGOUT: 1002,
  KeepAlive: 1007,
  MODIFYUSER_REQ: 1484,
  DELETEUSER_REQ: 1486,
  MODIFYPASSWORD_REQ: 1488,
  MODIFYGROUP_REQ: 1478,
  DELETEGROUP_REQ: 1480,
  NetAlarmCenterMsg: 1508,
  UPGRADE_PROGRESS: 1524,
};

/** Index entries that are one side or one form of an object, or an object under a title instead of its name. */
const SAME_OBJECT: Readonly<Record<string, string>> = {
  'NetIP (interface map, old)': 'NetIP',
  'OPFileQuery (response)': 'OPFileQuery',
  'OPFileQuery (by time)': 'OPFileQuery',
  'OPLogQuery (response)': 'OPLogQuery',
};

interface Row {
  readonly object: string;
  readonly path: string;
  readonly type: string;
  readonly values: string;
}

/** Names of the index, `- `NAME` | ids | …`, each with its rows in the table of fields. */
function readIndex(): ReadonlyMap<string, readonly Row[]> {
  if (absent) return new Map();
  const names = readFileSync(INDEX, 'utf8').matchAll(/^- `(.+?)` \|/gm);
  const rows = readFileSync(FIELDS, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter((cells) => cells.length > 1)
    .map(([object = '', path = '', type = '', values = '']) => ({ object, path, type, values }));
  return new Map(Array.from(names, ([, name = '']) => [name, rows.filter((row) => row.object === name)]));
}

/** The schemas of a message's body, one for each of its forms, before an object is known. */
function bodySchemas(message: MessageDefinition): readonly z.ZodType[] {
  const forms: BodySource[] = [];
  for (let source = message.body; source !== undefined; source = source.variant?.body) forms.push(source);
  return forms.map((source) => new BodyChecker().schemaFor(message, source, {}));
}

/** What the schemas say of a name: as an object, whole or in a reply, and as a member of the body of a message. */
function schemasNamed(name: string): readonly z.ZodType[] {
  const id = BODIES[name];
  if (id !== undefined) {
    return MESSAGES.filter((message) => message.id === id && message.dialect !== 'spec').flatMap(bodySchemas);
  }
  const wanted = SAME_OBJECT[name] ?? name;
  const whole = OBJECTS.filter((object) => object.name === wanted).flatMap(({ value, reply }) => [
    value(),
    ...(reply === undefined ? [] : [reply()]),
  ]);
  const members = MESSAGES.map((message) => message.body?.members?.()[wanted]);
  return [...whole, ...members].filter((schema) => schema !== undefined);
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  boolean: true,
  string: 'text',
  array: [],
  'hex-string': '0x0000000B',
  'hex32-string': '0x0000000B',
  'datetime-string': '2026-11-22 10:00:00',
  'timesection-string': '1 00:00:00-24:00:00',
};

/** Values that the table says may stand at a row's path; none for types that it leaves to the members. */
function samplesOf({ path, type, values }: Row): readonly unknown[] {
  // A payload that nobody has seen (GetRandomUser, OPVersionList) is called a string by the table.
  if (path === '(root)' && type === 'string') return [];
  if (type === 'enum-string' || (type === 'string' && values !== '')) {
    return values
      .replace(/\(.*?\)/g, '')
      .split('|')
      .map((value) => value.trim());
  }
  if (type === 'integer' || type === 'number') return [Number(/-?\d+/.exec(values)?.[0] ?? 1)];
  return type.split(' or ').flatMap((one) => (one in SAMPLES ? [SAMPLES[one]] : []));
}

const index = readIndex();

describe('the index of objects', () => {
  it.skipIf(absent)('is read whole', () => {
    expect(index.size).toBe(186);
    expect([...index.values()].flat()).toHaveLength(1894);
  });

  it.skipIf(absent).each([...index])('has a schema for %s, with every path of it', (name, rows) => {
    const schemas = schemasNamed(name).filter(isTold);
    expect(schemas, `no schema for ${name}`).not.toEqual([]);
    const missing = rows.filter(({ path }) =>
      schemas.every((schema) => schemasAt(schema, path).length === 0),
    );
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  it.skipIf(absent).each([...index])(
    'gives values for %s that are not wrong, and known words that are not even odd',
    (name, rows) => {
      const schemas = schemasNamed(name);
      for (const row of rows) {
        const places = schemas.flatMap((schema) => schemasAt(schema, row.path));
        const refused = row.type === 'enum-string' ? ['wrong', 'odd'] : ['wrong'];
        for (const sample of samplesOf(row)) {
          const taken = places.some((schema) =>
            checkValue(schema, sample).every(({ level }) => !refused.includes(level)),
          );
          expect(taken, `${row.path} ${JSON.stringify(sample)}`).toBe(true);
        }
      }
    },
  );
});

describe('the table of messages', () => {
  const ids = absent
    ? []
    : readFileSync(TABLE, 'utf8')
        .split('\n')
        .slice(1)
        .filter((line) => line !== '')
        .map((line) => Number((line.split('\t')[1] ?? '').split('/').at(-1)));

  it.skipIf(absent)('has a schema for every row whose body is JSON', () => {
    expect(ids).toHaveLength(128);
    const without = MESSAGES.filter(
      ({ id, carrier, body }) => ids.includes(id) && carrier.includes('json') && body === undefined,
    );
    expect(ids.filter((id) => !MESSAGES.some((message) => message.id === id))).toEqual([]);
    expect(without.map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  });
});

describe('every object', () => {
  const all = OBJECTS.map((object) => ({ name: object.name, object }));

  it('has a name of its own', () => {
    expect(new Set(OBJECTS.map(({ name }) => name)).size).toBe(OBJECTS.length);
  });

  it.each(all)('$name is selected by its name and by an index', ({ name }) => {
    const objects = new ObjectSchemas();
    expect(objects.select(name, false)).toMatchObject({ form: 'whole', definition: { name } });
    expect(objects.select(`${name}.[3]`, false)).toMatchObject({ form: 'element', definition: { name } });
  });

  it.each(all)('$name takes its own example and refuses it without a required key', ({ object }) => {
    for (const schema of [object.value(), ...(object.reply === undefined ? [] : [object.reply()])]) {
      const full = exampleOf(schema, 'full');
      expect(checkValue(schema, full)).toEqual([]);
      expect(checkValue(schema, exampleOf(schema, 'minimal'))).toEqual([]);
      for (const { path, optional, schema: at } of placesOf(schema)) {
        const key = path.at(-1);
        if (typeof key !== 'string' || optional || at instanceof z.ZodUnknown) continue;
        const complaints = checkValue(schema, withValueAt(full, path, undefined));
        expect(complaints.map(({ level, kind }) => `${level} ${kind}`)).toContain('wrong missing-key');
      }
    }
  });
});

describe('every message with a body', () => {
  const bodies = MESSAGES.filter(({ body }) => body !== undefined).map((message) => ({
    title: `${message.id} ${message.name} (${message.dialect ?? 'both'})`,
    message,
  }));

  it.each(bodies)('$title takes an example and refuses it without a required key', ({ message }) => {
    for (const schema of bodySchemas(message)) {
      const full = exampleOf(schema, 'full') as Record<string, unknown>;
      expect(checkValue(schema, full)).toEqual([]);
      if (!(schema instanceof z.ZodObject)) continue;
      for (const [key, member] of Object.entries(schema.shape)) {
        if (member instanceof z.ZodOptional || member instanceof z.ZodUnknown) continue;
        const complaints = checkValue(schema, withValueAt(full, [key], undefined));
        expect(complaints.map(({ level, kind }) => `${level} ${kind}`)).toContain('wrong missing-key');
      }
    }
  });
});
