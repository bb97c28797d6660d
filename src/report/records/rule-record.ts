import { z } from 'zod';
import type { Rule } from '../../rules/rule.ts';
import { ownSeverity } from '../../rules/severity.ts';

/** A rule as `rules --json` prints it, one a line. */
export const ruleSchema = z.strictObject({
  schema: z.literal('dvrscope.rule/1'),
  id: z.string(),
  area: z.string().meta({ description: 'what the id begins with' }),
  level: z
    .enum(['must', 'should', 'advice'])
    .meta({ description: 'what the specification asks; advice: no duty, but good to know' }),
  severity: z.enum(['error', 'warning', 'note']).meta({ description: 'of a breach, unless configured' }),
  inField: z
    .enum(['note', 'off'])
    .optional()
    .meta({ description: 'instead, in the field dialect: all devices do otherwise' }),
  section: z.string().meta({ description: 'of the specification, or of the field notes' }),
  requires: z.string(),
  because: z.string(),
  remedy: z.string(),
  breach: z
    .string()
    .optional()
    .meta({ description: 'how a breach is worded; absent where the decoders word what they find' }),
  hears: z.array(z.string()).optional().meta({ description: 'messages that it looks at, where not all' }),
});

export type RuleRecord = z.infer<typeof ruleSchema>;

export function ruleRecord(entry: Rule): RuleRecord {
  const { id, level, inField, section, requires, because, remedy } = entry.rule;
  return {
    schema: 'dvrscope.rule/1',
    id,
    area: ruleArea(id),
    level,
    severity: ownSeverity(entry),
    ...(inField !== undefined && { inField }),
    section,
    requires,
    because,
    remedy,
    ...(entry.kind === 'conversation' && { breach: entry.rule.breach }),
    ...(entry.kind === 'conversation' && entry.rule.hears !== undefined && { hears: [...entry.rule.hears] }),
  };
}

/** What precedes the slash of an id. */
export function ruleArea(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
