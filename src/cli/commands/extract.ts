import { Extraction, MANIFEST } from '../../extract/extraction.ts';
import { hasFfmpeg } from '../../extract/ffmpeg.ts';
import { OutputFolder } from '../../extract/output-folder.ts';
import { extractText } from '../../report/text/extract-text.ts';
import type { CommandOptions } from '../command.ts';
import { loadLimits } from '../config/run-limits.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { inputPaths, noneIsCapture, Run } from '../read-run.ts';

export async function extract(files: readonly string[], options: CommandOptions): Promise<void> {
  const directory = options.output;
  if (directory === undefined || directory === '') {
    throw usageError('extract needs a directory to write to: extract FILE -o DIR');
  }
  if (options.mp4 === true && !hasFfmpeg()) {
    throw usageError('--mp4 needs ffmpeg, which cannot be run; install it, or leave out --mp4');
  }
  const run = new Run(inputPaths(files, options), options);
  const limits = await loadLimits();
  const folder = new OutputFolder(directory, options.force === true, limits.extract);
  if (options.force !== true && folder.failure === undefined && folder.has(MANIFEST)) {
    throw usageError(
      `${directory} holds an extraction already; name another directory, or replace it with --force`,
    );
  }
  const extraction = new Extraction(folder, limits.extract, options.mp4 === true);
  const { files: read } = await run.read(
    {
      message: (message) => {
        extraction.message(message);
        if (folder.failure !== undefined) run.stop();
      },
      flowEnded: (flow) => extraction.flowEnded(flow),
    },
    { mediaTap: (stream) => extraction.tap(stream), limits },
  );
  const readable = !noneIsCapture(read);
  const failures = readable && folder.failure === undefined ? await extraction.makeRecordings() : [];
  if (readable && folder.failure === undefined) {
    const manifest = extraction.finish(read);
    for (const line of extractText(manifest)) run.output.line(line);
  }
  if (folder.failure !== undefined) {
    await run.output.written();
    throw new Failure(EXIT.input, `${directory}: ${folder.failure}`);
  }
  await run.finish(read);
  if (failures.length > 0) throw new Failure(EXIT.input, failures.join('\n'));
}
