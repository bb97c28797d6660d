import type { Analysis } from '../../analysis/analysis.ts';
import { checkRecord } from '../../report/check/check-record.ts';
import type { CheckRecord } from '../../report/check/check-schema.ts';
import { countsDrops } from '../../report/check/quality.ts';
import { PLAIN } from '../../report/format/style.ts';
import type { SummaryRecord } from '../../report/records/schemas.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import { Conformance, type ConformanceOptions } from '../../rules/conformance.ts';
import { outputStyle } from '../colour.ts';
import { requiredIds } from '../config/message-words.ts';
import { Failure } from '../failure.ts';
import type { Output } from '../output.ts';
import { baselineText } from './baseline-text.ts';
import type { Judges } from './judges.ts';
import type { Plan } from './plan.ts';
import { reportLines } from './report-lines.ts';

/** All rules, as the plan has configured them. */
export function conformanceOf(
  plan: Plan,
  options: Pick<ConformanceOptions, 'limits' | 'found'>,
): Conformance {
  return new Conformance(ALL_RULES, {
    ...options,
    dialect: plan.dialect,
    severities: plan.severities,
    perDevice: plan.waivers.perDevice,
    excuse: (subject) =>
      plan.waivers.excuse(subject) ??
      (plan.baseline?.knows(subject) === true ? { kind: 'known' } : undefined),
  });
}

/** The record of an analysis that has ended. */
export function judgement(
  plan: Plan,
  { quality, conformance, expectations }: Judges,
  analysis: Analysis,
  summary: SummaryRecord,
  version: string,
): CheckRecord {
  const { dialect, failOn, requireComplete, required, waivers, baseline } = plan;
  conformance.end(countsDrops(summary));
  const groups = [...conformance.ledger.groups.values()];
  return checkRecord(ALL_RULES, conformance, summary, analysis, quality, {
    version,
    dialect,
    failOn,
    showSecrets: plan.options.showSecrets === true,
    requireComplete,
    requiredIds: required && requiredIds(required, summary.messages.byId, dialect),
    waivers: waivers.outcomes(groups),
    baseline: baseline?.outcome(groups),
    expectations: expectations?.outcomes(conformance) ?? [],
    limits: plan.limits.report,
  });
}

/** The report on standard output. */
export function printReport(plan: Plan, record: CheckRecord, output: Output): void {
  const looks = { style: outputStyle(plan.options), verbose: plan.verbose, limits: plan.limits.report };
  for (const line of reportLines(plan.stdout, record, looks)) output.line(line);
}

/**
 * Writes every file that was asked for, also after one that could not be written; answers what went wrong. `whole`: all of
 * the input was judged.
 */
export function writeReports(
  { reports, verbose, newBaseline, limits }: Plan,
  record: CheckRecord,
  { conformance }: Judges,
  whole: boolean,
): string[] {
  const unwritten = reports.flatMap(({ file, format }) =>
    failureOf(() =>
      file.write(lines(reportLines(format, record, { style: PLAIN, verbose, limits: limits.report }))),
    ),
  );
  if (newBaseline === undefined) return unwritten;
  if (!whole) return [...unwritten, `${newBaseline.path}: not written, since not all of the input was read`];
  const text = baselineText(conformance.ledger.groups.values());
  return [...unwritten, ...failureOf(() => newBaseline.write([text]))];
}

function failureOf(write: () => void): string[] {
  try {
    write();
    return [];
  } catch (error) {
    if (error instanceof Failure) return [error.message];
    throw error;
  }
}

function* lines(texts: Iterable<string>): Generator<string> {
  for (const text of texts) yield `${text}\n`;
}
