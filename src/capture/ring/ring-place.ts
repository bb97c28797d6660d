import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';

/** Where ring files lie and what they are called. */
export interface RingPlace {
  readonly temporary: boolean;
  /** What is there under the name of the first file is replaced. */
  readonly replaces: boolean;
  /** The folder, or the file. */
  readonly where: string;
  /** Path of the `number`th file, whose first packet was captured at that time; `attempt` others were taken. */
  path(number: number, seconds: number, attempt: number): string;
  /** Nothing more is written: removes what is temporary. */
  leave(): void;
}

/** A folder of our own that nobody else may look into, gone with the capture. */
export function temporaryPlace(): RingPlace {
  const where = mkdtempSync(join(tmpdir(), 'dvrscope-ring-'));
  chmodSync(where, 0o700);
  return {
    ...inFolder(where, 'dvrscope', '.pcapng'),
    temporary: true,
    leave: () => rmSync(where, { recursive: true, force: true }),
  };
}

/**
 * What `-w` names: a folder, or a file; with `numbered` files of that name with a number and a time.
 *
 * @throws errors of the system, where there is no folder for it: a mistyped path is not a disk that may come back
 */
export function placeOf(path: string, numbered: boolean): RingPlace {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true || path.endsWith('/')) {
    if (there === undefined) mkdirSync(path, { recursive: true, mode: 0o700 });
    return inFolder(path, 'dvrscope', '.pcapng');
  }
  statSync(dirname(path));
  const extension = extname(path);
  const beside = inFolder(dirname(path), basename(path, extension), extension);
  if (numbered) return beside;
  return {
    ...beside,
    replaces: true,
    where: path,
    // After a failure, or SIGHUP, under the same name if it was moved away: what was written is never overwritten.
    path: (number, seconds, attempt) => (attempt === 0 ? path : beside.path(number - 1, seconds, attempt)),
  };
}

/** As dumpcap names them: `dvrscope_00001_20261122103400.pcapng`, in UTC. */
function inFolder(where: string, stem: string, extension: string): RingPlace {
  return {
    temporary: false,
    replaces: false,
    where,
    path: (number, seconds) =>
      join(where, `${stem}_${String(number).padStart(5, '0')}_${stamp(seconds)}${extension}`),
    leave: () => undefined,
  };
}

/** Times beyond what a date holds are those of damaged captures. */
function stamp(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return 'undated';
  return date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
}
