import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dvrscope, sample, scratchDirectory } from '../cli/dvrscope.ts';
import { hostileCapture } from './hostile-capture.ts';
import { STRINGS } from './hostile-strings.ts';

const write = scratchDirectory();
const CAPTURE = write('hostile.pcapng', hostileCapture());
const scratch = mkdtempSync(join(tmpdir(), 'dvrscope-files-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const manifest = z.looseObject({ files: z.array(z.looseObject({ file: z.string() })) });

function folder(name: string): string {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  return path;
}

describe('extract', () => {
  it('names files by itself, whatever the device calls them', () => {
    const parent = folder('names');
    const { code, stderr } = dvrscope(['extract', CAPTURE, '-o', join(parent, 'out')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(parent)).toEqual(['out']);
    const names = readdirSync(join(parent, 'out'), { recursive: true, encoding: 'utf8' });
    expect(names.length).toBeGreaterThan(STRINGS.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
    const text = readFileSync(join(parent, 'out', 'manifest.json'), 'utf8');
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    const listed = manifest.parse(JSON.parse(text)).files.map(({ file }) => file);
    expect([...listed, 'manifest.json'].sort()).toEqual(names.sort());
  });

  it('follows no symbolic link that lies in its folder, with --force or without', () => {
    const target = write('target.txt', 'mine');
    const clean = folder('clean');
    expect(dvrscope(['extract', sample('snapshot'), '-o', clean]).code).toBe(0);
    const names = readdirSync(clean);
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      const out = folder(`link-${name}`);
      symlinkSync(target, join(out, name));
      const refused = dvrscope(['extract', sample('snapshot'), '-o', out]);
      expect(refused.stderr).toContain('--force');
      expect([2, 3]).toContain(refused.code);
      expect(dvrscope(['extract', sample('snapshot'), '-o', out, '--force']).code).toBe(0);
      expect(lstatSync(join(out, name)).isSymbolicLink()).toBe(false);
      expect(readFileSync(target, 'utf8')).toBe('mine');
    }
  });

  it('writes nothing through a link that leads nowhere yet', () => {
    const out = folder('dangling');
    const nowhere = join(scratch, 'made-by-accident');
    symlinkSync(nowhere, join(out, 'manifest.json'));
    expect(dvrscope(['extract', sample('snapshot'), '-o', out, '--force']).code).toBe(0);
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe('reports of check', () => {
  it('are not written over a symbolic link, a directory or a device', () => {
    const target = write('kept.json', 'mine');
    const link = join(scratch, 'report.json');
    symlinkSync(target, link);
    for (const path of [link, folder('directory.json'), '/dev/full']) {
      const { code, stderr } = dvrscope(['check', sample('discovery'), '--format', 'json', '-o', path]);
      expect(code, path).not.toBe(0);
      expect(stderr).toContain('dvrscope: ');
    }
    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });
});

describe('what people configure', () => {
  const configured = (text: string) =>
    dvrscope(['check', sample('discovery'), '--config', write('config.json', text)]);

  it.each([
    ['at the top', '{ "__proto__": { "ports": [1] } }'],
    ['among rules', '{ "rules": { "__proto__": "off" } }'],
    ['inside of a waiver', '{ "waivers": [{ "__proto__": { "rule": "body/*" } }] }'],
    ['constructor', '{ "constructor": { "prototype": { "ports": [1] } } }'],
  ])('has no key of JavaScript itself: %s', (_, text) => {
    const { code, stdout, stderr } = configured(text);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/config\.json:1:\d+/);
    expect(code).toBe(2);
  });

  it.each([
    ['a tag that runs code elsewhere', '- !!js/function "function () {}"'],
    ['a tag of Python', '- !!python/object/apply:os.system ["touch /tmp/owned"]'],
    ['a local tag', '- !include /etc/passwd'],
    ['binary', '- !!binary "AAAA"'],
    ['merging __proto__', '<<: { __proto__: { a: 1 } }'],
    ['__proto__', '__proto__: { expect: [] }'],
    ['aliases that multiply', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]'],
    ['two documents', '[]\n---\n[]'],
  ])('has no YAML but plain values: %s', (_, text) => {
    const path = write('expected.yaml', `${text}\n`);
    const { code, stdout, stderr } = dvrscope(['check', sample('discovery'), '--expect', path]);
    expect(stdout).toBe('');
    expect(stderr).toContain('expected.yaml:');
    expect(code).toBe(2);
    expect(existsSync('/tmp/owned')).toBe(false);
  });
});
