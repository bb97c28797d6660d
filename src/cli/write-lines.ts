import { EXIT, Failure } from './failure.ts';
import { Output } from './output.ts';

/** Writes lines to standard output, for commands that read no capture. */
export async function writeLines(lines: readonly string[]): Promise<void> {
  const output = new Output(process.stdout, { closed: () => undefined, writing: () => undefined });
  for (const line of lines) output.line(line);
  await output.written();
  if (output.failure !== undefined) {
    throw new Failure(EXIT.input, `standard output: cannot be written to (${output.failure})`);
  }
}
