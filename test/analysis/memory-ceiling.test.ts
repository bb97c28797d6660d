import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { LEAST_CEILING_MIB, limitsFor, MemoryCeiling } from '../../src/analysis/memory-ceiling.ts';

const MiB = 1024 * 1024;

/** Every number in an object of objects, by its path. */
function numbers(value: object, path = ''): [string, number][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'number'
      ? [[`${path}/${key}`, inner] as [string, number]]
      : numbers(inner, `${path}/${key}`),
  );
}

describe('the limits for a ceiling', () => {
  it('are whole, positive and never above those for files', () => {
    const most = new Map(numbers(DEFAULT_LIMITS));
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_CEILING_MIB, max: 100_000 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (mib, scale) => {
          for (const [path, limit] of numbers(limitsFor(mib * MiB, scale))) {
            expect(limit, path).toBeGreaterThan(0);
            // The one place for what belongs to no session comes on top.
            expect(limit, path).toBeLessThanOrEqual(
              (most.get(path) ?? 0) + (path.endsWith('mediaSessions') ? 1 : 0),
            );
            if (Number.isInteger(most.get(path))) expect(Number.isInteger(limit), path).toBe(true);
          }
        },
      ),
    );
  });

  it('grow with the ceiling', () => {
    const [small, large] = [limitsFor(256 * MiB), limitsFor(1024 * MiB)];
    expect(large.flows.flows).toBeGreaterThan(3 * small.flows.flows);
    expect(large.conversations.sessions).toBeGreaterThan(3 * small.conversations.sessions);
    expect(large.rules.ruleSessions).toBeGreaterThan(3 * small.rules.ruleSessions);
  });

  it('are what the table in the documentation says at 256 MiB', () => {
    const { flows, conversations, rules, reassembly, packets } = limitsFor(256 * MiB);
    const about = (value: number, told: number) => expect(Math.abs(value / told - 1)).toBeLessThan(0.03);
    about(flows.flows, 2800);
    about(conversations.sessions, 3200);
    about(rules.ruleSessions, 1700);
    about(conversations.bodies.bytes, 530 * 1024);
    about(conversations.mediaStreamsKept, 3000);
    about(rules.ruleDevices, 1600);
    about(rules.findingGroups, 1000);
    about(reassembly.pendingBytesInAll, 5.5 * MiB);
    about(conversations.keptBodyBytes, 5.5 * MiB);
    about(packets.fragmentBytes, 1.6 * MiB);
  });
});

describe('a process near its ceiling', () => {
  it('gets lower limits, in the same object, until it has the lowest', () => {
    const ceiling = new MemoryCeiling(256 * MiB);
    const { limits } = ceiling;
    const { flows } = limits.flows;
    expect(ceiling.sample(100 * MiB)).toBe(false);
    expect(limits.flows.flows).toBe(flows);
    expect(ceiling.sample(250 * MiB)).toBe(true);
    expect(limits.flows.flows).toBeLessThan(flows);
    for (let turn = 0; turn < 20; turn++) ceiling.sample(250 * MiB);
    expect(ceiling.sample(250 * MiB)).toBe(false);
    expect(ceiling.lowered).toBeLessThan(15);
    expect(limits.flows.flows).toBeGreaterThan(0);
  });

  it('gets them back when it has long been far from it', () => {
    const ceiling = new MemoryCeiling(256 * MiB);
    const { flows } = ceiling.limits.flows;
    ceiling.sample(250 * MiB);
    for (let turn = 0; turn < 20; turn++) ceiling.sample(90 * MiB);
    expect(ceiling.limits.flows.flows).toBe(flows);
  });
});
