import { describe, expect, it } from 'vitest';
import { GapCauses } from '../../src/analysis/gap-causes.ts';
import { Flow } from '../../src/reassembly/flow.ts';
import type { StreamDirection } from '../../src/reassembly/stream-direction.ts';

/** A direction of a connection of which so much was captured. */
function direction(shows: { readonly both: boolean; readonly beginning: boolean }): StreamDirection {
  const flow = new Flow(1, 6, new Uint8Array(8), [50_000, 34_567], new Array<number>(8).fill(0), 0);
  const [a, b] = flow.streams;
  a.started = true;
  b.started = shows.both;
  a.synSeen = b.synSeen = shows.beginning;
  return a;
}

const WHOLE = direction({ both: true, beginning: true });

describe('the cause of a gap', () => {
  it.each([
    ['one-direction', { both: false, beginning: true }],
    ['mid-stream', { both: true, beginning: false }],
    ['unknown', { both: true, beginning: true }],
  ] as const)('is %s where nothing was dropped and the connection shows %o', (cause, shows) => {
    const causes = new GapCauses();
    causes.gap(direction(shows), 100, 'acknowledged', 10);
    causes.settle(false, 10);
    expect(causes.byCause()).toEqual([{ cause, count: 1, bytes: 100 }]);
  });

  it('is the snap length where that cut the packet, whatever was dropped', () => {
    const causes = new GapCauses();
    causes.gap(WHOLE, 40, 'snap-length', 10);
    causes.settle(true, 10);
    expect(causes.byCause()).toEqual([{ cause: 'snap-length', count: 1, bytes: 40 }]);
  });

  it('is that packets were dropped in the same interval, or in the one before', () => {
    const causes = new GapCauses();
    causes.settle(false, 9);
    causes.gap(WHOLE, 1, 'acknowledged', 10);
    causes.settle(true, 10);
    causes.gap(WHOLE, 2, 'buffer-limit', 20);
    causes.settle(false, 20);
    causes.gap(WHOLE, 4, 'end', 30);
    causes.settle(false, 30);
    expect(causes.byCause()).toEqual([
      { cause: 'dropped', count: 2, bytes: 3 },
      { cause: 'unknown', count: 1, bytes: 4 },
    ]);
    expect(causes.total).toEqual({ count: 3, bytes: 7 });
  });

  it('is told by when the hole came about, where it is given up long after', () => {
    const causes = new GapCauses();
    causes.settle(false, 100);
    causes.settle(true, 110);
    for (const now of [120, 130, 140]) causes.settle(false, now);
    causes.gap(WHOLE, 1, 'end', 105);
    causes.gap(WHOLE, 2, 'end', 95);
    causes.gap(WHOLE, 4, 'end', 125);
    causes.settle(false, 150);
    expect(causes.byCause()).toEqual([
      { cause: 'dropped', count: 1, bytes: 1 },
      { cause: 'unknown', count: 2, bytes: 6 },
    ]);
  });

  it('is remembered of a bounded number of stretches', () => {
    const causes = new GapCauses();
    for (let now = 0; now < 100_000; now += 100) {
      causes.settle(false, now);
      causes.settle(true, now + 10);
    }
    causes.settle(false, 150_000);
    causes.gap(WHOLE, 1, 'end', 5);
    causes.gap(WHOLE, 2, 'end', 99_905);
    causes.settle(false, 200_000);
    expect(causes.byCause()).toEqual([
      { cause: 'dropped', count: 1, bytes: 2 },
      { cause: 'unknown', count: 1, bytes: 1 },
    ]);
  });
});
