import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Guidance } from './guidance.ts';
import { Maker } from './maker.ts';
import { Random } from './random.ts';
import type { Target } from './target.ts';

const PLACES = 16;
const DEEP = 8;

/** Counters of a run that passed each place so many times. */
function passed(...counts: readonly number[]): Uint8Array {
  const counters = new Uint8Array(PLACES);
  counters.set(counts);
  return counters;
}

function bytes(length: number): Buffer {
  return Buffer.alloc(length, length);
}

describe('guidance', () => {
  it('keeps an input that reaches a new place, or one clearly more often', () => {
    const guidance = new Guidance(PLACES);
    expect(guidance.consider(bytes(10), passed(1))).toBe(true);
    expect(guidance.consider(bytes(10), passed(1))).toBe(false);
    expect(guidance.consider(bytes(10), passed(1, 1))).toBe(true);
    expect(guidance.consider(bytes(10), passed(5))).toBe(true);
    expect(guidance.consider(bytes(10), passed(6))).toBe(false);
    expect(guidance.consider(bytes(10), passed(200))).toBe(true);
    expect(guidance.places).toBe(2);
    expect(guidance.size).toBe(4);
  });

  it('lets a clearly smaller input take the place of a larger one', () => {
    const guidance = new Guidance(PLACES);
    guidance.consider(bytes(100), passed(1, 1));
    expect(guidance.consider(bytes(90), passed(1, 1))).toBe(false);
    expect(guidance.consider(bytes(50), passed(1))).toBe(true);
    expect(guidance.inputs().map(({ length }) => length)).toEqual([100, 50]);
    expect(guidance.consider(bytes(40), passed(0, 1))).toBe(true);
    expect(guidance.inputs().map(({ length }) => length)).toEqual([50, 40]);
    expect(guidance.bytes).toBe(90);
  });

  it('keeps a copy', () => {
    const guidance = new Guidance(PLACES);
    const input = bytes(3);
    guidance.consider(input, passed(1));
    input.fill(0);
    expect(guidance.inputs()).toEqual([bytes(3)]);
  });

  it('never keeps more than it may, and does not keep again what it gave up', () => {
    const limits = { inputs: 3, bytes: 100 };
    const run = fc.record({
      length: fc.nat(130),
      counts: fc.array(fc.nat(255), { maxLength: PLACES }),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 60 }), (runs) => {
        const guidance = new Guidance(PLACES, limits);
        const reached = new Set<number>();
        for (const { length, counts } of runs) {
          const kept = guidance.consider(bytes(length), passed(...counts));
          for (const [place, count] of counts.entries()) if (count > 0) reached.add(place);
          const all = guidance.inputs();
          expect(all.length).toBeLessThanOrEqual(limits.inputs);
          expect(guidance.bytes).toBe(all.reduce((sum, input) => sum + input.length, 0));
          expect(guidance.bytes).toBeLessThanOrEqual(limits.bytes);
          expect(guidance.size).toBe(all.length);
          expect(all.some((input) => input.length === length)).toBe(
            kept || all.some((input) => input.length === length),
          );
        }
        expect(guidance.places).toBe(reached.size);
        const picked = guidance.pick(new Random(1));
        if (guidance.size > 0) expect(guidance.inputs()).toContain(picked);
        else expect(picked).toBeUndefined();
      }),
    );
  });

  it('finds its way through what chance alone does not', async () => {
    const target: Target = {
      name: 'word',
      about: '',
      kind: 'bytes',
      seeds: [Buffer.alloc(8)],
      run: () => undefined,
    };
    /** One more place for each of the first bytes that is as it must be, as a reader that looks at one after the other. */
    const depth = (input: Buffer) => {
      let at = 0;
      while (at < DEEP && (input[at] ?? 0) % 16 === 3 + at) at += 1;
      return at;
    };
    const inputsUntilFound = (guidance: Guidance | undefined, most: number) => {
      const maker = new Maker(target, 7, guidance);
      for (let tried = 1; tried <= most; tried++) {
        const input = maker.make();
        if (depth(input) === DEEP) return tried;
        guidance?.consider(input, passed(...Array.from({ length: depth(input) }, () => 1)));
      }
      return undefined;
    };
    const found = inputsUntilFound(new Guidance(PLACES), 20_000);
    expect(found).toBeLessThan(20_000);
    expect(inputsUntilFound(undefined, 20_000)).toBeUndefined();
    expect(inputsUntilFound(new Guidance(PLACES), 20_000)).toBe(found);
  });
});
