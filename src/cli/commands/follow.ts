import type { StreamConsumer } from '../../reassembly/flow.ts';
import type { StreamDirection } from '../../reassembly/stream-direction.ts';
import { Conversation } from '../../report/follow.ts';
import { plural } from '../../report/format/table.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import type { Output } from '../output.ts';
import { inputPaths, Run } from '../read-run.ts';

export async function follow(files: readonly string[], options: CommandOptions): Promise<void> {
  const wanted = options.flow;
  if (wanted === undefined) throw usageError('follow needs --flow N; `dvrscope flows` lists the numbers');
  const run = new Run(inputPaths(files, options), options);
  const { output } = run;
  const conversation = new Conversation(
    { from: options.from, showSecrets: options.showSecrets === true },
    outputStyle(options),
    (line) => output.line(line),
  );
  const tap = (stream: StreamDirection) => {
    if (stream.flow.number !== wanted) return undefined;
    return options.raw === true ? rawTap(stream, options.from, output) : conversation.tap(stream);
  };
  const { analysis, files: read } = await run.read(
    {
      flowEnded: (flow) => {
        if (flow.number === wanted) run.stop();
      },
    },
    { tap },
  );
  if (options.raw !== true) conversation.end();
  await run.finish(read);
  const { opened } = analysis.flows;
  if (wanted > opened && read.every((file) => file.error === undefined)) {
    const range =
      opened === 0
        ? 'no TCP or UDP flows'
        : `${plural(opened, 'flow')}, numbered from 1 (\`dvrscope flows\` lists them)`;
    throw new Failure(EXIT.usage, `no flow ${wanted}: the capture has ${range}`);
  }
}

function rawTap(stream: StreamDirection, from: CommandOptions['from'], output: Output): StreamConsumer {
  return {
    data: (bytes, start, end) => {
      // Who is the client may become known only with a late SYN/ACK, so it is asked each time.
      if (from !== undefined && (from === 'client') !== (stream.side === stream.flow.client)) return;
      output.bytes(bytes.subarray(start, end));
    },
    gap: () => undefined,
    end: () => undefined,
  };
}
