import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import type { Excuse, Subject } from '../../src/rules/ledger.ts';
import { examplePackets } from '../support/example-packets.ts';
import { runRules } from '../support/run-rules.ts';

const DEVICE = '192.168.1.10';
const EVERY = new Set(ALL_RULES.map(({ rule }) => rule.id));

/** Waives everything for one device. */
function forOne(address: string) {
  return ({ device }: Subject): Excuse | undefined =>
    device?.join('.') === address
      ? { kind: 'waived', reason: 'old', owner: 'lab', expires: '2999-12-31', device: address }
      : undefined;
}

describe.each(ALL_RULES.map(({ rule }) => [rule.id, rule] as const))('a breach of %s', (id, rule) => {
  const [example] = rule.examples().breaks;

  it('tells the device that it is about', () => {
    if (example === undefined) throw new Error('a rule without an example');
    const dialect = example.spec === true ? 'spec' : 'field';
    const run = (address: string) =>
      runRules(
        examplePackets(example),
        { dialect, perDevice: EVERY, excuse: forOne(address) },
        { dialect },
      ).ledger.tally(id);
    const { violations, waived } = run(DEVICE);
    expect(violations).toBeGreaterThan(0);
    expect(waived).toBe(violations);
    expect(run('192.168.1.11')).toMatchObject({ violations, waived: 0 });
  });
});
