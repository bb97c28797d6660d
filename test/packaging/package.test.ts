import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sample } from '../cli/dvrscope.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MiB = 1024 * 1024;

const manifest = z
  .looseObject({
    version: z.string(),
    bin: z.looseObject({ dvrscope: z.string() }),
    dependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

const packing = z.object({
  filename: z.string(),
  size: z.number(),
  unpackedSize: z.number(),
  files: z.array(z.object({ path: z.string() })),
});

const scratch = mkdtempSync(join(tmpdir(), 'dvrscope-package-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The built tree as npm packs it; building again is not what is tested. */
function pack(): z.infer<typeof packing> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch];
  const printed: unknown = JSON.parse(
    execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }),
  );
  // npm 11 answers with a list, npm 12 with the packages by name.
  const [only] = z
    .union([z.tuple([packing]), z.record(z.string(), packing).transform(Object.values)])
    .parse(printed);
  return packing.parse(only);
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.slice(0, -'.ts'.length)}`);
}

const packed = pack();
const paths = packed.files.map(({ path }) => path).sort();

describe('the published package', () => {
  it('holds each module of the library half with its types, and no others', () => {
    const modules = ['dissectors', 'schemas', 'src']
      .flatMap(sources)
      .filter((path) => !/^src\/(?:cli|dashboard)\//.test(path));
    const expected = modules.flatMap((path) => [`dist/${path}.js`, `dist/${path}.d.ts`]).sort();
    expect(paths.filter((path) => /^dist\/(?:dissectors|schemas|src)\//.test(path))).toEqual(expected);
  });

  it('holds beside them the bundled command, schemas, documents, and nothing else', () => {
    const rest = paths.filter((path) => !/^dist\/(?:dissectors|schemas|src)\//.test(path));
    const [bundled, others] = [
      /^dist\/bundle\/cli\/[\w-]+\.js$/,
      /^dist\/schema\/dvrscope\.[a-z]+\.json$/,
    ].map((kind) => rest.filter((path) => kind.test(path)));
    expect(bundled).toEqual(expect.arrayContaining([manifest.bin.dvrscope]));
    expect(others).toContain('dist/schema/dvrscope.message.json');
    const allowed = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'completions/_dvrscope',
      'completions/dvrscope.bash',
      'completions/dvrscope.fish',
      'man/dvrscope.1',
      'package.json',
    ];
    const documents = rest.filter((path) => /^docs\/(?:[a-z-]+\.md|screens\/[a-z-]+\.svg)$/.test(path));
    expect(
      rest.filter((path) => ![bundled, others, documents].some((group) => group?.includes(path))),
    ).toEqual(allowed);
  });

  it('holds the documents that the README points to', () => {
    const linked = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/\]\((docs\/[^)#]+)/g)];
    expect(linked.length).toBeGreaterThan(0);
    for (const [, path] of linked) expect(paths).toContain(path);
  });

  it('stays small', () => {
    expect(packed.size).toBeLessThan(1.2 * MiB);
    expect(packed.unpackedSize).toBeLessThan(5 * MiB);
  });

  it('is what publint calls a sound package', async () => {
    const { messages } = await publint({ pkgDir: ROOT, pack: false, strict: true });
    expect(messages).toEqual([]);
  });
});

describe('unpacked beside nothing but its dependencies', () => {
  const modules = join(scratch, 'node_modules');
  const home = join(modules, 'dvrscope');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(scratch, packed.filename), '-C', home, '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  const node = (args: readonly string[]) =>
    spawnSync(process.execPath, args, {
      cwd: scratch,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });

  it('the command runs', () => {
    const command = join(home, manifest.bin.dvrscope);
    expect(node([command, '--version']).stdout).toBe(`dvrscope ${manifest.version}\n`);
    const { stdout, stderr, status } = node([command, 'summary', sample('monitor-two-sockets')]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain('MONITOR_DATA');
    expect(node([command, 'check', sample('monitor-two-sockets')]).stdout).toContain('Rules: ');
  });

  it('the example of docs/library.md type-checks and runs', () => {
    const [, example = ''] =
      /```ts\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/library.md'), 'utf8')) ?? [];
    expect(example).toContain("from 'dvrscope'");
    writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(scratch, 'example.ts'), example);
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--resolveJsonModule'];
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
    const compiled = node([
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      ...options,
      ...types,
      'example.ts',
    ]);
    expect(compiled.stdout).toBe('');
    const { stdout, stderr, status } = node(['example.js', sample('login-refused')]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain('LOGIN_RSP');
  });
});
