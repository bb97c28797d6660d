import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isSecretKey } from '../../schemas/secret-keys.ts';
import { dvrscope } from './dvrscope.ts';

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-members-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keys of the members that a JSON Schema marks secret, however deep. */
function secretKeys(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretKeys(item, key));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, member]) =>
    name === 'properties' && typeof member === 'object' && member !== null
      ? Object.entries(member).flatMap(([property, schema]) => secretKeys(schema, property))
      : secretKeys(member, key),
  );
  return 'x-secret' in value ? [key, ...inner] : inner;
}

it('every member that a schema calls secret is hidden, since outputs know secrets by their keys', () => {
  expect(dvrscope(['schema', '-o', folder]).code).toBe(0);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  expect(files.length).toBeGreaterThan(200);
  const keys = new Set(
    files.flatMap((name) =>
      secretKeys(JSON.parse(readFileSync(join(folder, name), 'utf8')), basename(name, '.json')),
    ),
  );
  expect(keys.size).toBeGreaterThan(10);
  expect([...keys].filter((key) => !isSecretKey(key))).toEqual([]);
});
