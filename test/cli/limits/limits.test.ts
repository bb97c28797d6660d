import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limitParts, limitsPage } from '../../../src/cli/limits/limits-page.ts';
import { REACHED_BY } from './reached-by.ts';

const ROOT = new URL('../../../', import.meta.url);

it('docs/limits.md is what `npm run docs` makes of the limits', () => {
  expect(readFileSync(new URL('docs/limits.md', ROOT), 'utf8')).toBe(limitsPage());
});

it('a limit that a test is said to reach is one, and the test is there', () => {
  const names = new Set(limitParts().flatMap(({ entries }) => entries.map(({ name }) => name)));
  for (const [name, [file, sentence]] of Object.entries(REACHED_BY)) {
    expect(names, name).toContain(name);
    const path = new URL(file, ROOT);
    expect(existsSync(path), `${name}: ${file}`).toBe(true);
    expect(readFileSync(path, 'utf8'), `${name}: ${file}`).toContain(sentence);
  }
});

it('the page is made of tables, with a row for each limit', () => {
  const page = limitsPage();
  for (const { entries } of limitParts()) {
    for (const { name, value, words } of entries) {
      expect(value, name).toBeGreaterThan(0);
      expect(page).toContain(`| \`${name}\` |`);
      expect(words.every((text) => text.length > 3)).toBe(true);
    }
  }
});
