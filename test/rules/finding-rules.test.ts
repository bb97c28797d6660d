import { expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { CODES, severityOf } from '../../src/rules/catalogue.ts';
import { severityOfLevel } from '../../src/rules/rule.ts';

const FINDING_RULES = ALL_RULES.flatMap((entry) => (entry.kind === 'finding' ? [entry.rule] : []));

it('a rule about a finding is as strict as the finding is grave', () => {
  const differing = FINDING_RULES.filter(({ id, level }) => severityOfLevel(level) !== severityOf(id));
  expect(differing.map(({ id }) => id)).toEqual([]);
  expect(FINDING_RULES.length).toBeGreaterThan(20);
});

it('each finding has a rule that judges it, but for those that are the fault of the capture or our own', () => {
  const judged = new Set<string>(FINDING_RULES.map(({ id }) => id));
  expect(CODES.filter((code) => !judged.has(code))).toEqual([
    'framing/gap-in-message',
    'framing/body-not-kept',
  ]);
});
