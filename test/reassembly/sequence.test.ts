import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceAdd, sequenceDistance } from '../../src/reassembly/sequence.ts';

const HALF = 2 ** 31;

describe('sequence numbers', () => {
  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [0, 1, -1],
    [0, -1, 1],
    [-1, 0, -1],
    [0x7fffffff, 0x7fffffff | 0, 0],
    [-HALF, 0x7fffffff, 1],
    [0x7fffffff, -HALF, -1],
    [5, -5, 10],
    [-5, 5, -10],
  ])('%i lies %i ahead of … by %i, also across the wrap', (a, b, distance) => {
    expect(sequenceDistance(a, b)).toBe(distance);
  });

  it('are ahead up to 2^31 − 1, and behind from 2^31 on', () => {
    for (const base of [0, 1, -1, 0x7fffffff, -HALF, 12_345]) {
      expect(sequenceDistance(sequenceAdd(base, HALF - 1), base)).toBe(HALF - 1);
      expect(sequenceDistance(sequenceAdd(base, HALF), base)).toBe(-HALF);
      expect(sequenceDistance(sequenceAdd(base, HALF + 1), base)).toBe(-HALF + 1);
      expect(sequenceDistance(sequenceAdd(base, -1), base)).toBe(-1);
    }
  });

  it('are the same number when 2^32 apart', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: HALF - 1 }), (base, step) => {
        const ahead = sequenceAdd(base, step);
        expect(ahead).toBe(ahead | 0);
        expect(sequenceDistance(ahead, base)).toBe(step);
        expect(sequenceDistance(base, ahead)).toBe(step === 0 ? 0 : -step);
        expect(sequenceDistance(sequenceAdd(base, 2 ** 32), base)).toBe(0);
      }),
    );
  });
});
