import { severityOf } from './catalogue.ts';
import { type Rule, type Severity, severityOfLevel } from './rule.ts';

/** How grave a breach of the rule is before a dialect or anybody makes it otherwise. */
export function ownSeverity(entry: Rule): Severity {
  if (entry.kind === 'finding') return severityOf(entry.rule.id);
  return entry.rule.severity ?? severityOfLevel(entry.rule.level);
}

/** What a breach counts as: what is configured, else what the dialect makes of it, else the rule's own. */
export function effectiveSeverity(
  entry: Rule,
  dialect: 'field' | 'spec',
  configured: Severity | 'off' | undefined,
): Severity | 'off' {
  const inField = dialect === 'field' ? entry.rule.inField : undefined;
  return configured ?? inField ?? ownSeverity(entry);
}
