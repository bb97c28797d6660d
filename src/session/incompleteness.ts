import type { Finding } from '../../dissectors/core/finding.ts';

/** Why the body is not all there: nothing to say of a whole one. */
export function incompleteness(
  need: number,
  body: { missing: number; cut: number; unkept: number },
): Finding[] {
  const { missing, cut, unkept } = body;
  const findings: Finding[] = [];
  if (missing > 0) findings.push({ code: 'framing/gap-in-message', params: { missing } });
  if (cut > 0) findings.push({ code: 'framing/cut-message', params: { have: need - missing - cut, need } });
  if (unkept > 0) findings.push({ code: 'framing/body-not-kept', params: { unkept } });
  return findings;
}
