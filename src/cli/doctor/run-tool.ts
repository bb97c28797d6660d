import { execFile } from 'node:child_process';

const PATIENCE_MILLISECONDS = 5000;
const MOST_BYTES = 1024 * 1024;

/** What a tool printed, and why it could not be run or failed: ENOENT, EACCES, `exit code 1`. */
export interface ToolRun {
  readonly text: string;
  readonly failure?: string;
}

/** Runs a tool with arguments, never through a shell. */
export function runTool(program: string, parameters: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE_MILLISECONDS, maxBuffer: MOST_BYTES };
    execFile(program, [...parameters], options, (error, stdout, stderr) => {
      const text = stdout === '' ? stderr : stdout;
      if (error === null) resolve({ text });
      else
        resolve({
          text,
          failure: typeof error.code === 'string' ? error.code : `exit code ${error.code ?? '?'}`,
        });
    });
  });
}
