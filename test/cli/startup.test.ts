import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dvrscope, lines, sample, scratchDirectory } from './dvrscope.ts';

const write = scratchDirectory();
const LIST = write('loaded.txt', '');
const HOOKS = write(
  'hooks.mjs',
  `import { appendFileSync } from 'node:fs';
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  appendFileSync(process.env.LOADED_LIST, resolved.url + '\\n');
  return resolved;
}`,
);
const REGISTER = write(
  'register.mjs',
  `import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
register(pathToFileURL(${JSON.stringify(HOOKS)}));`,
);

/** The modules that a run loads, in short: the packages by name. */
function loaded(args: readonly string[]): {
  readonly packages: readonly string[];
  readonly own: readonly string[];
} {
  write('loaded.txt', '');
  const { code } = dvrscope(args, { env: { NODE_OPTIONS: `--import=${REGISTER}`, LOADED_LIST: LIST } });
  expect(code).toBe(0);
  const urls = lines(readFileSync(LIST, 'utf8'));
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  const own = urls.flatMap((url) => /\/dist\/(.+)$/.exec(url)?.[1] ?? []);
  return { packages: [...new Set(packages)].sort(), own };
}

describe('starting', () => {
  it('--version loads nothing but the entry', () => {
    expect(loaded(['--version'])).toEqual({ packages: [], own: ['bundle/cli/dvrscope.js'] });
  });

  it('help loads no command, no analysis and no schemas', () => {
    expect(loaded(['--help']).own).not.toContain('bundle/cli/read-run.js');
  });

  it.each([['summary'], ['messages'], ['flows']])('%s loads what it needs in few files', (command) => {
    const { packages, own } = loaded([command, sample('discovery')]);
    expect(own).toContain(`bundle/cli/${command}.js`);
    expect(new Set(own).size).toBeLessThan(20);
    expect(packages).toEqual([]);
    expect(own.filter((path) => path.includes('dashboard'))).toEqual([]);
  });
});
