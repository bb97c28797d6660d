import type { Packet } from '../../../dissectors/core/packet.ts';
import { PLAIN } from '../../report/format/style.ts';
import { liveFindingRecord } from '../../report/records/finding-record.ts';
import type { EventRecord, StatisticsRecord } from '../../report/records/live-records.ts';
import { eventLine, findingLine, liveEndLines } from '../../report/text/live-text.ts';
import type { Conformance } from '../../rules/conformance.ts';
import type { FindingGroup, Sample, Subject } from '../../rules/ledger.ts';
import type { CheckCommandOptions } from '../check/check-options.ts';
import { checkExitCode } from '../check/exit-code.ts';
import type { Expectations } from '../check/expectations.ts';
import { Judges } from '../check/judges.ts';
import type { Plan } from '../check/plan.ts';
import { conformanceOf, judgement, printReport, writeReports } from '../check/verdict.ts';
import { outputStyle } from '../colour.ts';
import { EXIT, Failure } from '../failure.ts';
import { firstPacket } from '../time-origin.ts';
import { isWorthShowing } from './live-listener.ts';
import type { LiveCommandOptions } from './live-options.ts';
import { type LiveObserver, LiveRun } from './live-run.ts';
import { withLosses } from './summary-with-losses.ts';

/** Judges what happens on the wire: findings as they are made, the report when the capture ends. */
export async function checkLive(plan: Plan, given: CheckCommandOptions, version: string): Promise<void> {
  const { output: _, ...capturing } = given;
  const options: LiveCommandOptions = { ...capturing, ...plan.options };
  const run = new LiveRun(options, plan.limitChanges);
  const limits = run.ceiling.limits.rules;
  const asText = plan.stdout === 'text';
  const style = asText ? outputStyle(options) : PLAIN;
  const show = (subject: Subject, sample: () => Sample, group: FindingGroup | undefined) => {
    if (!isWorthShowing(group, limits.samplesPerGroup)) return;
    const record = liveFindingRecord(subject, sample(), group?.count, options.showSecrets === true);
    const line = findingLine(record, style);
    // What is printed whole at the end, JSON for one, cannot have lines before it.
    if (!asText) process.stderr.write(`${line}\n`);
    else if (!run.output.closed) run.output.line(line);
  };
  const judges = new LiveJudges(conformanceOf(plan, { limits, found: show }), plan.expectations, plan);
  const outcome = await run.run(judges);
  const { analysis, files, last, end } = outcome;
  const summary = withLosses(judges.summary.record(analysis, files), last);
  const record = judgement(plan, judges, analysis, summary, version);
  if (asText) run.output.line('');
  printReport(plan, record, run.output);
  const unwritten = writeReports(
    plan,
    record,
    judges,
    run.stoppedBy === undefined && end.problems.length === 0,
  );
  await run.finish(outcome);
  process.stderr.write(`${liveEndLines(last, PLAIN).slice(1).join('\n')}\n`);
  if (unwritten.length > 0) throw new Failure(EXIT.input, unwritten.join('\n'));
  process.exitCode ??= checkExitCode(record);
}

/** The judges of a capture that has not ended yet. */
class LiveJudges extends Judges implements LiveObserver {
  readonly #takeOrigin: (packet: Packet) => void;

  constructor(conformance: Conformance, expectations: Expectations | undefined, { origin }: Plan) {
    super(conformance, expectations);
    this.#takeOrigin = firstPacket(origin);
  }

  get ruleScopesLetGo(): number {
    return this.conformance.evicted;
  }

  override packet(packet: Packet): void {
    this.#takeOrigin(packet);
    super.packet(packet);
  }

  tick(): void {}

  event(record: EventRecord): void {
    process.stderr.write(`dvrscope: ${eventLine(record, PLAIN)}\n`);
  }

  statistics(_record: StatisticsRecord): void {}

  trim(): void {
    this.conformance.trim();
  }
}
