import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEnginePipe } from '../../../src/capture/live/engine-pipe.ts';
import { isMissing } from '../../cli/dvrscope.ts';

/** F_GETPIPE_SZ of fcntl(2). */
const SIZE_OF = 'print fcntl(STDIN, 1032, 0)';

describe.skipIf(isMissing('mkfifo'))('the pipe for an engine', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dvr-pipe-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('carries what is written, ends when its writers are gone, and leaves nothing in the folder', () => {
    const pipe = openEnginePipe(folder);
    if (pipe === undefined) throw new Error('no pipe');
    expect(readdirSync(folder)).toEqual([]);
    const into = Buffer.alloc(10);
    // Nothing is there, and nobody waits for it.
    expect(() => readSync(pipe.read, into)).toThrow('EAGAIN');
    writeSync(pipe.write, 'packets');
    expect(into.toString('latin1', 0, readSync(pipe.read, into))).toBe('packets');
    closeSync(pipe.write);
    expect(readSync(pipe.read, into)).toBe(0);
    closeSync(pipe.read);
  });

  it.skipIf(isMissing('perl') || process.platform !== 'linux')('is wide where perl can widen it', () => {
    const pipe = openEnginePipe(folder);
    if (pipe === undefined) throw new Error('no pipe');
    const { stdout } = spawnSync('perl', ['-e', SIZE_OF], { stdio: [pipe.write, 'pipe', 'inherit'] });
    expect(Number(stdout)).toBe(1024 * 1024);
    closeSync(pipe.read);
    closeSync(pipe.write);
  });

  it('is none in a folder that is not there', () => {
    expect(openEnginePipe(join(folder, 'nowhere'))).toBeUndefined();
  });
});
