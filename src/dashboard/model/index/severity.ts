import type { Finding } from '../../../../dissectors/core/finding.ts';
import { type Severity, severityOf } from '../../../rules/catalogue.ts';

const RANKS: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 };
const SEVERITIES: readonly (Severity | undefined)[] = [undefined, 'note', 'warning', 'error'];

/** 1 note, 2 warning, 3 error. */
export function rankOf(severity: Severity): number {
  return RANKS[severity];
}

export function severityOfRank(rank: number): Severity | undefined {
  return SEVERITIES[rank];
}

/** The rank of the gravest; 0 without any. */
export function worstRank(findings: readonly Finding[]): number {
  let worst = 0;
  for (const { code } of findings) worst = Math.max(worst, RANKS[severityOf(code)]);
  return worst;
}
