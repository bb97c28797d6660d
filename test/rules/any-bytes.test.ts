import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { examplePackets } from '../support/example-packets.ts';
import { runRules } from '../support/run-rules.ts';

const EXAMPLES = ALL_RULES.flatMap(({ rule }) => {
  const { obeys, breaks } = rule.examples();
  return [...obeys, ...breaks];
});

/** Ethernet, IPv4 and TCP or UDP: behind them the bytes are DVRIP's. */
const HEADERS = 54;

it('no damage to a conversation makes a rule throw, or count more breaches than it judged', () => {
  const damage = fc.record({
    example: fc.nat(EXAMPLES.length - 1),
    hits: fc.array(fc.record({ packet: fc.nat(40), at: fc.nat(200), byte: fc.nat(255) }), {
      minLength: 1,
      maxLength: 12,
    }),
    dialect: fc.constantFrom('field' as const, 'spec' as const),
  });
  fc.assert(
    fc.property(damage, ({ example, hits, dialect }) => {
      const chosen = EXAMPLES[example];
      if (chosen === undefined) return;
      const packets = examplePackets(chosen).map((packet) => ({
        ...packet,
        bytes: Buffer.from(packet.bytes),
      }));
      for (const { packet, at, byte } of hits) {
        const bytes = packets[packet % packets.length]?.bytes;
        if (bytes !== undefined && HEADERS + at < bytes.length) bytes[HEADERS + at] = byte;
      }
      const { ledger } = runRules(packets, { dialect }, { dialect });
      for (const { rule } of ALL_RULES) {
        const { checked, violations } = ledger.tally(rule.id);
        expect(violations, rule.id).toBeLessThanOrEqual(checked);
      }
    }),
    { numRuns: 100 },
  );
});
