import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../dissectors/dvrip/json-fault.ts';
import { nearlyJson } from './nearly-json.ts';

describe('the first fault of a text', () => {
  it.each([
    ['{"a":1', 'ends-early', 6],
    ['{', 'ends-early', 1],
    ['{"a"', 'ends-early', 4],
    ['{"a', 'ends-early', 3],
    ['[tru', 'ends-early', 4],
    ['[1.', 'ends-early', 3],
    ['   ', 'ends-early', 3],
    ['"\\u12', 'ends-early', 5],
    ['{a:1}', 'key-expected', 1],
    ['{"a":1,}', 'key-expected', 7],
    ['[1,]', 'value-expected', 3],
    ['[01]', 'comma-or-end-expected', 2],
    ['{"a" 1}', 'colon-expected', 5],
    ['{"a":1 "b":2}', 'comma-or-end-expected', 7],
    ['{"a":1]', 'comma-or-end-expected', 6],
    ['{"a":"\t"}', 'bad-string', 6],
    ['{"a":"\\x"}', 'bad-string', 7],
    ['{"a\u0001":1}', 'bad-string', 3],
    ['{"a":-}', 'bad-number', 6],
    ['{"a":1e}', 'bad-number', 7],
    ['{}x', 'text-after-end', 2],
    ['{}{}', 'text-after-end', 2],
    ['PK\u0003\u0004', 'value-expected', 0],
    ['{“a”:1}', 'key-expected', 1],
    ['{"前门":1,}', 'key-expected', 8],
  ])('says why %j is none', (text, reason, at) => {
    expect(findJsonFault(text)).toEqual({ reason, at });
  });

  it('is there wherever JSON.parse finds one, and what comes before it is unfinished JSON at worst', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyJson(), fc.string(), fc.json()), (text) => {
        const fault = findJsonFault(text);
        expect(fault === undefined).toBe(isJson(text));
        if (fault === undefined) return;
        expect(fault.at).toBeLessThanOrEqual(text.length);
        if (fault.reason === 'ends-early') expect(fault.at).toBe(text.length);
        expect(findJsonFault(text.slice(0, fault.at))?.reason ?? 'ends-early').toBe('ends-early');
      }),
      { numRuns: 5000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
