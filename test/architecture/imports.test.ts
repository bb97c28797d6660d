import { expect, it } from 'vitest';
import { ALL, importsOf, sources, textOf } from './sources.ts';

/**
 * The folders in the order in which imports point: each may import from itself, from those of earlier rows, and
 * from those of its own row only where `beside` says so.
 */
const ROWS: readonly (readonly string[])[] = [
  ['dissectors/core'],
  ['dissectors', 'schemas'],
  ['src/capture', 'src/reassembly'],
  ['src/session'],
  ['src/rules'],
  ['src/analysis'],
  ['src/filter'],
  ['src/report'],
  ['src/extract'],
  ['src/library', 'src/dashboard'],
  ['src/cli'],
];

const FOLDERS = ROWS.flat().sort((a, b) => b.length - a.length);

function folderOf(path: string): string | undefined {
  return FOLDERS.find((folder) => path.startsWith(`${folder}/`));
}

function rowOf(folder: string): number {
  return ROWS.findIndex((row) => row.includes(folder));
}

it('imports point one way: from the command line down to the byte views', () => {
  const offending = ALL.flatMap((path) => {
    const from = folderOf(path);
    if (from === undefined) return [`${path} is in no folder of the house`];
    return importsOf(path).flatMap((target) => {
      const to = folderOf(target);
      if (to === undefined) return [`${path} imports ${target}, which is in no folder of the house`];
      return to === from || rowOf(to) < rowOf(from) ? [] : [`${path} imports ${target}`];
    });
  });
  expect(offending).toEqual([]);
});

it('every import names a file that is there', () => {
  const present = new Set(ALL);
  const missing = ALL.flatMap((path) =>
    importsOf(path)
      .filter((target) => !present.has(target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(missing).toEqual([]);
});

it('what bytes mean does no I/O: dissectors and schemas import neither files, sockets, processes nor clocks', () => {
  const forbidden = /from 'node:(?:fs|net|dgram|child_process|http|https|worker_threads|timers|process)[/']/;
  const offending = [...sources('dissectors'), ...sources('schemas')].filter((path) =>
    forbidden.test(textOf(path)),
  );
  expect(offending).toEqual([]);
});

it('nothing below the command line reads the clock, the environment or the arguments, or prints', () => {
  const forbidden = /\b(?:Date\.now|performance\.now|process\.(?:env|argv|stdout|stderr|exit)|console\.)/;
  const offending = ALL.filter((path) => !path.startsWith('src/cli/')).filter((path) =>
    forbidden.test(textOf(path)),
  );
  expect(offending).toEqual([]);
});

it('files hold one idea: none is longer than 350 lines', () => {
  const long = ALL.filter((path) => textOf(path).split('\n').length > 351);
  expect(long).toEqual([]);
});
