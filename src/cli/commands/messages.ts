import { compileFilter } from '../../filter/compile.ts';
import { renderFilterError } from '../../filter/render-error.ts';
import { messageFields, type TimeOrigin } from '../../report/message-fields.ts';
import { messageRecord } from '../../report/records/message-record.ts';
import { fieldValues, selectFields } from '../../report/text/field-values.ts';
import { bodyLines, messageLines, messagesHeading } from '../../report/text/messages-text.ts';
import type { Message } from '../../session/message.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { usageError } from '../failure.ts';
import { inputPaths, Run } from '../read-run.ts';

export async function messages(files: readonly string[], options: CommandOptions): Promise<void> {
  const origin: TimeOrigin = { seconds: 0, nanoseconds: 0 };
  const showSecrets = options.showSecrets === true;
  const table = messageFields(origin, showSecrets);
  const filter = compileFilter(options.displayFilter ?? '', table);
  if (filter.kind === 'error') {
    throw usageError(`filter: ${renderFilterError(options.displayFilter ?? '', filter)}`);
  }
  const columns = options.fields === undefined ? undefined : selectFields(options.fields, table);
  if (typeof columns === 'string') throw usageError(columns);
  const run = new Run(inputPaths(files, options), options);
  const { output } = run;
  const style = outputStyle(options);
  const recordOptions = { dialect: run.dialect, body: options.body === true, showSecrets };

  const print = (message: Message): void => {
    if (options.json === true) {
      output.line(JSON.stringify(messageRecord(message, recordOptions)));
    } else if (columns !== undefined) {
      output.line(fieldValues(message, columns));
    } else {
      for (const line of messageLines(message, origin, style)) output.line(line);
      if (options.body === true) for (const line of bodyLines(message, showSecrets)) output.line(line);
    }
  };

  if (options.json !== true && columns === undefined) output.line(messagesHeading(style));
  const { files: read } = await run.read(
    {
      message: (message) => {
        if (!output.closed && filter.test(message)) print(message);
      },
    },
    {},
    (packet) => {
      if (packet.number !== 1) return;
      origin.seconds = packet.seconds;
      origin.nanoseconds = packet.nanoseconds;
    },
  );
  await run.finish(read);
}
