import { ALL_RULES } from '../rules/all-rules.ts';
import type { Rule } from '../rules/rule.ts';
import { type RuleRecord, ruleArea, ruleRecord } from './records/rule-record.ts';
import { sectionsOf } from './text/rules-text.ts';

/** `docs/rules.md`: every rule, by area. */
export function rulesPage(): string {
  const records = ALL_RULES.map(ruleRecord);
  const areas = [...new Set(records.map(({ area }) => area))];
  return [
    '# Rules',
    '',
    'Made by `npm run docs` from `src/rules/`; do not edit. `dvrscope explain keepalive/in-time` shows the same with a',
    'conversation that breaks the rule, `dvrscope rules --json` lists them for programs. Ids never change.',
    '',
    '`must` and `should` are duties of the specification (§) or of the field notes; `advice` is none, but good to know.',
    '',
    '| Area | Rules |',
    '| --- | ---: |',
    ...areas.map(
      (area) => `| [${area}](#${area}) | ${records.filter((each) => each.area === area).length} |`,
    ),
    ...areas.flatMap((area) => [
      '',
      `## ${area}`,
      ...ALL_RULES.filter(({ rule }) => ruleArea(rule.id) === area).flatMap(ruleLines),
    ]),
    '',
  ].join('\n');
}

function ruleLines(entry: Rule): readonly string[] {
  const record = ruleRecord(entry);
  const { id, requires, because, remedy, breach } = record;
  return [
    '',
    `### ${id}`,
    '',
    `${text(requires)} *${facts(record)}*`,
    '',
    `- Because: ${text(because)}`,
    `- What to do: ${text(remedy)}`,
    ...(breach === undefined ? [] : [`- Reported as: ${text(breach)}`]),
    `- Obeys it: ${titles(entry.rule.examples().obeys)}`,
    `- Breaks it: ${titles(entry.rule.examples().breaks)}`,
  ];
}

function facts({ level, severity, inField, section }: RuleRecord): string {
  const field =
    inField === undefined ? '' : `, in the field dialect ${inField === 'off' ? 'not judged' : 'a note'}`;
  return `${level}, ${severity}${field}; ${sectionsOf(section)}`;
}

function titles(examples: readonly { readonly title: string }[]): string {
  return examples.map(({ title }) => text(title)).join('; ');
}

/** What Markdown would take for a tag or for emphasis, outside of code. */
function text(plain: string): string {
  const parts = plain.split('`');
  return parts.map((part, i) => (i % 2 === 0 ? part.replace(/[<*_[\]]/g, '\\$&') : part)).join('`');
}
