import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MOST_COUNTERS } from './counters.ts';
import { instrument } from './instrument.ts';

/** What is analysed; all else (the fuzzer itself, what the tests share) is not counted. */
const COUNTED = ['dissectors', 'schemas', 'src'];

/**
 * Copies the compiled project with counters in what is analysed.
 *
 * @param from where the fuzzer was compiled to
 * @param to a folder from which the same packages are found
 * @returns how many places are counted
 */
export function writeCountingTree(from: string, to: string): number {
  const counters = pathToFileURL(join(to, 'test/fuzz/counters.js')).href;
  let places = 0;
  rmSync(to, { recursive: true, force: true });
  const files = [...COUNTED, 'test'].flatMap((folder) =>
    readdirSync(join(from, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  for (const path of files.filter((name) => name.endsWith('.js')).sort()) {
    const source = readFileSync(join(from, path), 'utf8');
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    if (!COUNTED.includes(path.split(sep)[0] ?? '')) {
      writeFileSync(target, source);
      continue;
    }
    const counting = instrument(source, places, counters);
    places += counting.places;
    if (places > MOST_COUNTERS) throw new RangeError(`${path}: no counters are left`);
    writeFileSync(target, counting.code);
  }
  return places;
}
