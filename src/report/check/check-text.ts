import type { Rule } from '../../rules/rule.ts';
import { cellWidth } from '../format/cell-width.ts';
import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { formatCount, plural } from '../format/table.ts';
import type { CheckFinding, CheckRecord } from './check-schema.ts';
import { REPORT_LIMITS, type ReportLimits } from './limits.ts';
import { logText } from './log-text.ts';
import { coverageFacts, type Fact, qualityFacts, seenWords } from './overview.ts';
import {
  doubtWords,
  excuseWords,
  type FindingsOfRule,
  groupedByRule,
  idleWaivers,
  idleWaiverWords,
  placeWords,
  type RuleText,
  ruleTexts,
  sectionWords,
  subjectWords,
  totalWords,
  verdictWords,
} from './words.ts';
import { wrapLine } from './wrap.ts';

const COLUMNS = 80;
const TITLE_COLUMNS = 9;

export interface CheckTextOptions {
  /** Lists where each note was found, the ids seen, the rules that could not be judged, the expectations that were met. */
  readonly verbose: boolean;
  readonly limits?: ReportLimits;
}

/** The check as a page for people: what the capture is worth, then what is wrong, the worst first. */
export function* checkText(
  record: CheckRecord,
  rules: readonly Rule[],
  style: Style,
  options: CheckTextOptions,
): Generator<string> {
  const { limits = REPORT_LIMITS } = options;
  const texts = ruleTexts(rules);
  yield style.heading('Capture');
  for (const fact of qualityFacts(record, limits)) yield* factLines(fact, style);
  yield '';
  yield style.heading('Coverage');
  for (const fact of coverageFacts(record, limits)) yield* factLines(fact, style);
  if (options.verbose) yield* titled('Seen', seenWords(record, limits).join(', '), (line) => line);
  yield '';
  yield* indented(`Findings: ${totalWords(record)}`, '', style.heading);
  const counting = record.findings.filter(({ status }) => status === 'new');
  for (const group of groupedByRule(counting)) {
    yield '';
    yield* findingsOfRule(group, texts.get(group.rule), record, options, style);
  }
  yield* excusedFindings(record, limits, style);
  yield* verdicts(record, options, style);
  yield* expectations(record, options, style);
  yield* waivers(record, style);
  yield '';
  yield* verdict(record, style);
}

function* factLines({ title, text, grade }: Fact, style: Style): Generator<string> {
  const dress = grade === 'good' ? style.good : grade === 'bad' ? style.warning : (line: string) => line;
  yield* titled(title, text, dress);
}

function* titled(title: string, text: string, dress: (line: string) => string): Generator<string> {
  const indent = ' '.repeat(TITLE_COLUMNS + 3);
  const lines = wrapLine(logText(text), COLUMNS - indent.length);
  for (const [at, line] of lines.entries()) {
    yield `${at === 0 ? `  ${title.padEnd(TITLE_COLUMNS)} ` : indent}${dress(line)}`;
  }
}

/** Text from anywhere, made safe and broken to fit. */
function* indented(
  text: string,
  indent: string,
  dress: (line: string) => string = (line) => line,
): Generator<string> {
  for (const line of wrapLine(logText(text), COLUMNS - indent.length)) yield indent + dress(line);
}

function* findingsOfRule(
  { rule, kinds }: FindingsOfRule,
  text: RuleText | undefined,
  record: CheckRecord,
  { verbose, limits = REPORT_LIMITS }: CheckTextOptions,
  style: Style,
): Generator<string> {
  const [first] = kinds;
  if (first === undefined) return;
  const level = record.rules.find(({ id }) => id === rule)?.level ?? '';
  const found = kinds.reduce((sum, { count }) => sum + count, 0);
  const about = `${sectionWords(first.section)}, ${level}: ${plural(found, 'finding')}`;
  yield* ruleHeading(first.severity, safeLine(rule), safeLine(about), style);
  if (text !== undefined) yield* indented(text.requires, '  ', style.faint);
  // Notes are habits, often the same in many messages.
  const brief = first.severity === 'note' && !verbose;
  const shown = kinds.slice(0, brief ? limits.kindsPerBriefRule : limits.kindsPerRule);
  for (const [at, kind] of shown.entries()) {
    yield* kindLines(kind, brief, kind.text === shown[at - 1]?.text, style);
  }
  const rest = kinds.length - shown.length;
  if (rest > 0) {
    const how = brief ? '--verbose lists more' : '--format json lists all';
    yield* indented(`and ${plural(rest, 'further kind')} (${how})`, '  ', style.faint);
  }
  if (text !== undefined) yield* indented(`To do: ${text.remedy}`, '  ', style.good);
}

function* ruleHeading(
  severity: CheckFinding['severity'],
  rule: string,
  about: string,
  style: Style,
): Generator<string> {
  const name = `${style[severity](severity.padEnd(7))}  ${style.heading(rule)}`;
  if (9 + cellWidth(rule) + 2 + cellWidth(about) <= COLUMNS) yield `${name}  ${style.faint(about)}`;
  else {
    yield name;
    yield* indented(about, '  ', style.faint);
  }
}

function* kindLines(finding: CheckFinding, brief: boolean, same: boolean, style: Style): Generator<string> {
  const { samples, count, filter } = finding;
  yield* indented(`${subjectWords(finding)} × ${formatCount(count)}`, '  ');
  if (!same) yield* indented(finding.text, '    ', style[finding.severity]);
  if (!brief) {
    for (const sample of samples) {
      const where = placeWords(sample);
      if (where !== '') yield* indented(where, '    ');
    }
    const rest = count - samples.length;
    if (rest > 0) yield* indented(`and ${formatCount(rest)} more`, '    ', style.faint);
  }
  // Not wrapped: it is there to be copied.
  if (filter !== undefined) yield `    ${style.note(`-Y '${filter}'`)}`;
}

function* excusedFindings(
  record: CheckRecord,
  { kindsPerRule }: ReportLimits,
  style: Style,
): Generator<string> {
  const excused = record.findings.filter(({ status }) => status !== 'new');
  if (excused.length > 0) {
    yield '';
    yield style.heading('Known and waived');
  }
  for (const group of groupedByRule(excused)) {
    yield* indented(group.rule, '  ');
    for (const kind of group.kinds.slice(0, kindsPerRule)) {
      yield* indented(`${kind.severity}: ${subjectWords(kind)} × ${formatCount(kind.count)}`, '    ');
      yield* indented(excuseWords(kind) ?? '', '      ', style.faint);
    }
    const rest = group.kinds.length - kindsPerRule;
    if (rest > 0) yield* indented(`and ${plural(rest, 'further kind')}`, '    ', style.faint);
  }
  const { findings: unlisted } = record.notListed;
  if (unlisted > 0) {
    yield '';
    yield* indented(
      `${plural(unlisted, 'more finding')} of other kinds: counted by rule, not kept one by one`,
      '',
      style.warning,
    );
  }
}

function* verdicts(record: CheckRecord, { verbose }: CheckTextOptions, style: Style): Generator<string> {
  const { rules } = record;
  yield '';
  yield* indented(`Rules: ${verdictWords(rules)}`, '', style.heading);
  if (!verbose) return;
  for (const rule of rules.filter(({ doubts }) => doubts.length > 0)) {
    yield* indented(`inconclusive  ${rule.id}: ${doubtWords(rule)}`, '  ', style.faint);
  }
  for (const { id } of rules.filter((rule) => rule.verdict === 'not-observed')) {
    yield* indented(`not observed  ${id}`, '  ', style.faint);
  }
}

function* expectations(
  { expectations: all }: CheckRecord,
  { verbose }: CheckTextOptions,
  style: Style,
): Generator<string> {
  if (all.length === 0) return;
  const missed = all.filter(({ met }) => !met);
  yield '';
  yield style.heading(`Expectations: ${all.length - missed.length} of ${all.length} met`);
  for (const { name, met, detail, file, line, column } of verbose ? all : missed) {
    const words = `${met ? 'met' : 'not met'}: ${name} (${file}:${line}:${column}): ${detail}`;
    yield* indented(words, '  ', met ? style.good : style.error);
  }
}

function* waivers(record: CheckRecord, style: Style): Generator<string> {
  const idle = idleWaivers(record);
  if (idle.length > 0) {
    yield '';
    yield style.heading('Waivers to look at');
  }
  for (const waiver of idle) yield* indented(idleWaiverWords(waiver), '  ', style.warning);
  const { baseline } = record;
  if (baseline !== undefined) {
    yield '';
    const { known, fixed } = baseline;
    yield `Baseline: ${plural(known, 'kind')} of findings seen again, ${formatCount(fixed)} no more`;
  }
}

function* verdict({ verdict: word, gates }: CheckRecord, style: Style): Generator<string> {
  for (const { gate, met, detail } of gates) {
    const line = `${met ? 'met' : 'not met'}  ${gate}: ${detail}`;
    yield* indented(line, '', met ? style.good : style.error);
  }
  switch (word) {
    case 'pass':
      yield style.good('PASS');
      return;
    case 'fail':
      yield style.error('FAIL');
      return;
    case 'not-observed':
      yield style.warning('NOTHING CHECKED: the capture exercises no rule');
      return;
  }
}
