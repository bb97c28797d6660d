import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { extract } from '../../src/cli/commands/extract.ts';
import { Failure } from '../../src/cli/failure.ts';
import { sample } from '../cli/dvrscope.ts';
import { scratch } from './extracting.ts';

const folder = scratch();
const { PATH } = process.env;

afterEach(() => {
  process.env.PATH = PATH;
});

/** How the command ends when ffmpeg is this shell script, or nowhere. */
async function endWith(script: string | undefined, directory: string): Promise<Failure> {
  const programs = folder();
  mkdirSync(programs, { recursive: true });
  if (script !== undefined) {
    writeFileSync(join(programs, 'ffmpeg'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  process.env.PATH = programs;
  const options = { dialect: 'auto', color: false, quiet: true, output: directory, mp4: true } as const;
  const failure: unknown = await extract([sample('h265-monitor')], options).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('the command did not fail');
  return failure;
}

describe('extract --mp4', () => {
  it('without ffmpeg says so, and writes nothing', async () => {
    const directory = folder();
    const { exitCode, message } = await endWith(undefined, directory);
    expect([exitCode, existsSync(directory)]).toEqual([2, false]);
    expect(message).toMatch(/^--mp4 needs ffmpeg[^\n]*$/);
  });

  it('tells the last words of an ffmpeg that fails, and keeps everything but the recording', async () => {
    const directory = folder();
    const script = '[ "$1" = -version ] && exit 0; echo first >&2; echo bad luck >&2; exit 7';
    const { exitCode, message } = await endWith(script, directory);
    expect(exitCode).toBe(3);
    expect(message).toMatch(/^\S+_monitor\.mp4: ffmpeg: bad luck$/);
    const kinds = readdirSync(directory).map((name) => name.split('.').at(-1));
    expect(kinds).toEqual(['h265', 'wav', 'json']);
  });
});
