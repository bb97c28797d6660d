import { describe, expect } from 'vitest';
import { compileFilter } from '../../src/filter/compile.ts';
import type { FilterLimits } from '../../src/filter/limits.ts';
import { renderFilterError } from '../../src/report/text/filter-error.ts';
import { type Sample, TABLE } from '../filter/sample.ts';
import { losesNothing, reaches } from './reaching.ts';

/** What the command line says of a filter that it refuses; undefined of one that it takes. */
function refusalOf(text: string, limits: FilterLimits): string | undefined {
  const result = compileFilter(text, TABLE, limits);
  return result.kind === 'error' ? renderFilterError(text, result) : undefined;
}

function lets(text: string, subject: Sample, limits: FilterLimits): boolean {
  const result = compileFilter(text, TABLE, limits);
  if (result.kind === 'error') throw new Error(result.message);
  return result.test(subject);
}

describe('a filter', () => {
  reaches('filter.expressionUnits', 20, 'that is longer is refused', ({ limits }) => {
    expect(refusalOf('dvrip.msgid == 10000', limits.filter)).toBeUndefined();
    expect(refusalOf('dvrip.msgid == 100000', limits.filter)).toContain('longer than 20 characters');
  });

  reaches('filter.nesting', 3, 'whose brackets are deeper is refused', ({ limits }) => {
    expect(refusalOf('(((tcp.port)))', limits.filter)).toBeUndefined();
    expect(refusalOf('((((tcp.port))))', limits.filter)).toContain('nested more than 3 deep');
  });

  reaches('filter.setMembers', 2, 'with a larger set is refused', ({ limits }) => {
    expect(refusalOf('tcp.port in {1, 2}', limits.filter)).toBeUndefined();
    expect(refusalOf('tcp.port in {1, 2, 3}', limits.filter)).toContain('more than 2 members');
  });

  reaches('filter.patternInstructions', 40, 'with a larger pattern is refused', ({ limits }) => {
    expect(refusalOf('dvrip.name matches "a{10}"', limits.filter)).toBeUndefined();
    expect(refusalOf('dvrip.name matches "a{100}"', limits.filter)).toContain('the pattern is too large');
  });

  reaches('filter.matchedUnits', 5, 'looks no further into a value', ({ limits }) => {
    const subject = { name: 'LOGIN_RSP', payload: Buffer.from('\0\0\0\0LOGIN') };
    expect(lets('dvrip.name matches "^LOGIN$"', subject, limits.filter)).toBe(true);
    expect(lets('dvrip.name matches "RSP"', subject, limits.filter)).toBe(false);
    expect(lets('dvrip.payload matches "LO"', subject, limits.filter)).toBe(false);
  });

  losesNothing('filter.cachedAddresses', 1, 'parses an address again that it has forgotten', ({ limits }) => {
    const result = compileFilter('ip.addr == 192.0.2.0/24', TABLE, limits.filter);
    if (result.kind === 'error') throw new Error(result.message);
    for (const [address, inside] of [
      ['192.0.2.1', true],
      ['198.51.100.7', false],
      ['192.0.2.1', true],
      ['2001:db8::1', false],
      ['192.0.2.77', true],
    ] as const) {
      expect(result.test({ addresses: [address] }), address).toBe(inside);
    }
  });
});
