import type { Analysis } from '../../analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../analysis/limits.ts';
import type { CaptureFile } from '../../capture/read-captures.ts';
import { checkRecord } from '../../report/check/check-record.ts';
import type { CheckRecord } from '../../report/check/check-schema.ts';
import { countsDrops } from '../../report/check/quality.ts';
import { PLAIN } from '../../report/format/style.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import { Conformance } from '../../rules/conformance.ts';
import { baselineText } from '../check/baseline-text.ts';
import type { CheckCommandOptions } from '../check/check-options.ts';
import { checkExitCode } from '../check/exit-code.ts';
import { Judges } from '../check/judges.ts';
import { type Plan, planOf } from '../check/plan.ts';
import { reportLines } from '../check/report-lines.ts';
import { outputStyle } from '../colour.ts';
import { requiredIds } from '../config/message-words.ts';
import { EXIT, Failure } from '../failure.ts';
import { noneIsCapture, Run } from '../read-run.ts';
import { firstPacket } from '../time-origin.ts';

/** Judges captures by all rules, writes the reports that were asked for, and answers with the exit code. */
export async function check(
  files: readonly string[],
  given: CheckCommandOptions,
  version: string,
): Promise<void> {
  const plan = await planOf(files, given);
  const run = new Run(plan.paths, plan.options);
  const conformance = new Conformance(ALL_RULES, {
    dialect: plan.dialect,
    limits: DEFAULT_LIMITS.rules,
    severities: plan.severities,
    excuse: (subject) =>
      plan.waivers.excuse(subject) ??
      (plan.baseline?.knows(subject) === true ? { kind: 'known' } : undefined),
  });
  const judges = new Judges(conformance, plan.expectations);
  const takeOrigin = firstPacket(plan.origin);
  const { analysis, files: read } = await run.read(judges, {}, (packet) => {
    takeOrigin(packet);
    judges.packet(packet);
  });
  const record = judgement(plan, judges, analysis, read, version);

  if (plan.stdout !== 'text' || !noneIsCapture(read)) {
    const looks = { style: outputStyle(plan.options), verbose: plan.verbose };
    for (const line of reportLines(plan.stdout, record, looks)) run.output.line(line);
  }
  const unwritten = writeFiles(plan, record);
  if (plan.newBaseline !== undefined) {
    const { path } = plan.newBaseline;
    const whole = !run.interrupted && read.every(({ error }) => error === undefined);
    const text = baselineText(conformance.ledger.groups.values());
    if (whole) unwritten.push(...failureOf(() => plan.newBaseline?.write([text])));
    else unwritten.push(`${path}: not written, since not all of the input was read`);
  }
  await run.finish(read);
  if (unwritten.length > 0) throw new Failure(EXIT.input, unwritten.join('\n'));
  process.exitCode ??= checkExitCode(record);
}

/** The record of an analysis that has ended. */
function judgement(
  plan: Plan,
  { summary: collector, quality, conformance, expectations }: Judges,
  analysis: Analysis,
  files: readonly CaptureFile[],
  version: string,
): CheckRecord {
  const { dialect, failOn, requireComplete, required, waivers, baseline } = plan;
  const summary = collector.record(analysis, files);
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
  });
}

/** Writes every file, also after one that could not be written; answers what went wrong. */
function writeFiles({ reports, verbose }: Plan, record: CheckRecord): string[] {
  return reports.flatMap(({ file, format }) =>
    failureOf(() => file.write(lines(reportLines(format, record, { style: PLAIN, verbose })))),
  );
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
