import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { boundsOf } from '../../src/cli/config/limit-bounds.ts';
import { limitsSchema } from '../../src/cli/config/limits-schema.ts';
import { RUN_LIMITS } from '../../src/cli/config/run-limits.ts';
import { limitParts, limitsPage } from '../../src/cli/limits/limits-page.ts';
import { ELSEWHERE } from './elsewhere.ts';

const ROOT = new URL('../../', import.meta.url);
const ENTRIES = limitParts().flatMap(({ entries }) => entries);
const NAMES = ENTRIES.map(({ name }) => name);

/** Limits that the tests of this folder reach, by the calls of reaching.ts in their text. */
function reachedHere(): readonly string[] {
  const folder = new URL('test/limits/', ROOT);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(new URL(name, folder), 'utf8').matchAll(
        /^\s*(?:reaches|losesNothing|reachesFixed)\(\s*'([^']+)'/gm,
      ),
    ])
    .map(([, limit = '']) => limit);
}

it('docs/limits.md is what `npm run docs` makes of the limits', () => {
  expect(readFileSync(new URL('docs/limits.md', ROOT), 'utf8')).toBe(limitsPage());
});

it('the page has a row for each limit, with words for what is beyond it', () => {
  const page = limitsPage();
  for (const { name, value, words, setBy } of ENTRIES) {
    expect(value, name).toBeGreaterThan(0);
    expect(page).toContain(`\n| \`${name}\` |`);
    expect(setBy, name).toMatch(/^the file|^no: \w/);
    expect(words.every((text) => text.length > 3)).toBe(true);
  }
  expect(new Set(NAMES).size).toBe(NAMES.length);
});

it('every limit of a run is in the table', () => {
  const names = (prefix: string, group: object): string[] =>
    Object.entries(group).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? names(`${prefix}${key}.`, value) : [`${prefix}${key}`],
    );
  expect(names('', RUN_LIMITS).filter((name) => !NAMES.includes(name))).toEqual([]);
});

it('every limit has a test that reaches it', () => {
  const reached = new Set([...reachedHere(), ...Object.keys(ELSEWHERE)]);
  expect(NAMES.filter((name) => !reached.has(name))).toEqual([]);
  expect([...reached].filter((name) => !NAMES.includes(name))).toEqual([]);
});

it('a limit is said to be reached elsewhere only where that test is', () => {
  const here = new Set(reachedHere());
  for (const [name, [file, words]] of Object.entries(ELSEWHERE)) {
    expect(here.has(name), `${name} is reached here too`).toBe(false);
    const names = readFileSync(new URL(file, ROOT), 'utf8').matchAll(
      /^\s*it(?:\.each\([\s\S]*?\]\))?\(\s*(['"`])(.+?)\1/gm,
    );
    expect(
      [...names].some(([, , sentence = '']) => sentence.includes(words)),
      `${file}: ${words}`,
    ).toBe(true);
  }
});

it('what a limit usually is lies within its bounds', () => {
  for (const { name, value, setBy } of ENTRIES.filter((entry) => entry.setBy.startsWith('the file'))) {
    const { least, most, even } = boundsOf(name);
    expect(setBy).not.toBe('');
    expect(value, name).toBeGreaterThanOrEqual(least);
    expect(value, name).toBeLessThanOrEqual(most);
    if (even === true) expect(value % 2, name).toBe(0);
  }
  expect(limitsSchema.safeParse(RUN_LIMITS).success).toBe(true);
});
