import type { Rule } from '../../rules/rule.ts';
import { formatCount, plural } from '../format/table.ts';
import type { CheckFinding, CheckRecord } from './check-schema.ts';
import { REPORT_LIMITS, type ReportLimits } from './limits.ts';
import { markdownCode, markdownRow, markdownText } from './markdown-text.ts';
import { coverageFacts, type Fact, qualityFacts } from './overview.ts';
import {
  doubtWords,
  excuseWords,
  groupedByRule,
  idleWaivers,
  idleWaiverWords,
  type RuleText,
  ruleTexts,
  sectionWords,
  subjectWords,
  totalWords,
  verdictWords,
} from './words.ts';

const VERDICTS = { pass: 'passed', fail: 'failed', 'not-observed': 'nothing checked' } as const;

/**
 * The check as GitHub Flavored Markdown for a job summary. A summary that is too large is not shown at all, so findings
 * that would make it so are counted instead.
 */
export function* checkMarkdown(
  record: CheckRecord,
  rules: readonly Rule[],
  limits: ReportLimits = REPORT_LIMITS,
): Generator<string> {
  const budget = new Budget(limits.markdownBytes);
  for (const line of head(record, limits)) yield budget.spend(line);
  let left = 0;
  for (const part of parts(record, ruleTexts(rules), limits)) {
    if (budget.allows(part)) for (const line of part) yield budget.spend(line);
    else left += 1;
  }
  if (left > 0) yield `_${formatCount(left)} parts more did not fit; --format json has all._`;
}

/** Counts bytes; keeps some back for the last line. */
class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes - 200;
  }

  allows(lines: readonly string[]): boolean {
    return lines.reduce((sum, line) => sum + bytesOf(line), 0) <= this.#left;
  }

  spend(line: string): string {
    this.#left -= bytesOf(line);
    return line;
  }
}

function bytesOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

function* head(record: CheckRecord, limits: ReportLimits): Generator<string> {
  yield `## dvrscope: ${VERDICTS[record.verdict]}`;
  yield '';
  yield* factTable('Capture', qualityFacts(record, limits));
  yield* factTable('Coverage', coverageFacts(record, limits));
  if (record.gates.length > 0) {
    yield* table(['Gate', 'Met', 'Detail']);
    for (const { gate, met, detail } of record.gates) {
      yield markdownRow([gate, met ? 'yes' : '**no**', markdownText(detail)]);
    }
    yield '';
  }
  yield `**Findings:** ${markdownText(totalWords(record))}`;
  yield '';
  yield `**Rules:** ${markdownText(verdictWords(record.rules))}`;
  yield '';
}

function* factTable(title: string, facts: readonly Fact[]): Generator<string> {
  yield* table([title, '']);
  for (const fact of facts) {
    const text = markdownText(fact.text);
    yield markdownRow([fact.title, fact.grade === 'bad' ? `**${text}**` : text]);
  }
  yield '';
}

function* table(titles: readonly string[]): Generator<string> {
  yield markdownRow(titles);
  yield markdownRow(titles.map(() => '---'));
}

function* parts(
  record: CheckRecord,
  texts: ReadonlyMap<string, RuleText>,
  { kindsPerRule }: ReportLimits,
): Generator<readonly string[]> {
  for (const status of ['new', 'known', 'waived'] as const) {
    const findings = record.findings.filter((finding) => finding.status === status);
    if (findings.length > 0 && status !== 'new') yield [`### ${status === 'known' ? 'Known' : 'Waived'}`, ''];
    for (const { rule, kinds } of groupedByRule(findings)) {
      yield ruleFindings(kinds, texts.get(rule), rule, kindsPerRule);
    }
  }
  const { findings: unlisted } = record.notListed;
  if (unlisted > 0) yield [`${formatCount(unlisted)} findings of other kinds are counted by rule only.`, ''];
  yield* asked(record);
  const unsure = record.rules.filter(({ doubts }) => doubts.length > 0);
  if (unsure.length > 0) {
    yield [
      '<details><summary>Inconclusive rules</summary>',
      '',
      ...table(['Rule', 'Why']),
      ...unsure.map((rule) => markdownRow([markdownCode(rule.id), markdownText(doubtWords(rule))])),
      '',
      '</details>',
      '',
    ];
  }
}

function* asked(record: CheckRecord): Generator<readonly string[]> {
  const { expectations, baseline } = record;
  if (expectations.length > 0) yield ['### Expectations', '', ...table(['Expectation', 'Met', 'Detail'])];
  for (const { name, met, detail, file, line, column } of expectations) {
    const where = `${file}:${line}:${column}`;
    yield [markdownRow([markdownText(name), met ? 'yes' : '**no**', markdownText(`${where}: ${detail}`)])];
  }
  if (expectations.length > 0) yield [''];
  for (const waiver of idleWaivers(record)) yield [markdownText(idleWaiverWords(waiver)), ''];
  if (baseline !== undefined) {
    const { known, fixed } = baseline;
    yield [`Baseline: ${plural(known, 'kind')} of findings seen again, ${formatCount(fixed)} no more.`, ''];
  }
}

function ruleFindings(
  kinds: readonly CheckFinding[],
  text: RuleText | undefined,
  rule: string,
  most: number,
): readonly string[] {
  const [first] = kinds;
  const section = first === undefined ? '' : sectionWords(first.section);
  const rest = kinds.length - most;
  return [
    `#### ${first?.severity ?? ''}: ${markdownCode(rule)} (${markdownText(section)})`,
    '',
    ...(text === undefined ? [] : [markdownText(text.requires), '']),
    ...table(['Count', 'About', 'Finding', 'Packets', 'Filter']),
    ...kinds.slice(0, most).map(kindRow),
    ...(rest > 0 ? [markdownRow([`and ${formatCount(rest)} kinds more`, '', '', '', ''])] : []),
    '',
    ...(text === undefined ? [] : [`To do: ${markdownText(text.remedy)}`, '']),
  ];
}

function kindRow(finding: CheckFinding): string {
  const { count, text, samples, filter } = finding;
  const packets = samples.flatMap(({ packets: range }) => (range === undefined ? [] : [range]));
  const excuse = excuseWords(finding);
  const words = excuse === undefined ? markdownText(text) : `${markdownText(text)} _${markdownText(excuse)}_`;
  return markdownRow([
    formatCount(count),
    markdownText(subjectWords(finding)),
    words,
    packets.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', '),
    filter === undefined ? '' : markdownCode(filter),
  ]);
}
