import type { Analysis } from '../../analysis/analysis.ts';
import type { Conformance } from '../../rules/conformance.ts';
import { type Excuse, type FindingGroup, type Sample, type Tally, verdictOf } from '../../rules/ledger.ts';
import type { Rule, Severity } from '../../rules/rule.ts';
import { formatTime } from '../format/time.ts';
import type { SummaryRecord } from '../records/schemas.ts';
import type { CheckFinding, CheckRecord, CheckRule, CheckSample } from './check-schema.ts';
import { coverageOf } from './coverage.ts';
import { shownText } from './finding-text.ts';
import { fingerprintOf } from './fingerprint.ts';
import { gatesOf } from './gates.ts';
import { clipped, REPORT_LIMITS, type ReportLimits } from './limits.ts';
import type { QualityCollector } from './quality.ts';
import { readyFilter } from './ready-filter.ts';

export type FailLevel = CheckRecord['failOn'];

/** What a check was asked for, beside the capture. */
export interface CheckOptions {
  readonly version: string;
  readonly dialect: 'field' | 'spec';
  readonly failOn: FailLevel;
  readonly showSecrets: boolean;
  readonly requireComplete: boolean;
  /** Message ids that must have been seen; undefined where none were asked for. */
  readonly requiredIds: readonly number[] | undefined;
  /** Every waiver of the configuration, and what became of it. */
  readonly waivers: CheckRecord['waivers'];
  /** Undefined without a baseline. */
  readonly baseline: CheckRecord['baseline'] | undefined;
  readonly expectations: CheckRecord['expectations'];
  readonly limits?: ReportLimits;
}

/**
 * The document of a check that has ended.
 *
 * @param rules all of them, in the order in which they are to be listed
 * @param collector has listened to the same analysis
 */
export function checkRecord(
  rules: readonly Rule[],
  conformance: Conformance,
  summary: SummaryRecord,
  analysis: Analysis,
  collector: QualityCollector,
  options: CheckOptions,
): CheckRecord {
  const { limits = REPORT_LIMITS } = options;
  const quality = collector.quality(summary, analysis, conformance.evicted);
  const severities = severitiesOf(conformance);
  const listed = rules.flatMap((entry) => {
    const severity = severities.get(entry.rule.id);
    return severity === undefined
      ? []
      : [ruleRecord(entry, severity, conformance.ledger.tally(entry.rule.id))];
  });
  const totals = totalsOf(listed);
  const coverage = coverageOf(summary, listed, options.dialect, options.requiredIds ?? []);
  const gates = gatesOf(totals, quality, coverage, options);
  const failed = gates.some(({ gate, met }) => !met && (gate === 'findings' || gate === 'expectations'));
  const exercised = coverage.areas.some((area) => area.exercised > 0);
  const { firstTime, lastTime } = summary;
  return {
    schema: 'dvrscope.check/1',
    tool: { name: 'dvrscope', version: options.version },
    verdict: failed ? 'fail' : exercised ? 'pass' : 'not-observed',
    failOn: options.failOn,
    dialect: options.dialect,
    files: summary.files.map((file, place) => {
      const firstPacket = collector.firstPackets[place];
      return { ...file, ...(firstPacket !== undefined && { firstPacket }) };
    }),
    ...(firstTime !== undefined && { firstTime }),
    ...(lastTime !== undefined && { lastTime }),
    quality,
    coverage,
    gates,
    totals,
    rules: listed,
    rulesOff: rules.length - listed.length,
    findings: findingRecords(conformance, listed, options.showSecrets, limits),
    notListed: { findings: conformance.ledger.leftOut },
    waivers: options.waivers,
    ...(options.baseline !== undefined && { baseline: options.baseline }),
    expectations: options.expectations,
  };
}

/** What a breach of each rule counts as; of the rules that are on. */
function severitiesOf({ runners, decoders }: Conformance): ReadonlyMap<string, Severity> {
  return new Map([
    ...runners.map(({ rule, severity }) => [rule.id, severity] as const),
    ...[...decoders.running].map(([id, { severity }]) => [id, severity] as const),
  ]);
}

function ruleRecord({ rule }: Rule, severity: Severity, tally: Tally): CheckRule {
  const doubts = [...tally.doubts]
    .filter(([, count]) => count > 0)
    .map(([doubt, count]) => ({ doubt, count }))
    .sort((a, b) => b.count - a.count);
  return {
    id: rule.id,
    area: rule.id.slice(0, rule.id.indexOf('/')),
    level: rule.level,
    severity,
    section: rule.section,
    verdict: verdictOf(tally),
    checked: tally.checked,
    violations: tally.violations,
    waived: tally.waived,
    known: tally.known,
    inconclusive: doubts.reduce((sum, { count }) => sum + count, 0),
    doubts,
  };
}

function totalsOf(rules: readonly CheckRule[]): CheckRecord['totals'] {
  const totals = {
    error: { new: 0, known: 0, waived: 0 },
    warning: { new: 0, known: 0, waived: 0 },
    note: { new: 0, known: 0, waived: 0 },
  };
  for (const { severity, violations, known, waived } of rules) {
    const sums = totals[severity];
    sums.new += violations - known - waived;
    sums.known += known;
    sums.waived += waived;
  }
  return totals;
}

const RANK = { error: 0, warning: 1, note: 2 } as const;
const STANDING = { new: 0, known: 1, waived: 2 } as const;

/** Those that nobody has excused first, then the worst, then the rules that most were found of. */
function findingRecords(
  { ledger }: Conformance,
  rules: readonly CheckRule[],
  showSecrets: boolean,
  limits: ReportLimits,
): CheckFinding[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const violations = ({ rule }: CheckFinding) => byId.get(rule)?.violations ?? 0;
  return [...ledger.groups.values()]
    .map((group) => findingRecord(group, byId.get(group.subject.rule)?.section ?? '', showSecrets, limits))
    .sort(
      (a, b) =>
        STANDING[a.status] - STANDING[b.status] ||
        RANK[a.severity] - RANK[b.severity] ||
        violations(b) - violations(a) ||
        compare(a.rule, b.rule) ||
        b.count - a.count ||
        (a.messageId ?? -1) - (b.messageId ?? -1) ||
        compare(a.fingerprint, b.fingerprint),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function findingRecord(
  group: FindingGroup,
  section: string,
  showSecrets: boolean,
  limits: ReportLimits,
): CheckFinding {
  const { subject, excuse, samples } = group;
  const { rule, severity, messageId, name, from, place } = subject;
  const filter = readyFilter(samples);
  const shown = samples.map((sample) => sampleRecord(sample, showSecrets, limits));
  return {
    rule,
    severity,
    section,
    ...(messageId !== undefined && { messageId }),
    ...(name !== undefined && { name }),
    ...(from !== undefined && { from }),
    ...(place !== undefined && { place: clipped(place, limits.pointerUnits) }),
    count: group.count,
    ...(group.missing && { missing: true as const }),
    fingerprint: fingerprintOf(subject),
    status: excuse?.kind ?? 'new',
    ...(excuse?.kind === 'waived' && {
      waiver: waiverOf(excuse),
    }),
    text: shown[0]?.text ?? '',
    ...(filter !== undefined && { filter }),
    samples: shown,
  };
}

function waiverOf({
  reason,
  owner,
  expires,
  device,
}: Extract<Excuse, { kind: 'waived' }>): NonNullable<CheckFinding['waiver']> {
  return { reason, owner, expires, ...(device !== undefined && { device }) };
}

function sampleRecord(sample: Sample, showSecrets: boolean, limits: ReportLimits): CheckSample {
  const { message, packets, flow, session, pointer, offset, length, line, column } = sample;
  // What belongs to neither message nor flow has no time of its own.
  const time = message + flow > 0 ? formatTime(sample.seconds, sample.nanoseconds) : undefined;
  return {
    ...(message > 0 && { message }),
    ...(packets[0] > 0 && { packets: [packets[0], packets[1]] as [number, number] }),
    ...(flow > 0 && { flow }),
    ...(session > 0 && { session }),
    ...(time !== undefined && { time }),
    text: shownText(sample.text, pointer, showSecrets, limits.textUnits),
    ...(pointer !== undefined && { pointer: clipped(pointer, limits.pointerUnits) }),
    ...(offset !== undefined && { offset }),
    ...(length !== undefined && { length }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
