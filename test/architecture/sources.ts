import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;

/** The TypeScript files of a folder, by their paths from the root of the project; not what is built there. */
export function sources(folder: string): string[] {
  return filesIn(folder, '.ts');
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith(ending) && !path.includes('/dist/'));
}

/** Scripts that run what was built: those of package.json, of the benchmarks and of the drawings. */
export const SCRIPTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.mjs')),
  ...['bench', 'docs'].flatMap((folder) => filesIn(folder, '.mjs')),
];

/** All that is built; tests are not among them. */
export const ALL = ['dissectors', 'schemas', 'src'].flatMap(sources);

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What one file takes of another: the names, or `*` for all of them. */
export interface Import {
  readonly target: string;
  readonly names: readonly string[];
}

const STATEMENT = /\b(?:import|export)\s+(?:type\s+)?([^;'"()]*?)\s*from\s+'(\.[^']+)'/g;
/** Loaded when needed, loaded for what it does, or started as a thread or process. */
const WHOLE = /(?:\bimport\s*\(\s*|\bimport\s+|new URL\(\s*)'(\.[^']+\.[jt]s)'/g;

export function importedBy(path: string): Import[] {
  const text = textOf(path);
  // A source that starts another names what that is built to.
  const own = path.endsWith('.ts') ? /\.js$/ : /^$/;
  const at = (target: string) => posix.join(posix.dirname(path), target).replace(own, '.ts');
  return [
    ...[...text.matchAll(STATEMENT)].map(([, clause = '', target = '']) => ({
      target: at(target),
      names: namesOf(clause),
    })),
    ...[...text.matchAll(WHOLE)].map(([, target = '']) => ({ target: at(target), names: ['*'] })),
  ];
}

/** What a script takes of `dist/`, by the path of its source. */
export function builtImportsOf(script: string): Import[] {
  return importedBy(script).flatMap(({ target, names }) => {
    const [, built] = /^dist\/((?:src|dissectors|schemas)\/.*)\.js$/.exec(target) ?? [];
    return built === undefined ? [] : [{ target: `${built}.ts`, names }];
  });
}

export function importsOf(path: string): string[] {
  return importedBy(path).map(({ target }) => target);
}

/** `{ a, type B as C }`, `* as layer`, `rule`: the names in the other file. */
function namesOf(clause: string): string[] {
  if (clause.includes('*')) return ['*'];
  const [, braced = ''] = /\{([^}]*)\}/.exec(clause) ?? [];
  const named = braced.split(',').flatMap((part) => {
    const [name = ''] = part
      .trim()
      .replace(/^type\s+/, '')
      .split(/\s+as\s+/);
    return name === '' ? [] : [name];
  });
  const rest = clause
    .replace(/\{[^}]*\}/, '')
    .replace(',', '')
    .trim();
  return rest === '' ? named : [...named, 'default'];
}
