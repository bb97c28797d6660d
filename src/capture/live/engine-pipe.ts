import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** Linux lets everybody make a pipe of this size (pipe(7), pipe-max-size): some eight thousandths of a second of a full gigabit. */
const PIPE_BYTES = 1024 * 1024;

/** F_SETPIPE_SZ of fcntl(2), which Node has no call for. */
const WIDEN = `fcntl(STDOUT, 1031, ${PIPE_BYTES}) or exit 1`;

/** Descriptors of both ends. */
export interface EnginePipe {
  readonly read: number;
  readonly write: number;
}

/**
 * A pipe of the kernel, by way of a FIFO that is gone from the folder when this returns. Node gives its children a pair of
 * sockets instead: each packet that tcpdump writes is then a buffer of its own in the kernel, and costs both sides twice the
 * time. Undefined where there can be none, as in a folder that cannot be written.
 */
export function openEnginePipe(folder: string): EnginePipe | undefined {
  let place: string | undefined;
  let read: number | undefined;
  try {
    place = mkdtempSync(join(folder, 'dvrscope-engine-'));
    const path = join(place, 'packets');
    if (spawnSync('mkfifo', ['-m', '600', path], { stdio: 'ignore' }).status !== 0) return undefined;
    read = openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    // Does not wait: there is a reader.
    const write = openSync(path, O_WRONLY | O_NOFOLLOW);
    widen(write);
    return { read, write };
  } catch {
    if (read !== undefined) closeSync(read);
    return undefined;
  } finally {
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  }
}

/**
 * A pipe is 64 KiB small, fifty packets: where both sides wait for a processor, each waits for the other as well. Perl is on
 * most machines that have tcpdump; without it the pipe stays as it is.
 */
function widen(descriptor: number): void {
  if (process.platform !== 'linux') return;
  spawnSync('perl', ['-e', WIDEN], { stdio: ['ignore', descriptor, 'ignore'] });
}
