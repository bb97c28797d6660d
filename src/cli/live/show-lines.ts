import type { FilterLimits } from '../../filter/limits.ts';
import { PLAIN } from '../../report/format/style.ts';
import type { TimeOrigin } from '../../report/message-fields.ts';
import type { EventRecord } from '../../report/records/live-records.ts';
import { eventLine, liveEndLines } from '../../report/text/live-text.ts';
import { summaryText } from '../../report/text/summary-text.ts';
import type { Message } from '../../session/message.ts';
import { outputStyle } from '../colour.ts';
import { dialectOf } from '../command.ts';
import { configuredLimits, loadLimitChanges } from '../config/run-limits.ts';
import { displayFilter } from './display-filter.ts';
import { JsonPrinter } from './json-printer.ts';
import { LinePrinter } from './line-printer.ts';
import { LiveListener, type LivePrinter } from './live-listener.ts';
import type { LiveCommandOptions } from './live-options.ts';
import { type LiveOutcome, LiveRun } from './live-run.ts';
import { withLosses } from './summary-with-losses.ts';

/** What happens on the wire, until it is ended, then the summary. */
export async function showLines(options: LiveCommandOptions): Promise<void> {
  const origin: TimeOrigin = { seconds: 0, nanoseconds: 0 };
  const changes = await loadLimitChanges();
  const wanted = wantedMessages(options, origin, configuredLimits(changes).filter);
  const run = new LiveRun(options, changes);
  const showSecrets = options.showSecrets === true;
  const body = options.body === true;
  const printer: LivePrinter =
    options.json === true
      ? new JsonPrinter(run.output, { body, showSecrets }, wanted)
      : new LinePrinter(run.output, { style: outputStyle(options), body, showSecrets, origin }, wanted);
  const listener = new LiveListener(
    withEventsOnStderr(printer, options.quiet === true),
    { dialect: dialectOf(options), limits: run.ceiling.limits.rules, showSecrets },
    (session) => run.streamsOf(session),
  );
  const outcome = await run.run(listener);
  listener.end();
  listener.statistics(outcome.last);
  await conclude(run, listener, outcome, options);
}

async function conclude(
  run: LiveRun,
  listener: LiveListener,
  outcome: LiveOutcome,
  options: LiveCommandOptions,
): Promise<void> {
  const { analysis, files, last } = outcome;
  const summary = withLosses(listener.summary.record(analysis, files), last);
  const asJson = options.json === true;
  const style = asJson ? PLAIN : outputStyle(options);
  const lines = ['', ...summaryText(summary, style), ...liveEndLines(last, style)];
  if (!asJson) for (const line of lines) run.output.line(line);
  await run.finish(outcome);
  if (asJson && !run.output.closed) process.stderr.write(`${lines.slice(1).join('\n')}\n`);
}

/** `-q` shows none, `-Y` those that match. */
function wantedMessages(
  options: LiveCommandOptions,
  origin: TimeOrigin,
  limits: FilterLimits,
): (message: Message) => boolean {
  const filter = displayFilter(options, origin, limits);
  if (options.quiet === true) return () => false;
  return (message) => filter.test(message);
}

/** What happens to the capture itself is said on standard error too; with `-q` only what goes wrong. */
function withEventsOnStderr(printer: LivePrinter, quiet: boolean): LivePrinter {
  return {
    packet: (packet) => printer.packet(packet),
    message: (message) => printer.message(message),
    session: (record) => printer.session(record),
    stream: (record) => printer.stream(record),
    finding: (record) => printer.finding(record),
    statistics: (record) => printer.statistics(record),
    event: (record: EventRecord) => {
      printer.event(record);
      if (quiet && record.event === 'started') return;
      process.stderr.write(`dvrscope: ${eventLine(record, PLAIN)}\n`);
    },
  };
}
