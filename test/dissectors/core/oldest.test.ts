import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Oldest } from '../../../dissectors/core/oldest.ts';

describe('the oldest entry', () => {
  it('is that of a queue, whatever comes and goes between', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('add' as const), what: fc.nat(30) }),
        fc.record({ do: fc.constant('remove' as const), what: fc.nat(30) }),
        fc.record({ do: fc.constant('take' as const), what: fc.constant(0) }),
      ),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const set = new Set<number>();
        const oldest = new Oldest(() => set.values());
        for (const { do: step, what } of all) {
          if (step === 'add') set.add(what);
          else if (step === 'remove') set.delete(what);
          else {
            const [first] = set;
            const taken = oldest.take();
            expect(taken).toBe(first);
            if (taken !== undefined) set.delete(taken);
          }
        }
      }),
    );
  });

  it('is found again when it was not taken out after all', () => {
    const set = new Set(['a']);
    const oldest = new Oldest(() => set.values());
    expect([oldest.take(), oldest.take()]).toEqual(['a', 'a']);
  });
});
