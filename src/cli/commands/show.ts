import { plural } from '../../report/format/table.ts';
import { SHOWN_HEX_BYTES, showText } from '../../report/text/show-text.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { inputPaths, Run } from '../read-run.ts';

export async function show(
  first: string | undefined,
  second: string | undefined,
  options: CommandOptions,
): Promise<void> {
  // With -r the one argument is the number.
  const fromOption = options.readFile !== undefined;
  const text = fromOption ? first : second;
  const paths = inputPaths(fromOption || first === undefined ? [] : [first], options);
  if (text === undefined)
    throw usageError('show needs a capture file and the number of a message: show FILE NUMBER');
  const wanted = Number(text);
  if (!/^\d+$/.test(text) || wanted < 1 || !Number.isSafeInteger(wanted)) {
    throw usageError(`'${text}' is no message number; \`dvrscope messages\` lists them, from 1`);
  }
  const run = new Run(paths, options);
  const style = outputStyle(options);
  let found = false;
  const { analysis, files } = await run.read(
    {
      message: (message) => {
        if (message.number !== wanted) return;
        found = true;
        for (const line of showText(message, options.showSecrets === true, style)) run.output.line(line);
        run.stop();
      },
    },
    { keptMediaBytes: SHOWN_HEX_BYTES },
  );
  await run.finish(found ? [] : files);
  if (found || files.some((file) => file.error !== undefined)) return;
  const { messages } = analysis.conversations;
  const range =
    messages === 0 ? 'has no DVRIP messages' : `has ${plural(messages, 'message')}, numbered from 1`;
  throw new Failure(EXIT.usage, `no message ${wanted}: the capture ${range}`);
}
