import { expect, it } from 'vitest';
import { KeyedHash } from '../../src/reassembly/keyed-hash.ts';

const hash = new KeyedHash();

function hashOf(seed: number, words: readonly number[]): number {
  hash.begin(seed, 6);
  for (const word of words) hash.add(word);
  return hash.end();
}

it('is one number for the same words and seed, and another for others', () => {
  expect(hashOf(1, [1, 2, 3])).toBe(hashOf(1, [1, 2, 3]));
  const others = [hashOf(2, [1, 2, 3]), hashOf(1, [2, 1, 3]), hashOf(1, [1, 2]), hashOf(1, [1, 2, 3, 0])];
  expect(new Set([hashOf(1, [1, 2, 3]), ...others]).size).toBe(5);
});

it.each([0, 1, 0x7fff_ffff, 123_456_789])(
  'spreads words whose differences cancel in a multiplicative hash (seed %d)',
  (seed) => {
    // The upper eight bits of each word, and where a rotation brings them in the next: 65,536 chosen by an attacker.
    const buckets = new Uint16Array(1 << 16);
    for (let i = 0; i < 1 << 16; i++) {
      const bucket = hashOf(seed, [(i & 0xff) << 24, (i >> 8) << 7, 0, 0]) & 0xffff;
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    // Of so many balls thrown at random the fullest of so many urns holds eight or nine.
    expect(Math.max(...buckets)).toBeLessThan(14);
  },
);
