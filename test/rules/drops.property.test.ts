import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DROP_MARGIN_SECONDS, Drops } from '../../src/rules/drops.ts';

interface Told {
  readonly from: number;
  readonly to: number;
  /** When it was told. */
  readonly at: number;
}

interface Mark {
  readonly time: number;
  readonly count: number;
}

/** What happens at one time: a message, and what is told of losses just before it. */
const moment = fc.record({
  pause: fc.integer({ min: 1, max: 8 }),
  told: fc.option(fc.record({ ago: fc.nat(10), lasting: fc.nat(6) }), { freq: 2 }),
});

/** Lets time go by; gives the marks that a rule would have remembered at each message, and what was told. */
function pass(
  drops: Drops,
  moments: readonly { pause: number; told: { ago: number; lasting: number } | null }[],
) {
  const marks: Mark[] = [];
  const told: Told[] = [];
  let time = 0;
  for (const { pause, told: loss } of moments) {
    time += pause;
    if (loss !== null) {
      const to = Math.max(0, time - loss.ago);
      const from = Math.max(0, to - loss.lasting);
      drops.add(from, to);
      told.push({ from, to, at: time });
    }
    if (time > drops.over) drops.pass();
    marks.push({ time, count: drops.count });
  }
  return { marks, told, now: time };
}

/** Whether a loss touches the time between, margin included; `late`: what was told after its end counts until then. */
function touches(told: readonly Told[], from: number, to: number, late: boolean): boolean {
  return told.some((loss) => {
    const end = loss.to + DROP_MARGIN_SECONDS;
    return loss.from - DROP_MARGIN_SECONDS <= to && (late ? Math.max(end, loss.at) : end) >= from;
  });
}

describe('what did not come between two moments', () => {
  const moments = fc.array(moment, { minLength: 1, maxLength: 60 });

  it('may have been dropped wherever a loss touches the time until now, and nowhere else', () => {
    fc.assert(
      fc.property(moments, (all) => {
        const drops = new Drops();
        const { marks, told, now } = pass(drops, all);
        for (const { time, count } of marks) {
          const doubted = drops.since(count);
          if (touches(told, time, now, false)) expect(doubted).toBe(true);
          else if (!touches(told, time, now, true)) expect(doubted).toBe(false);
        }
      }),
    );
  });

  it('and where it ended earlier, until then', () => {
    fc.assert(
      fc.property(moments, fc.nat(60), (all, later) => {
        const drops = new Drops();
        const { marks, told } = pass(drops, all);
        for (const [place, { time, count }] of marks.entries()) {
          const end = marks[Math.min(place + later, marks.length - 1)]?.time ?? time;
          drops.judged = end;
          const doubted = drops.since(count);
          if (touches(told, time, end, false)) expect(doubted).toBe(true);
          else if (!touches(told, time, end, true)) expect(doubted).toBe(false);
        }
      }),
    );
  });

  it('is always in doubt where nobody knows when packets were dropped', () => {
    const drops = new Drops();
    drops.add(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(drops.since(0)).toBe(true);
    drops.judged = 1_700_000_000;
    expect(drops.since(0)).toBe(true);
  });
});
