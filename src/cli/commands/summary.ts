import { SummaryCollector } from '../../report/summary.ts';
import { summaryText } from '../../report/text/summary-text.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { inputPaths, Run } from '../read-run.ts';

export async function summary(files: readonly string[], options: CommandOptions): Promise<void> {
  const run = new Run(inputPaths(files, options), options);
  const collector = new SummaryCollector();
  const { analysis, files: read } = await run.read(collector, {}, (packet) => collector.packet(packet));
  const record = collector.record(analysis, read);
  if (options.json === true) run.output.line(JSON.stringify(record, null, 2));
  else for (const line of summaryText(record, outputStyle(options))) run.output.line(line);
  await run.finish(read);
}
