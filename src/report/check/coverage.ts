import { type Dialect, describeMessage, MESSAGES, messageName } from '../../../schemas/registry.ts';
import type { SummaryRecord } from '../records/schemas.ts';
import type { CheckRecord, CheckRule } from './check-schema.ts';

/** What of the protocol the capture has shown: a check that saw little proves little. */
export function coverageOf(
  { messages }: SummaryRecord,
  rules: readonly CheckRule[],
  dialect: Dialect,
  requiredIds: readonly number[],
): CheckRecord['coverage'] {
  const known = MESSAGES.filter((message) => message.dialect === undefined || message.dialect === dialect);
  const seen = messages.byId.map(({ id, name, count }) => ({
    id,
    name,
    count,
    known: describeMessage(dialect, id) !== undefined,
  }));
  const ids = new Set(seen.map(({ id }) => id));
  return {
    messages: messages.total,
    idsKnown: new Set(known.map(({ id }) => id)).size,
    idsSeen: seen.filter((entry) => entry.known).length,
    seen,
    areas: areasOf(rules),
    missing: [...new Set(requiredIds)]
      .filter((id) => !ids.has(id))
      .sort((a, b) => a - b)
      .map((id) => ({ id, name: messageName(dialect, id) })),
  };
}

function areasOf(rules: readonly CheckRule[]): CheckRecord['coverage']['areas'] {
  const areas = new Map<string, { area: string; rules: number; exercised: number }>();
  for (const { area, verdict } of rules) {
    const sums = areas.get(area) ?? { area, rules: 0, exercised: 0 };
    sums.rules += 1;
    if (verdict !== 'not-observed' && verdict !== 'inconclusive') sums.exercised += 1;
    areas.set(area, sums);
  }
  return [...areas.values()];
}
