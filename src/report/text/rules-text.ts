import type { Rule } from '../../rules/rule.ts';
import { wrapLine } from '../check/wrap.ts';
import type { Style } from '../format/style.ts';
import { plural } from '../format/table.ts';
import { type RuleRecord, ruleRecord } from '../records/rule-record.ts';
import { exampleCircumstances, exampleText } from './example-text.ts';

const LEVELS = {
  must: 'the specification demands it',
  should: 'the specification recommends it',
  advice: 'no duty, but good to know',
} as const;

/** Widest line of running text. */
const WIDTH = 80;

/** Rules as a list: a heading for each area, two lines or more for each rule. */
export function rulesText(rules: readonly Rule[], style: Style): readonly string[] {
  const records = rules.map(ruleRecord);
  const areas = [...new Set(records.map(({ area }) => area))];
  const width = Math.max(0, ...records.map(({ id }) => id.length));
  return [
    ...areas.flatMap((area) => [
      style.heading(area),
      ...records.filter((record) => record.area === area).flatMap((record) => listed(record, width, style)),
      '',
    ]),
    `${plural(rules.length, 'rule')}; dvrscope explain RULE tells more`,
  ];
}

function listed(
  { id, severity, level, section, requires }: RuleRecord,
  width: number,
  style: Style,
): string[] {
  const facts = `${style[severity](severity.padEnd(7))}  ${style.faint(`${level.padEnd(6)}  ${sectionsOf(section)}`)}`;
  return [`  ${id.padEnd(width)}  ${facts}`, ...wrapped(requires, '      ').map((line) => style.faint(line))];
}

/** One rule: its duty, where it comes from, why, a conversation that breaks it, and what to do. */
export function explainRule(entry: Rule, style: Style): readonly string[] {
  const record = ruleRecord(entry);
  const { id, severity, requires, because, remedy } = record;
  const [broken] = entry.rule.examples().breaks;
  return [
    `${style.heading(id)}  ${style[severity](severity)}${style.faint(fieldWords(record))}`,
    ...wrapped(requires, '  '),
    ...labelled('Source', `${sectionsOf(record.section)}; ${LEVELS[record.level]}`, style),
    ...labelled('Because', because, style),
    ...labelled('What to do', remedy, style),
    ...(record.breach === undefined ? [] : labelled('Reported as', record.breach, style)),
    ...(broken === undefined
      ? []
      : [
          '',
          `  ${style.faint('A conversation that breaks it:')} ${[broken.title, ...exampleCircumstances(broken)].join('; ')}`,
          `  ${style.faint(' seconds  ──▶ client to device, ◀── device to client')}`,
          ...exampleText(broken).map((line) => `  ${line}`),
        ]),
  ];
}

/** `§5.1.1, §5.1.5, field notes 8`. */
export function sectionsOf(section: string): string {
  return section
    .split(/, */)
    .map((each) => (each.startsWith('field') ? each.replace('field', 'field notes') : `§${each}`))
    .join(', ');
}

function fieldWords({ inField }: RuleRecord): string {
  if (inField === undefined) return '';
  return inField === 'off' ? '  not judged in the field dialect' : `  a ${inField} in the field dialect`;
}

function labelled(label: string, text: string, style: Style): readonly string[] {
  return ['', `  ${style.faint(label)}`, ...wrapped(text, '    ')];
}

function wrapped(text: string, indent: string): readonly string[] {
  return wrapLine(text, WIDTH - indent.length).map((line) => indent + line);
}
