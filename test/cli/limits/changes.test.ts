import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import { limitsFor, MemoryCeiling } from '../../../src/analysis/memory-ceiling.ts';
import { configuredLimits, RUN_LIMITS } from '../../../src/cli/config/run-limits.ts';
import { LiveCeiling } from '../../../src/dashboard/model/live-ceiling.ts';

describe('limits of a configuration', () => {
  it('change what they name and leave the rest', () => {
    const limits = configuredLimits({
      flows: { flows: 7 },
      conversations: { framing: { longestBody: 99 } },
      extract: { files: 3 },
    });
    expect(limits.flows.flows).toBe(7);
    expect(limits.conversations.framing).toEqual({
      ...DEFAULT_LIMITS.conversations.framing,
      longestBody: 99,
    });
    expect(limits.conversations.sessions).toBe(DEFAULT_LIMITS.conversations.sessions);
    expect(limits.extract).toEqual({ ...RUN_LIMITS.extract, files: 3 });
    expect(limits.reassembly).toEqual(DEFAULT_LIMITS.reassembly);
    expect(configuredLimits(undefined)).toEqual(RUN_LIMITS);
  });

  it('are no names that every object has', () => {
    const limits = configuredLimits(
      JSON.parse('{"__proto__": {"x": 1}, "flows": {"__proto__": {"flows": 1}}}'),
    );
    expect(limits).toEqual(RUN_LIMITS);
    expect(Object.keys(limits)).not.toContain('__proto__');
  });
});

describe('limits of a configuration, in a capture that keeps to a ceiling of memory', () => {
  const MiB = 1024 * 1024;
  const changes = { flows: { flows: 40_000 }, rules: { ruleSessions: 3 } };

  it('win over those that are derived from it', () => {
    const { limits } = new MemoryCeiling(256 * MiB, 0, changes);
    expect(limits.flows.flows).toBe(40_000);
    expect(limits.rules.ruleSessions).toBe(3);
    const { flows, rules, conversations } = limitsFor(256 * MiB);
    expect(flows.flows).toBeLessThan(40_000);
    expect(limits.rules.ruleFlows).toBe(rules.ruleFlows);
    expect(limits.conversations).toEqual(conversations);
  });

  it('are not lowered while memory is scarce, as the others are', () => {
    const ceiling = new MemoryCeiling(256 * MiB, 0, changes);
    const { rules, flows } = ceiling.limits;
    const { bodies } = ceiling.limits.conversations;
    const [before, bodyBytes] = [rules.ruleFlows, bodies.bytes];
    for (let n = 0; n < 5; n++) ceiling.sample(255 * MiB);
    expect(ceiling.lowered).toBe(5);
    // Whoever holds a group of limits sees them change.
    expect(rules.ruleFlows).toBeLessThan(before);
    expect(bodies.bytes).toBeLessThan(bodyBytes);
    expect([flows.flows, rules.ruleSessions]).toEqual([40_000, 3]);
  });

  it('win over those of the index of the dashboard too', () => {
    const held = new LiveCeiling(256 * MiB, undefined, { ...changes, dashboard: { messages: 77 } });
    expect(held.records.messages).toBe(77);
    expect(held.records.flows).toBe(new LiveCeiling(256 * MiB, undefined, undefined).records.flows);
    expect(held.ceiling.limits.rules.ruleSessions).toBe(3);
  });
});
