import type { Rule } from '../../rules/rule.ts';
import { formatCount } from '../format/table.ts';
import type { CheckFinding, CheckRecord, CheckRule } from './check-schema.ts';
import { failingSeverities } from './gates.ts';
import { REPORT_LIMITS, type ReportLimits } from './limits.ts';
import { coverageFacts, qualityFacts } from './overview.ts';
import {
  doubtWords,
  excuseWords,
  newViolations,
  placeWords,
  type RuleText,
  ruleTexts,
  sectionWords,
  subjectWords,
  totalWords,
} from './words.ts';
import { xmlAttribute, xmlText } from './xml-text.ts';

type Outcome =
  | { readonly kind: 'passed'; readonly output: string | undefined }
  | { readonly kind: 'skipped'; readonly message: string; readonly output: string | undefined }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      readonly text: string;
    };

interface TestCase {
  readonly name: string;
  readonly outcome: Outcome;
  /** Where it is written, for what somebody wrote down. */
  readonly at?: { readonly file: string; readonly line: number };
}

/**
 * The check as JUnit XML, in the form that Ant introduced and CI servers read: a suite about the capture, one for each
 * area of rules with a test case for each rule, one for the expectations. A rule whose findings lie below the fail level
 * passes, and shows them in its output.
 */
export function* checkJunit(
  record: CheckRecord,
  rules: readonly Rule[],
  limits: ReportLimits = REPORT_LIMITS,
): Generator<string> {
  const texts = ruleTexts(rules);
  const findings = findingsByRule(record.findings);
  const areas = record.coverage.areas.map(({ area }) => ({
    name: area,
    cases: record.rules
      .filter((rule) => rule.area === area)
      .map((rule) => ruleCase(rule, findings.get(rule.id) ?? [], texts.get(rule.id), record, limits)),
  }));
  const capture = { name: 'capture', cases: captureCases(record) };
  const expectations = { name: 'expectations', cases: record.expectations.map(expectationCase) };
  const suites = [capture, ...areas, ...(expectations.cases.length > 0 ? [expectations] : [])];
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield `<testsuites name="dvrscope check"${counts(suites.flatMap(({ cases }) => cases))}>`;
  for (const { name, cases } of suites) {
    yield `  <testsuite name="${xmlAttribute(name)}"${counts(cases)}>`;
    if (name === capture.name) yield* properties(record);
    for (const testCase of cases) yield* caseLines(name, testCase);
    if (name === capture.name) yield `    <system-out>${xmlText(overview(record, limits))}</system-out>`;
    yield '  </testsuite>';
  }
  yield '</testsuites>';
}

function counts(cases: readonly TestCase[]): string {
  const of = (kind: Outcome['kind']) => cases.filter(({ outcome }) => outcome.kind === kind).length;
  return ` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function findingsByRule(findings: readonly CheckFinding[]): ReadonlyMap<string, readonly CheckFinding[]> {
  const byRule = new Map<string, CheckFinding[]>();
  for (const finding of findings) {
    const kinds = byRule.get(finding.rule);
    if (kinds === undefined) byRule.set(finding.rule, [finding]);
    else kinds.push(finding);
  }
  return byRule;
}

function* properties({ quality, coverage, dialect, verdict, tool }: CheckRecord): Generator<string> {
  const values: readonly (readonly [string, string | number | boolean])[] = [
    ['version', tool.version],
    ['dialect', dialect],
    ['verdict', verdict],
    ['quality.complete', quality.complete],
    ['quality.lacks', quality.lacks.join(' ')],
    ['quality.packets', quality.packets],
    ['quality.gaps', quality.gaps.count],
    ['quality.gapBytes', quality.gaps.bytes],
    ['coverage.messages', coverage.messages],
    ['coverage.idsSeen', coverage.idsSeen],
    ['coverage.idsKnown', coverage.idsKnown],
  ];
  yield '    <properties>';
  for (const [name, value] of values) {
    yield `      <property name="${name}" value="${xmlAttribute(String(value))}"/>`;
  }
  yield '    </properties>';
}

function overview(record: CheckRecord, limits: ReportLimits): string {
  const facts = [...qualityFacts(record, limits), ...coverageFacts(record, limits)].map(
    ({ title, text }) => `${title}: ${text}`,
  );
  return [...facts, `Findings: ${totalWords(record)}`].join('\n');
}

/** What was asked of the capture itself. The findings are in the cases of their rules. */
function captureCases({ files, gates }: CheckRecord): readonly TestCase[] {
  const faults = files.flatMap(({ error }) => (error === undefined ? [] : [error.message]));
  const [first] = faults;
  const readable: Outcome =
    first === undefined
      ? { kind: 'passed', output: undefined }
      : { kind: 'error', type: 'unreadable', message: first, text: faults.join('\n') };
  const asked = gates
    .filter(({ gate }) => gate === 'complete' || gate === 'coverage')
    .map(({ gate, met, detail }): TestCase => {
      if (met) return { name: gate, outcome: { kind: 'passed', output: detail } };
      return { name: gate, outcome: { kind: 'failure', type: 'gate', message: detail, text: detail } };
    });
  return [{ name: 'readable', outcome: readable }, ...asked];
}

function expectationCase({
  name,
  met,
  detail,
  file,
  line,
  column,
}: CheckRecord['expectations'][number]): TestCase {
  const at = { file, line };
  if (met) return { name, outcome: { kind: 'passed', output: detail }, at };
  const text = `${file}:${line}:${column}: ${detail}`;
  return { name, outcome: { kind: 'failure', type: 'expectation', message: detail, text }, at };
}

function ruleCase(
  rule: CheckRule,
  findings: readonly CheckFinding[],
  text: RuleText | undefined,
  record: CheckRecord,
  limits: ReportLimits,
): TestCase {
  return { name: rule.id, outcome: ruleOutcome(rule, findings, text, record, limits) };
}

function ruleOutcome(
  rule: CheckRule,
  findings: readonly CheckFinding[],
  text: RuleText | undefined,
  { failOn }: CheckRecord,
  limits: ReportLimits,
): Outcome {
  const { verdict, severity, violations, waived, known } = rule;
  if (verdict === 'not-observed') {
    return {
      kind: 'skipped',
      message: 'not observed: nothing in the capture exercises it',
      output: undefined,
    };
  }
  if (verdict === 'inconclusive') {
    return { kind: 'skipped', message: `inconclusive: ${doubtWords(rule)}`, output: undefined };
  }
  const output = violations > 0 ? findingsText(rule, findings, text, limits) : undefined;
  const fresh = newViolations(rule);
  if (fresh > 0 && failingSeverities(failOn).includes(severity)) {
    const first = findings.find(({ status }) => status === 'new');
    const message = `${formatCount(fresh)} × ${first?.text ?? text?.requires ?? ''}`;
    return { kind: 'failure', type: severity, message, text: output ?? '' };
  }
  if (fresh === 0 && violations > 0) {
    const excuses = [
      ...(waived > 0 ? [`waived: ${formatCount(waived)}`] : []),
      ...(known > 0 ? [`in the baseline: ${formatCount(known)}`] : []),
    ];
    return { kind: 'skipped', message: excuses.join(', '), output };
  }
  return { kind: 'passed', output };
}

function findingsText(
  rule: CheckRule,
  findings: readonly CheckFinding[],
  text: RuleText | undefined,
  { kindsPerRule }: ReportLimits,
): string {
  const lines = text === undefined ? [] : [`${sectionWords(rule.section)}: ${text.requires}`];
  for (const finding of findings.slice(0, kindsPerRule)) lines.push(...kindLines(finding));
  const rest = findings.length - kindsPerRule;
  if (rest > 0) lines.push(`and ${rest} further kinds`);
  if (rule.doubts.length > 0) lines.push(`Inconclusive besides: ${doubtWords(rule)}`);
  if (text !== undefined) lines.push(`To do: ${text.remedy}`);
  return lines.join('\n');
}

function kindLines(finding: CheckFinding): readonly string[] {
  const { severity, count, samples, filter, text } = finding;
  const excuse = excuseWords(finding);
  return [
    `${severity}: ${subjectWords(finding)} × ${formatCount(count)}${excuse === undefined ? '' : ` (${excuse})`}`,
    `  ${text}`,
    ...samples.map((sample) => `  ${placeWords(sample)}`),
    ...(filter === undefined ? [] : [`  -Y '${filter}'`]),
  ];
}

function* caseLines(suite: string, { name, outcome, at }: TestCase): Generator<string> {
  const place = at === undefined ? '' : ` file="${xmlAttribute(at.file)}" line="${at.line}"`;
  const open = `    <testcase classname="dvrscope.${xmlAttribute(suite)}" name="${xmlAttribute(name)}"${place}`;
  switch (outcome.kind) {
    case 'passed':
      if (outcome.output === undefined) {
        yield `${open}/>`;
        return;
      }
      yield `${open}>`;
      yield* output(outcome.output);
      break;
    case 'skipped':
      yield `${open}>`;
      yield `      <skipped message="${xmlAttribute(outcome.message)}"/>`;
      if (outcome.output !== undefined) yield* output(outcome.output);
      break;
    case 'failure':
    case 'error': {
      const { kind, type, message, text } = outcome;
      yield `${open}>`;
      yield `      <${kind} type="${xmlAttribute(type)}" message="${xmlAttribute(message)}">${xmlText(text)}</${kind}>`;
      break;
    }
  }
  yield '    </testcase>';
}

function* output(text: string): Generator<string> {
  yield `      <system-out>${xmlText(text)}</system-out>`;
}
