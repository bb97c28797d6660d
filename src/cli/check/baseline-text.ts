import { fingerprintOf } from '../../report/check/fingerprint.ts';
import type { FindingGroup } from '../../rules/ledger.ts';
import type { BaselineDocument } from './baseline.ts';

/** The text of a baseline of all kinds of findings that nobody has waived. */
export function baselineText(groups: Iterable<FindingGroup>): string {
  const findings: BaselineDocument['findings'] = [];
  for (const { subject, excuse } of groups) {
    if (excuse?.kind !== 'waived') findings.push({ rule: subject.rule, fingerprint: fingerprintOf(subject) });
  }
  const order = ({ rule, fingerprint }: BaselineDocument['findings'][number]) => `${rule} ${fingerprint}`;
  findings.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const document: BaselineDocument = { schema: 'dvrscope.baseline/1', findings };
  return `${JSON.stringify(document, null, 2)}\n`;
}
