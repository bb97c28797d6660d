import { existsSync } from 'node:fs';
import { nearest } from '../../filter/suggest.ts';
import { safeJson } from '../../report/format/safe-text.ts';
import { SummaryCollector } from '../../report/summary.ts';
import { summaryText } from '../../report/text/summary-text.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { usageError } from '../failure.ts';
import { inputPaths, noneIsCapture, Run } from '../read-run.ts';

/** `commandNames` are those that the first file may be a misspelling of, where no command was given. */
export async function summary(
  files: readonly string[],
  options: CommandOptions,
  commandNames: readonly string[],
): Promise<void> {
  const [first] = files;
  const meant =
    first === undefined || first === '-' || existsSync(first) ? undefined : nearest(first, commandNames);
  if (meant !== undefined)
    throw usageError(`no command or file is called '${first}'; did you mean '${meant}'?`);
  const run = new Run(inputPaths(files, options), options);
  const collector = new SummaryCollector();
  const { analysis, files: read } = await run.read(collector, {}, (packet) => collector.packet(packet));
  const record = collector.record(analysis, read);
  if (options.json === true) run.output.line(safeJson(record, 2));
  else if (!noneIsCapture(read)) {
    for (const line of summaryText(record, outputStyle(options))) run.output.line(line);
  }
  await run.finish(read);
}
