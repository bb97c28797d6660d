import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Target } from './target.ts';

/** What an input did that it must not. */
export interface Failure {
  readonly target: string;
  readonly text: string;
  /** The same for inputs that fail in the same way: where it was thrown, and the words without numbers and quotations. */
  readonly signature: string;
}

/** More than this for a megabyte is a hang; shorter inputs have as long. */
const SECONDS_PER_MEGABYTE = 1;
const MEGABYTE = 1024 * 1024;
/** What one input may leave behind or need at once. */
const GROWTH_BYTES = 400 * MEGABYTE;

/** Runs one input; undefined when all that must hold holds. */
export async function tryInput(target: Target, input: Buffer): Promise<Failure | undefined> {
  const before = process.memoryUsage().rss;
  const thrown = await timed(target, input);
  if (thrown.failure !== undefined) return thrown.failure;
  const allowed = SECONDS_PER_MEGABYTE * Math.max(1, input.length / MEGABYTE);
  if (thrown.seconds > allowed) {
    // The compiler and the collector may have been at work: it is slow only if it is so again.
    const again = Math.min((await timed(target, input)).seconds, (await timed(target, input)).seconds);
    if (again > allowed)
      return failureOf(target.name, `takes ${again.toFixed(1)} s for ${input.length} bytes`, 'slow');
  }
  const grown = process.memoryUsage().rss - before;
  if (grown > GROWTH_BYTES) {
    return failureOf(
      target.name,
      `takes ${Math.round(grown / MEGABYTE)} MiB for ${input.length} bytes`,
      'memory',
    );
  }
  return undefined;
}

/** The processor's time, not the clock's: others may have the machine. */
async function timed(target: Target, input: Buffer): Promise<{ seconds: number; failure?: Failure }> {
  const start = process.cpuUsage();
  try {
    // A copy: a target that writes into its input must not change what is reported.
    await target.run(Buffer.from(input));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { seconds: 0, failure: failureOf(target.name, text, placeOf(error)) };
  }
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6 };
}

export function failureOf(target: string, text: string, place: string): Failure {
  const words = text.replace(/«[^»]*»|"[^"]*"|0x[0-9a-f]+|\d+/gi, '#').slice(0, 80);
  return { target, text, signature: `${target} ${place} ${words}` };
}

/** The file and function of ours in which it was thrown. */
function placeOf(error: unknown): string {
  const here = new URL('.', pathToFileURL(import.meta.filename)).pathname;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const ours = frames.find(
    (line) => line.includes('file:') && !/target\.[jt]s/.test(line) && !line.includes('node_modules'),
  );
  const [, name = '', path = ''] = /at (?:(.*) \()?file:\/\/([^:]*)/.exec(ours ?? '') ?? [];
  return `${relative(here, path)} ${name}`;
}
