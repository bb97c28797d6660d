import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../schemas/registry.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { ALL, builtImportsOf, importedBy, importsOf, SCRIPTS, sources, textOf } from './sources.ts';

/** What package.json names: the command, `npm run docs`, the library. */
const STARTED = ['src/cli/dvrscope.ts', 'src/cli/write-docs.ts', 'src/library/library.ts'];

const DECLARED = /^export\s+(?:async\s+)?(?:const|function\*?|class)\s+([A-Za-z_$][\w$]*)/gm;
const HANDED_ON = /^export\s+(?!type\b)\{([^}]*)\}/gm;

/** The values that a file exports; a type belongs to the value that it describes. */
function exportsOf(path: string): string[] {
  const text = textOf(path);
  const declared = [...text.matchAll(DECLARED)].map(([, name = '']) => name);
  const handedOn = [...text.matchAll(HANDED_ON)].flatMap(([, list = '']) => list.split(','));
  const names = handedOn.map(
    (part) =>
      part
        .trim()
        .split(/\s+as\s+/)
        .at(-1) ?? '',
  );
  return [...declared, ...names.filter((name) => name !== '' && !name.startsWith('type '))];
}

describe('what is written is wired in', () => {
  it('every file is reached from what is started: no decoder, chapter or report was forgotten', () => {
    const reached = new Set(STARTED);
    for (const path of reached) for (const target of importsOf(path)) reached.add(target);
    expect(ALL.filter((path) => !path.endsWith('.d.ts') && !reached.has(path))).toEqual([]);
    expect(STARTED.filter((path) => !ALL.includes(path))).toEqual([]);
  });

  it('every script takes of what is built what is there: what was moved stays in an old dist/', () => {
    const files = new Set(ALL);
    const taken = SCRIPTS.flatMap((script) =>
      builtImportsOf(script).flatMap(({ target, names }) => names.map((name) => ({ script, target, name }))),
    );
    const stale = taken.filter(
      ({ target, name }) => !files.has(target) || (name !== '*' && !exportsOf(target).includes(name)),
    );
    expect(stale).toEqual([]);
    expect(taken.length).toBeGreaterThan(5);
  });

  it('every exported value is used by another file', () => {
    const used = new Map<string, Set<string>>();
    const imports = [...ALL, ...sources('test')].flatMap(importedBy);
    for (const { target, names } of [...imports, ...SCRIPTS.flatMap(builtImportsOf)]) {
      const known = used.get(target) ?? new Set();
      for (const name of names) known.add(name);
      used.set(target, known);
    }
    const idle = ALL.filter((path) => path !== 'src/library/library.ts').flatMap((path) => {
      const known = used.get(path);
      if (known?.has('*') === true) return [];
      return exportsOf(path)
        .filter((name) => known?.has(name) !== true)
        .map((name) => `${path}: ${name}`);
    });
    expect(idle).toEqual([]);
  });

  it('every message that a rule hears or watches exists, and is of the kind that it is told of', () => {
    const named = (media: boolean) =>
      new Set(
        MESSAGES.filter(({ kind, carrier }) =>
          // A picture is watched; the JSON in its place is heard.
          media ? kind === 'media' || carrier === 'jpeg-or-json' : kind === 'control',
        ).map(({ name }) => name),
      );
    const [control, media] = [named(false), named(true)];
    const mistaken = ALL_RULES.flatMap(({ kind, rule }) => {
      if (kind !== 'conversation') return [];
      const { id, hears = [], watches = [] } = rule;
      return [
        ...hears.filter((name) => !control.has(name)).map((name) => `${id} hears ${name}`),
        ...watches.filter((name) => !media.has(name)).map((name) => `${id} watches ${name}`),
      ];
    });
    expect(mistaken).toEqual([]);
  });
});
