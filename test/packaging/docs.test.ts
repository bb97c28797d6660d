import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { dvrscope } from '../cli/dvrscope.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const README = read('README.md');
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'captures/README.md'],
  ...readdirSync(new URL('docs/', ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const { dependencies, devDependencies, optionalDependencies } = manifest;

describe('what the pages say is so', () => {
  it.each(PAGES)('%s links to files that are there', (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, to = '']) => to);
    expect(targets.filter((to) => !existsSync(new URL(to, new URL(path, ROOT))))).toEqual([]);
  });

  it.each(PAGES)('%s tells of scripts that there are', (path) => {
    const named = [...read(path).matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it('the README shows the summary as it is printed', () => {
    const [, line = '', shown = ''] = /^\$ dvrscope (summary \S+)\n(.*?)\n```/ms.exec(README) ?? [];
    const { stdout } = dvrscope(line.split(' '), { cwd: fileURLToPath(ROOT) });
    expect(stdout.trimEnd()).toBe(shown);
  });

  it('the README has a row for each command', () => {
    const { commands } = commandTable(buildProgram('0'));
    const missing = commands.filter(({ name }) => !README.includes(`\`dvrscope ${name}`));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['README.md', { ...dependencies, ...optionalDependencies }],
    ['docs/dependencies.md', { ...dependencies, ...optionalDependencies, ...devDependencies }],
  ])('%s says why each dependency is there', (path, all) => {
    const page = read(path);
    expect(Object.keys(all).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
