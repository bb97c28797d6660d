import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/check/targets.ts';
import { checkSchema } from '../../src/report/check/check-schema.ts';
import { checkCaptures, RULE } from './check-runs.ts';
import { dvrscope, lines } from './dvrscope.ts';

const { write, clean, silent, cut } = checkCaptures();
const directory = dirname(write('placeholder', ''));
const path = (name: string) => join(directory, name);

function read(name: string): string {
  return readFileSync(path(name), 'utf8');
}

describe('reports', () => {
  it('go to several files at once, each in the format of its ending, and the text to standard output', () => {
    const files = ['a.txt', 'a.json', 'a.xml', 'a.sarif', 'a.md'];
    const { code, stdout, stderr } = dvrscope([
      'check',
      silent,
      ...files.flatMap((file) => ['-o', path(file)]),
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(read('a.txt')).toBe(stdout);
    expect(checkSchema.parse(JSON.parse(read('a.json'))).verdict).toBe('fail');
    expect(read('a.xml')).toMatch(/^<\?xml .*<testsuites.*<\/testsuites>\n$/s);
    expect(JSON.parse(read('a.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(read('a.md')).toContain(RULE);
  });

  it('take the formats in turn, whatever the ending; the last, without a file, is printed', () => {
    const { stdout } = dvrscope([
      'check',
      silent,
      ...['--format', 'json', '--format', 'markdown', '--format', 'junit'],
      ...['-o', path('one.txt'), '-o', path('two.json')],
    ]);
    expect(checkSchema.parse(JSON.parse(read('one.txt'))).findings.length).toBeGreaterThan(0);
    expect(read('two.json')).toMatch(/^#/);
    expect(stdout).toMatch(/^<\?xml /);
  });

  it('are the same in a file as on standard output, without colours', () => {
    for (const format of FORMATS) {
      const printed = dvrscope(['check', silent, '--format', format, '--no-color']).stdout;
      const env = { FORCE_COLOR: '1' };
      expect(dvrscope(['check', silent, '--format', format, '-o', path('same')], { env }).code).toBe(1);
      expect(read('same')).toBe(printed);
    }
  });

  it('are written of what could be read of a damaged capture', () => {
    expect(dvrscope(['check', cut, '-o', path('cut.json')]).code).toBe(3);
    expect(checkSchema.parse(JSON.parse(read('cut.json'))).quality.lacks).toContain('damaged-file');
  });

  it('with --verbose list the ids seen and the rules that were not observed', () => {
    const { stdout } = dvrscope(['check', clean, '--verbose']);
    expect(stdout).toContain('1006 KEEPALIVE_REQ × 2');
    expect(stdout).toMatch(/not observed {2}\S+\/\S+/);
    expect(dvrscope(['check', clean]).stdout).not.toMatch(/not observed {2}\S+\/\S+/);
  });

  it('replace what was there before, and leave nothing else behind', () => {
    mkdirSync(path('tidy'));
    write('tidy/report.json', 'x'.repeat(100_000));
    dvrscope(['check', silent, '-o', path('tidy/report.json')]);
    expect(checkSchema.parse(JSON.parse(read('tidy/report.json'))).verdict).toBe('fail');
    expect(readdirSync(path('tidy'))).toEqual(['report.json']);
  });
});

describe('a file that cannot or should not be written', () => {
  const target = write('target.txt', 'precious');
  symlinkSync(target, path('link.txt'));
  write('mine.json', '{}');
  mkdirSync(path('directory.txt'));

  it.each([
    ['a symbolic link', 'link.txt', 'it is a symbolic link', 3],
    ['a directory', 'directory.txt', 'it is a directory', 3],
    ['a path that leads nowhere', 'nowhere/report.txt', 'cannot be written (ENOENT)', 3],
    ['a path through a file', 'target.txt/report.txt', 'cannot be written (ENOTDIR)', 3],
    ['a capture that is read', 'silent.pcapng', 'is read by this run', 2],
    ['a name whose ending says nothing', 'report', 'its ending is none of .txt, .json', 2],
  ])('%s is refused before anything is read', (_, name, words, expected) => {
    const format = name.endsWith('.pcapng') ? ['--format', 'text'] : [];
    const { code, stdout, stderr } = dvrscope(['check', silent, ...format, '-o', path(name)]);
    expect(stdout).toBe('');
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toContain(words);
    expect(code).toBe(expected);
    expect(read('target.txt')).toBe('precious');
    expect(lstatSync(path('link.txt')).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('a device is not replaced by a file', () => {
    const { code, stderr } = dvrscope(['check', clean, '--format', 'text', '-o', '/dev/null']);
    expect(stderr).toContain('/dev/null: cannot be written: it is no file');
    expect(code).toBe(3);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.each([
    ['twice the same', ['-o', 'x.txt', '-o', 'x.txt'], '-o x.txt is given twice'],
    ['twice the same by other names', ['-o', 'x.txt', '-o', './x.txt'], '-o ./x.txt is given twice'],
    [
      'a report and the baseline in one file',
      ['-o', 'x.json', '--write-baseline', './x.json'],
      'x.json is named for a report and for the baseline',
    ],
    [
      'the configuration as a report',
      ['-o', 'mine.json', '--config', 'mine.json'],
      'mine.json is read by this run',
    ],
    ['standard output by a dash', ['--format', 'json', '-o', '-'], 'leave -o out for it'],
    ['nothing', ['-o', ''], 'the name of an output file is empty'],
    ['two formats for standard output', ['--format', 'json', '--format', 'junit'], 'takes one format'],
    [
      'a format that does not exist',
      ['--format', 'html'],
      'Allowed choices are text, json, junit, sarif, markdown',
    ],
  ])('%s is refused', (_, args, words) => {
    const format = args[1] === '' ? ['--format', 'text'] : [];
    const { code, stderr } = dvrscope(['check', clean, ...format, ...args], { cwd: directory });
    expect(stderr).toContain(words);
    expect(code).toBe(2);
    expect(existsSync(path('x.txt'))).toBe(false);
  });
});
