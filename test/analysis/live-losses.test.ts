import { describe, expect, it } from 'vitest';
import { LiveLosses } from '../../src/analysis/live-losses.ts';
import type { InterfaceStatistics, LiveStatistics } from '../../src/capture/live/engine.ts';

type Counts = Partial<Omit<InterfaceStatistics, 'interface'>>;

function statistics(counts: Readonly<Record<string, Counts>>): LiveStatistics {
  const interfaces = Object.entries(counts).map(([name, one]) => ({
    interface: name,
    state: 'capturing' as const,
    received: 0,
    unknown: [],
    ownDropped: 0,
    restarts: 0,
    ...one,
  }));
  return { received: 0, ownDropped: 0, queuedBytes: 0, restarts: 0, unknown: [], interfaces };
}

/** Takes readings at 100, 101, … seconds, with the last packet half a second older; gives what is told at each. */
function readings(...counts: readonly Readonly<Record<string, Counts>>[]): readonly string[] {
  let told = '';
  const losses = new LiveLosses({
    dropped: (from, to) => {
      told += `dropped ${from} to ${to}`;
    },
    settled: (until) => {
      told += `settled ${until}`;
    },
  });
  return counts.map((one, second) => {
    told = '';
    const lost = losses.take(statistics(one), 99.5 + second, 100 + second);
    expect(lost).toBe(told.startsWith('dropped'));
    return told;
  });
}

const eth0 = (kernelDropped?: number, more: Counts = {}) => ({
  eth0: {
    ...(kernelDropped === undefined ? { unknown: ['kernelDropped' as const] } : { kernelDropped }),
    ...more,
  },
});

describe('what an engine has counted as dropped', () => {
  it('was so since the reading before, until what is on its way is here', () => {
    expect(readings(eth0(0), eth0(0), eth0(7), eth0(7), eth0(9))).toEqual([
      'settled 100',
      'settled 101',
      'dropped 101 to 104',
      'settled 103',
      'dropped 103 to 106',
    ]);
  });

  it('was so since the beginning, where it counts at its end only', () => {
    expect(readings(eth0(), eth0(), eth0(), eth0(4))).toEqual(['', '', '', 'dropped -Infinity to 105']);
    expect(readings(eth0(), eth0(), eth0(), eth0(0))).toEqual(['', '', '', 'settled 103']);
  });

  it('is told of each interface, and of the interface as of the kernel', () => {
    const both = (a: number, b: number, device: number) => ({
      eth0: { kernelDropped: a },
      eth1: { kernelDropped: b, interfaceDropped: device },
    });
    expect(readings(both(0, 0, 0), both(0, 3, 0), both(0, 3, 1), both(0, 3, 1))).toEqual([
      'settled 100',
      'dropped 100 to 103',
      'dropped 101 to 104',
      'settled 103',
    ]);
  });

  it('is nothing new where an engine was started again, and its count is only part of what is known', () => {
    expect(readings(eth0(5), eth0(5, { unknown: ['kernelDropped'] }), eth0(5))).toEqual([
      'dropped -Infinity to 102',
      '',
      'settled 102',
    ]);
  });
});

it('what we threw away waited behind the last packet that was handed on', () => {
  const mine = (ownDropped: number) => ({ eth0: { ownDropped } });
  expect(readings(mine(0), mine(0), mine(3))).toEqual(['settled 100', 'settled 101', 'dropped 100.5 to 104']);
});

it('of a pipe, only what we threw away is counted: the rest stands among its packets', () => {
  expect(readings({ '-': { kernelDropped: 0 } }, { '-': { kernelDropped: 9 } })).toEqual(['', '']);
  expect(readings({ '-': {} }, { '-': { ownDropped: 2 } })).toEqual(['', 'dropped 99.5 to 103']);
});

describe('while nothing comes from an interface', () => {
  it('all is lost, from the reading before until it is captured again', () => {
    const told: string[] = [];
    const losses = new LiveLosses({
      dropped: (from, to) => told.push(`${from} to ${to}`),
      settled: (until) => told.push(`settled ${until}`),
    });
    const name = 'eth0';
    const problem = { code: 'interface-down', interface: name, engine: 'tcpdump', message: 'down' } as const;
    losses.take(statistics(eth0(0)), 10, 10);
    losses.event({ kind: 'lost', interface: name, problem });
    for (const now of [11, 12]) losses.take(statistics(eth0(0)), 10, now);
    losses.event({ kind: 'started', interface: name, again: true });
    for (const now of [13, 14]) losses.take(statistics(eth0(0)), 12.5, now);
    expect(told).toEqual(['settled 10', '10 to 13', '11 to 14', '12 to 15', 'settled 14']);
  });
});

it('what stands among the packets is handed on, and counts as lost at the next reading', () => {
  const told: string[] = [];
  const losses = new LiveLosses({
    dropped: (from, to) => told.push(`${from} to ${to}`),
    settled: () => undefined,
  });
  losses.take(statistics({ '-': {} }), 10, 10);
  losses.noted(10.2, 10.4);
  expect(told).toEqual(['10.2 to 10.4']);
  expect(losses.take(statistics({ '-': {} }), 11, 11)).toBe(true);
  expect(losses.take(statistics({ '-': {} }), 12, 12)).toBe(false);
  // When it was is known better than by the readings.
  expect(told).toEqual(['10.2 to 10.4']);
});
