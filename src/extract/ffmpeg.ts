import { spawn, spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const FFMPEG = 'ffmpeg';
/** Characters kept of what ffmpeg says; its last line is what it failed of. */
const KEPT_WORDS = 4096;

/** Whether ffmpeg can be run. */
export function hasFfmpeg(): boolean {
  return spawnSync(FFMPEG, ['-version'], { stdio: 'ignore' }).status === 0;
}

/** Runs ffmpeg with `input` as its standard input. Answers why it failed; undefined where it did not. */
export async function runFfmpeg(
  args: readonly string[],
  input: Iterable<Uint8Array>,
): Promise<string | undefined> {
  const child = spawn(FFMPEG, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-KEPT_WORDS);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      const said = words.trim().split('\n').at(-1)?.trim();
      resolve(code === 0 ? undefined : said || `ended with ${signal ?? `exit code ${code}`}`);
    });
  });
  // One frame in advance: a frame may have megabytes.
  const frames = Readable.from(input, { highWaterMark: 1 });
  let unread: string | undefined;
  try {
    await pipeline(frames, child.stdin);
  } catch (error) {
    // A pipe that ffmpeg closed is told by how ffmpeg ended; what else went wrong is ours.
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') unread = code;
  }
  const failure = await ended;
  return unread === undefined ? failure : `its input cannot be read (${unread})`;
}
