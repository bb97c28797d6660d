import type { Artifact, Invocation, Notification, ReportingDescriptor, Run } from 'sarif';
import type { Rule } from '../../rules/rule.ts';
import { safeJson } from '../format/safe-text.ts';
import { formatCount } from '../format/table.ts';
import { artifactUri } from './artifact-uri.ts';
import type { CheckRecord, CheckRule } from './check-schema.ts';
import { REPORT_LIMITS, type ReportLimits } from './limits.ts';
import { markdownText } from './markdown-text.ts';
import { coverageFacts, type Fact, qualityFacts } from './overview.ts';
import { plainMessage, type ResultContext, sarifResult } from './sarif-result.ts';
import { idleWaivers, idleWaiverWords, sectionWords } from './words.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The check as a SARIF 2.1.0 log: one run, one result for each kind of finding. What was not observed or is
 * inconclusive makes no results, which GitHub would show as alerts; it is in the run's properties.
 */
export function* checkSarif(
  record: CheckRecord,
  rules: readonly Rule[],
  limits: ReportLimits = REPORT_LIMITS,
): Generator<string> {
  const { findings } = record;
  const shown = findings.slice(0, limits.sarifResults);
  const byId = new Map(rules.map((entry) => [entry.rule.id, entry]));
  const context: ResultContext = {
    files: record.files,
    mostLocations: limits.sarifLocations,
    ruleIndex: new Map(record.rules.map(({ id }, index) => [id, index])),
    tellsSuppressions: findings.some(({ status }) => status === 'waived'),
    comparesBaseline: record.baseline !== undefined,
  };
  yield `{"$schema": ${safeJson(SCHEMA)}, "version": "2.1.0", "runs": [{`;
  for (const [key, value] of Object.entries(
    runWithoutResults(record, byId, findings.length - shown.length, limits),
  )) {
    yield `${safeJson(key)}: ${safeJson(value)},`;
  }
  yield '"results": [';
  for (const [at, finding] of shown.entries()) {
    yield `${safeJson(sarifResult(finding, context))}${at === shown.length - 1 ? '' : ','}`;
  }
  yield ']}]}';
}

function runWithoutResults(
  record: CheckRecord,
  rules: ReadonlyMap<string, Rule>,
  resultsLeftOut: number,
  limits: ReportLimits,
): Omit<Run, 'results'> {
  const { quality, coverage, gates, totals, verdict, dialect, tool } = record;
  return {
    invocations: [invocation(record, resultsLeftOut, limits)],
    properties: { verdict, dialect, quality, coverage, gates, totals, rules: record.rules },
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        rules: record.rules.map((rule) => descriptor(rule, rules.get(rule.id))),
        notifications: NOTIFICATIONS,
      },
    },
    artifacts: record.files.map(artifact),
  };
}

function descriptor(
  { id, area, level, severity, section }: CheckRule,
  rule: Rule | undefined,
): ReportingDescriptor {
  const properties = { tags: [area, level], section };
  const defaultConfiguration = { level: severity };
  const name = pascalCase(id);
  if (rule === undefined) return { id, name, defaultConfiguration, properties };
  const { requires, because, remedy } = rule.rule;
  const source = sectionWords(section);
  return {
    id,
    name,
    shortDescription: { text: plainMessage(requires) },
    fullDescription: { text: plainMessage(`${requires} ${because}`) },
    help: {
      text: plainMessage(`${requires} (${source})\n\nWhy: ${because}\n\nWhat to do: ${remedy}`),
      markdown: [
        `${markdownText(requires)} (${markdownText(source)})`,
        `**Why:** ${markdownText(because)}`,
        `**What to do:** ${markdownText(remedy)}`,
      ].join('\n\n'),
    },
    defaultConfiguration,
    properties,
  };
}

function artifact({ path, bytes, compression }: CheckRecord['files'][number]): Artifact {
  return {
    location: { uri: artifactUri(path) },
    roles: ['analysisTarget'],
    properties: { bytesRead: bytes, ...(compression !== undefined && { compression }) },
  };
}

type Notice =
  | 'capture-quality'
  | 'message-coverage'
  | 'unmet-gate'
  | 'unmet-expectation'
  | 'idle-waiver'
  | 'left-out';

const NOTICES: { readonly [id in Notice]: string } = {
  'capture-quality': 'What the capture lacks, and what it holds.',
  'message-coverage': 'How much of the protocol the capture has shown.',
  'unmet-gate': 'Something that was asked of the capture was not met.',
  'unmet-expectation': 'An expectation was not met.',
  'idle-waiver': 'A waiver has expired, or matches nothing.',
  'left-out': 'Findings are counted, but not listed.',
};

const NOTIFICATIONS: ReportingDescriptor[] = Object.entries(NOTICES).map(([id, text]) => ({
  id,
  name: pascalCase(id),
  shortDescription: { text },
  fullDescription: { text },
  help: { text },
}));

/** `keepalive/in-time` as the standard wants names (§3.49.7): `KeepaliveInTime`. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|[^A-Za-z0-9])([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function notice(id: Notice, level: Notification.level, text: string): Notification {
  const index = Object.keys(NOTICES).indexOf(id);
  return { descriptor: { id, index }, level, message: { text: plainMessage(text) } };
}

function invocation(record: CheckRecord, resultsLeftOut: number, limits: ReportLimits): Invocation {
  const { files, gates, notListed } = record;
  const about = (id: Notice) => (fact: Fact) =>
    notice(id, fact.grade === 'bad' ? 'warning' : 'note', `${fact.title}: ${fact.text}`);
  const left = resultsLeftOut + notListed.findings;
  return {
    executionSuccessful: files.every(({ error }) => error === undefined),
    toolExecutionNotifications: [
      ...qualityFacts(record, limits).map(about('capture-quality')),
      ...coverageFacts(record, limits).map(about('message-coverage')),
      ...gates
        .filter(({ gate, met }) => !met && (gate === 'complete' || gate === 'coverage'))
        .map(({ gate, detail }) => notice('unmet-gate', 'error', `${gate}: ${detail}`)),
      ...record.expectations.filter(({ met }) => !met).map(expectationNotice),
      ...idleWaivers(record).map((waiver) => notice('idle-waiver', 'warning', idleWaiverWords(waiver))),
      ...(left > 0
        ? [notice('left-out', 'warning', `${formatCount(left)} findings or kinds are not listed`)]
        : []),
    ],
  };
}

function expectationNotice({
  name,
  detail,
  file,
  line,
  column,
}: CheckRecord['expectations'][number]): Notification {
  const region = { startLine: line, startColumn: column };
  return {
    ...notice('unmet-expectation', 'error', `${name}: ${detail}`),
    locations: [{ physicalLocation: { artifactLocation: { uri: artifactUri(file) }, region } }],
  };
}
