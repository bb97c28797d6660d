import { compileFilter } from '../../filter/compile.ts';
import { safeJson } from '../../report/format/safe-text.ts';
import { messageFields, type TimeOrigin } from '../../report/message-fields.ts';
import { messageRecord } from '../../report/records/message-record.ts';
import { fieldList, fieldValues, selectFields } from '../../report/text/field-values.ts';
import { renderFilterError } from '../../report/text/filter-error.ts';
import { bodyLines, messageLines, messagesHeading } from '../../report/text/messages-text.ts';
import type { Message } from '../../session/message.ts';
import { outputStyle } from '../colour.ts';
import { type CommandOptions, dialectOf } from '../command.ts';
import { loadLimits } from '../config/run-limits.ts';
import { usageError } from '../failure.ts';
import { inputPaths, noneIsCapture, Run } from '../read-run.ts';
import { firstPacket } from '../time-origin.ts';

export async function messages(files: readonly string[], options: CommandOptions): Promise<void> {
  const origin: TimeOrigin = { seconds: 0, nanoseconds: 0 };
  const shown = { dialect: dialectOf(options), showSecrets: options.showSecrets === true };
  const table = messageFields(origin, shown);
  if (options.fields === 'help') {
    process.stdout.write(`${fieldList(table, outputStyle(options)).join('\n')}\n`);
    return;
  }
  const limits = await loadLimits();
  const filterText = options.displayFilter ?? '';
  const filter = compileFilter(filterText, table, limits.filter);
  if (filter.kind === 'error') throw usageError(`filter: ${renderFilterError(filterText, filter)}`);
  const columns = options.fields === undefined ? undefined : selectFields(options.fields, table);
  if (typeof columns === 'string') throw usageError(columns);
  const run = new Run(inputPaths(files, options), options);
  const { output } = run;
  output.lineBuffered = options.lineBuffered === true;
  const style = outputStyle(options);
  const asTable = options.json !== true && columns === undefined;
  let printed = 0;

  const print = (message: Message): void => {
    printed += 1;
    if (options.json === true) {
      output.line(safeJson(messageRecord(message, { ...shown, body: options.body === true })));
    } else if (columns !== undefined) {
      output.line(fieldValues(message, columns));
    } else {
      if (printed === 1) output.line(messagesHeading(style));
      for (const line of messageLines(message, origin, style)) output.line(line);
      if (options.body === true) for (const line of bodyLines(message, shown.showSecrets)) output.line(line);
    }
  };
  const { files: read } = await run.read(
    {
      message: (message) => {
        if (!output.closed && filter.test(message)) print(message);
      },
    },
    { limits },
    firstPacket(origin),
  );
  if (asTable && printed === 0 && !noneIsCapture(read)) {
    output.line(
      style.heading(filterText === '' ? 'No DVRIP messages.' : 'No DVRIP message matches the filter.'),
    );
  }
  await run.finish(read);
}
