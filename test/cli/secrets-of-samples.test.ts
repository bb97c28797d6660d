import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/check/targets.ts';
import type { SaveRequest } from '../../src/dashboard/model/contract.ts';
import { allRows, loadedModel } from '../dashboard/model-harness.ts';
import { sofiaHash } from '../support/simulator/password.ts';
import { dvrscope, lines, samples } from './dvrscope.ts';
import { messageRecords } from './records.ts';

/** Every password of the simulator's scenarios, as a device and as a client would send it. */
const PASSWORDS = ['', 'admin', '12345', 'goodPassword'];
const SECRETS = [...PASSWORDS.map(sofiaHash), 'goodPassword'];

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The secrets in a text; also as hex, in a dump or in a row. */
function leaked(output: string): string[] {
  const hex = output
    .replace(/^ {2}[0-9a-f]{6} {2}(.{49}).*\n/gm, '$1')
    .replace(/[\s:]+/g, '')
    .toLowerCase();
  return SECRETS.filter(
    (secret) => output.includes(secret) || hex.includes(Buffer.from(secret).toString('hex')),
  );
}

const SAMPLES = samples().map((path) => [basename(dirname(path)), path] as const);

/** One message of each kind whose body holds a secret, with its capture. */
function tellingMessages(): { readonly path: string; readonly number: number; readonly flow: number }[] {
  const byKind = new Map<string, { path: string; number: number; flow: number }>();
  for (const path of samples()) {
    for (const { id, from, number, flow, body } of messageRecords([path, '--body', '--show-secrets'])
      .records) {
      if (leaked(JSON.stringify(body ?? '')).length > 0) byKind.set(`${id} ${from}`, { path, number, flow });
    }
  }
  return [...byKind.values()];
}

it('the samples hold each of the secrets that are looked for', () => {
  const { stdout } = dvrscope(['messages', '--json', '--body', '--show-secrets', ...samples()]);
  expect(leaked(stdout)).toEqual(
    SECRETS.filter((secret) => !['goodPassword', sofiaHash('goodPassword')].includes(secret)),
  );
});

describe('no output of all samples shows a password:', () => {
  it.each([
    ['summary'],
    ['sessions'],
    ['sessions --json'],
    ['sessions --ladder 1'],
    ['sessions --ladder 1 --svg'],
    ['messages --body'],
    ...FORMATS.map((format) => [`check --fail-on never --verbose --dialect spec --format ${format}`]),
  ])('%s', (command) => {
    const { stdout, stderr, code } = dvrscope([...command.split(' '), ...samples()]);
    expect({ stderr, code, leaked: leaked(stdout) }).toEqual({ stderr: '', code: 0, leaked: [] });
    expect(stdout.length).toBeGreaterThan(500);
  });

  it.each(['--lines', '--json'])('live, %s', (format) => {
    for (const { path } of tellingMessages()) {
      const { stdout, stderr } = dvrscope(['live', '-i', '-', '--body', format], {
        input: readFileSync(path),
      });
      expect(stdout).toContain('‹redacted›');
      expect(leaked(stdout + stderr)).toEqual([]);
    }
  });

  it('show and follow, of each kind of message that holds one', () => {
    const telling = tellingMessages();
    expect(telling.length).toBeGreaterThan(2);
    for (const { path, number, flow } of telling) {
      for (const command of [
        ['show', path, String(number)],
        ['follow', path, '--flow', String(flow)],
      ]) {
        const { stdout } = dvrscope(command);
        expect(stdout).toContain('‹redacted›');
        expect(leaked(stdout)).toEqual([]);
      }
    }
  });

  it('the manifest of extract', () => {
    const out = join(folder, 'extracted');
    expect(dvrscope(['extract', ...samples(), '-o', out]).code).toBe(0);
    const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
    expect(manifest).toContain('sha256');
    expect(leaked(manifest)).toEqual([]);
  });

  it.each(SAMPLES)('what the dashboard saves of %s', async (name, path) => {
    const model = await loadedModel(path);
    const save = async (format: SaveRequest['format'], what: SaveRequest['what']): Promise<string> => {
      const target = join(folder, `${name}.${format}`);
      expect(await model.save({ what, format, path: target, force: true })).toMatchObject({ kind: 'done' });
      return readFileSync(target, 'utf8');
    };
    for (const format of ['ndjson', 'text'] as const) {
      const text = await save(format, { what: 'all' });
      expect(lines(text).length).toBeGreaterThan(0);
      expect(leaked(text)).toEqual([]);
    }
    const [session] = await allRows(model, 'sessions');
    if (session !== undefined) {
      expect(leaked(await save('svg', { what: 'sessions', numbers: [session.number] }))).toEqual([]);
    }
  });
});
