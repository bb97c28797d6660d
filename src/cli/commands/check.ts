import type { CheckCommandOptions } from '../check/check-options.ts';
import { checkExitCode } from '../check/exit-code.ts';
import { Judges } from '../check/judges.ts';
import { planOf } from '../check/plan.ts';
import { conformanceOf, judgement, printReport, writeReports } from '../check/verdict.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { noneIsCapture, Run } from '../read-run.ts';
import { firstPacket } from '../time-origin.ts';

/** Judges captures by all rules, writes the reports that were asked for, and answers with the exit code. */
export async function check(
  files: readonly string[],
  given: CheckCommandOptions,
  version: string,
): Promise<void> {
  const plan = await planOf(files, given);
  if (given.live === true) {
    if (plan.paths.length > 0) throw usageError('check --live reads no files: -i says where it captures');
    const { checkLive } = await import('../live/check-live.ts');
    return checkLive(plan, given, version);
  }
  if (given.interface !== undefined)
    throw usageError('check captures with --live only: check --live -i NAME');
  const run = new Run(plan.paths, plan.options);
  const judges = new Judges(conformanceOf(plan, { limits: plan.limits.rules }), plan.expectations);
  const takeOrigin = firstPacket(plan.origin);
  const { analysis, files: read } = await run.read(judges, { limits: plan.limits }, (packet) => {
    takeOrigin(packet);
    judges.packet(packet);
  });
  const record = judgement(plan, judges, analysis, judges.summary.record(analysis, read), version);

  if (plan.stdout !== 'text' || !noneIsCapture(read)) printReport(plan, record, run.output);
  const whole = !run.interrupted && read.every(({ error }) => error === undefined);
  const unwritten = writeReports(plan, record, judges, whole);
  await run.finish(read);
  if (unwritten.length > 0) throw new Failure(EXIT.input, unwritten.join('\n'));
  process.exitCode ??= checkExitCode(record);
}
