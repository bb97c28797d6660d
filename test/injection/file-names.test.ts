import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dvrscope, scratchDirectory } from '../cli/dvrscope.ts';
import { hostileCapture } from './hostile-capture.ts';
import { json, ndjson, type Reader, sarif, text } from './readers.ts';

const write = scratchDirectory();
const folder = mkdtempSync(join(tmpdir(), 'dvrscope-names-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All that can stand in a name but / and NUL. */
const NAME = '-=x\x1b[31m\u202e\u009b<b>&"\'`|]]>%2e#?$(id){red-fg}\n::error::';
const capture = hostileCapture();

/** What reads captures, with the options that it needs. */
const READERS = ['summary', 'flows', 'sessions', 'messages', 'show', 'follow --flow 1', 'check', 'doctor'];

/** Files that are no capture, or not to their end. */
const BROKEN = {
  'no capture': write(`none${NAME}`, 'no capture'),
  empty: write(`empty${NAME}`, ''),
  cut: write(`cut${NAME}`, capture.subarray(0, -10)),
  damaged: write(`damaged${NAME}`, Buffer.concat([capture.subarray(0, 2000), Buffer.alloc(4000, 0x5a)])),
  missing: `/nowhere/${NAME}`,
  'a directory': directory(`directory${NAME}`),
};

function directory(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

describe('the error about a file with a hostile name', () => {
  it.each(READERS)('stays text: %s', (line) => {
    const [command = '', ...options] = line.split(' ');
    const number = command === 'show' ? ['1'] : [];
    for (const path of Object.values(BROKEN)) {
      const { stdout, stderr } = dvrscope([command, ...options, path, ...number]);
      text(stderr);
      text(stdout);
      expect(stdout + stderr).not.toBe('');
    }
  });

  it.each([
    ['summary --json', json],
    ['check --fail-on never --format json', json],
    ['check --fail-on never --format sarif', sarif],
    ['messages --json', ndjson],
  ] as const)('stays text in a record: %s', (line, reader: Reader) => {
    const [command = '', ...options] = line.split(' ');
    for (const path of [BROKEN.cut, BROKEN.damaged]) {
      const { stdout, stderr, code } = dvrscope([command, ...options, path]);
      text(stderr);
      reader(stdout);
      expect(code).toBe(3);
    }
  });
});

describe('an output with a hostile name', () => {
  const good = write('good.pcapng', capture);

  it('is written there and nowhere else, and told of as text', () => {
    const before = readdirSync(folder).length;
    const { stdout, stderr, code } = dvrscope(['extract', good, '-o', join(folder, `out${NAME}`)]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    text(stdout);
    expect(readdirSync(folder)).toHaveLength(before + 1);
    expect(readdirSync(join(folder, `out${NAME}`))).toContain('manifest.json');
  });

  it.each([
    ['a file for a folder', 'extract', ['-o', BROKEN.cut]],
    ['a folder with something in it', 'extract', ['-o', directoryWithFile()]],
    ['a folder for a report', 'check', ['--format', 'json', '-o', directory(`report${NAME}`)]],
    ['a report without an ending', 'check', ['-o', join(folder, `none${NAME}`)]],
    ['a folder for a baseline', 'check', ['--write-baseline', directory(`baseline${NAME}`)]],
    ['no configuration', 'check', ['--config', BROKEN['no capture']]],
    ['no baseline', 'check', ['--baseline', BROKEN['no capture']]],
    ['no expectations', 'check', ['--expect', BROKEN['no capture']]],
    ['no list of messages', 'check', ['--require-coverage', BROKEN['no capture']]],
    ['a file for the schemas', 'schema', ['-o', BROKEN.cut]],
  ])('that cannot be used is told of as text: %s', (_, command, options) => {
    const files = command === 'schema' ? [] : [good];
    const { stderr, code } = dvrscope([command, ...files, ...options]);
    expect(stderr).toMatch(/^dvrscope: /);
    text(stderr);
    expect([2, 3]).toContain(code);
  });

  it('of a ring of files is told of as text', () => {
    for (const path of [BROKEN['no capture'], join(folder, `no-such-folder${NAME}`, 'x'), BROKEN.missing]) {
      const { stdout, stderr } = dvrscope(['live', '-i', '-', '--lines', '-w', path], { input: capture });
      text(stdout);
      text(stderr);
    }
  });
});

/** A folder in which something lies that must not be written over. */
function directoryWithFile(): string {
  const path = directory(`full${NAME}`);
  writeFileSync(join(path, 'manifest.json'), '{}');
  return path;
}
