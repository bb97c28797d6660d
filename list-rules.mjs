import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes src/rules/all-rules.ts, the list of all rules: a rule is the default export of `src/rules/<area>/<name>.ts`,
 * and adding that file is all there is to do. `--check` only says whether the list is current.
 */
const root = new URL('src/rules/', import.meta.url);
const target = new URL('all-rules.ts', root);

const ids = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: area }) =>
    readdirSync(new URL(`${area}/`, root))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${area}/${file.slice(0, -'.ts'.length)}`),
  )
  .sort();

const nameOf = (id) => id.replace(/[/-](.)/g, (_, letter) => letter.toUpperCase());
const text = `${[
  '/** Every rule. Made by `node list-rules.mjs` from the folders here; `npm run build` keeps it current. */',
  '',
  ...[...ids, 'rule']
    .sort()
    .map((id) =>
      id === 'rule' ? "import type { Rule } from './rule.ts';" : `import ${nameOf(id)} from './${id}.ts';`,
    ),
  '',
  'export const ALL_RULES: readonly Rule[] = [',
  ...ids.map((id) => `  ${nameOf(id)},`),
  '];',
].join('\n')}\n`;

let current = '';
try {
  current = readFileSync(target, 'utf8');
} catch {
  // It is not there yet.
}
if (process.argv.includes('--check')) process.exitCode = current === text ? 0 : 1;
else if (current !== text) writeFileSync(target, text);
