import { safeJson } from '../../report/format/safe-text.ts';
import { flowRecord } from '../../report/records/flow-record.ts';
import type { FlowRecord } from '../../report/records/schemas.ts';
import { StreamDigests } from '../../report/stream-digests.ts';
import { flowsText } from '../../report/text/flows-text.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { inputPaths, noneIsCapture, Run } from '../read-run.ts';

export async function flows(files: readonly string[], options: CommandOptions): Promise<void> {
  const run = new Run(inputPaths(files, options), options);
  const digests = options.digest === true ? new StreamDigests() : undefined;
  const records: FlowRecord[] = [];
  const { files: read } = await run.read(
    {
      flowEnded: (flow, dvrip) => {
        records.push(flowRecord(flow, dvrip, digests?.take(flow)));
      },
    },
    digests === undefined ? {} : { tap: (stream) => digests.open(stream) },
  );
  records.sort((a, b) => a.flow - b.flow);
  if (options.json === true) {
    for (const record of records) run.output.line(safeJson(record));
  } else if (!noneIsCapture(read)) {
    for (const line of flowsText(records, outputStyle(options))) run.output.line(line);
  }
  await run.finish(read);
}
