import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readExpected, retell, saysTheSame } from './retell.ts';
import { SCENARIOS } from './scenarios/all.ts';

const CAPTURES = fileURLToPath(new URL('../../../captures/', import.meta.url));

function hasEditcap(): boolean {
  try {
    execFileSync('editcap', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mayRead = hasEditcap() || process.env.DVRSCOPE_REQUIRE_TOOLS === '1';
const clean = SCENARIOS.filter(({ damage }) => damage === undefined).map(({ name }) => name);

describe('what the bytes of a sample tell', () => {
  it.skipIf(!mayRead).each(clean)('is what expected.json says of %s', (name) => {
    const folder = `${CAPTURES}${name}`;
    // JSON has no place for undefined.
    expect(JSON.parse(JSON.stringify(retell(folder)))).toEqual(readExpected(folder));
  });
});

describe('the comparison with what a log had said', () => {
  it('allows for additions at any depth', () => {
    expect(saysTheSame({ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }], d: 3 })).toBe(true);
  });

  it.each([
    ['another value', { a: [{ b: 2 }] }],
    ['a missing key', {}],
    ['a longer list', { a: [{ b: 1 }, { b: 1 }] }],
    ['something else in place of a list', { a: { 0: { b: 1 } } }],
  ])('does not allow for %s', (_, newer) => {
    expect(saysTheSame({ a: [{ b: 1 }] }, newer)).toBe(false);
  });
});
