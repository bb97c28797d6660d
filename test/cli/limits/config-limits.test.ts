import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { dvrscope, lines, sample, scratchDirectory } from '../dvrscope.ts';

const write = scratchDirectory();

function folderWith(limits: unknown): string {
  const path = write('dvrscope.config.json', JSON.stringify({ limits }));
  return dirname(path);
}

it('every command that reads captures keeps to the limits of the configuration in its folder, and says when they are reached', () => {
  const cwd = folderWith({ flows: { flows: 1 } });
  const file = sample('monitor-two-sockets');
  const { stdout, code } = dvrscope(['summary', file, '--json'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ quality: { limits: [{ limit: 'flows' }] } });
  expect(JSON.parse(dvrscope(['summary', file, '--json']).stdout)).toMatchObject({ quality: { limits: [] } });
  const checked = dvrscope(['check', file, '--format', 'json', '--fail-on', 'never'], { cwd }).stdout;
  expect(JSON.parse(checked)).toMatchObject({ quality: { limits: [{ limit: 'flows' }] } });
});

it('extraction keeps to its own', () => {
  const cwd = folderWith({ extract: { files: 1 } });
  const out = join(cwd, 'out');
  mkdirSync(out);
  const { code } = dvrscope(['extract', sample('two-clients'), '-o', out], { cwd });
  expect(code).toBe(0);
  expect(readdirSync(out)).toHaveLength(2);
});

it('capture files are read within theirs, by summary as by doctor', () => {
  const cwd = folderWith({ capture: { standardRecordBytes: 64, largeRecordBytes: 64 } });
  const { stdout, stderr, code } = dvrscope(['summary', sample('two-clients'), '--json'], { cwd });
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ files: [{ error: { code: 'corrupt' } }] });
  expect(stderr).toContain('expected at most 64');
  expect(dvrscope(['doctor', sample('two-clients')], { cwd }).code).toBe(3);
});

it('filters keep to theirs: of messages, of expectations, of live', () => {
  const cwd = folderWith({ filter: { expressionUnits: 10 } });
  const refused = /longer than 10 characters/;
  const file = sample('login-refused');
  const messages = dvrscope(['messages', file, '-Y', 'dvrip.ret == 100'], { cwd });
  expect([messages.code, messages.stdout]).toEqual([2, '']);
  expect(messages.stderr).toMatch(refused);
  const expectations = write('expect.yaml', '- filter: dvrip.ret == 100\n  min: 1\n');
  expect(dvrscope(['check', file, '--expect', expectations], { cwd }).stderr).toMatch(refused);
  const input = readFileSync(file);
  const live = dvrscope(['live', '-i', '-', '--lines', '-w', 'none', '-Y', 'dvrip.ret == 100'], {
    cwd,
    input,
  });
  expect([live.code, live.stdout]).toEqual([2, '']);
  expect(live.stderr).toMatch(refused);
});

it('reports keep to theirs, of the configuration in the folder as of the one that is named', () => {
  const cwd = folderWith({ report: { idsNamed: 2 } });
  const args = ['check', sample('monitor-two-sockets'), '--fail-on', 'never', '--verbose', '--no-color'];
  const seen = (text: string) =>
    /^ {2}Seen .*?(?=^ {0,2}\S|^$)/ms.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? '';
  const few = dvrscope(args, { cwd }).stdout;
  expect(seen(few)).toMatch(/^ Seen \d+ \w+ × \d+, \d+ \w+ × \d+, and \d+ more $/);
  expect(seen(dvrscope(args).stdout)).not.toContain('more');
  expect(dvrscope([...args, '--config', join(cwd, 'dvrscope.config.json')]).stdout).toBe(few);
});

it('live keeps to them, and they win over what its memory allows', () => {
  const cwd = folderWith({ flows: { flows: 1 }, capture: { largeRecordBytes: 1_000_000 } });
  const input = readFileSync(sample('monitor-two-sockets'));
  const args = ['live', '-i', '-', '--json', '-w', 'none'];
  const last = (stdout: string): unknown =>
    lines(stdout)
      .map((line): unknown => JSON.parse(line))
      .findLast((record) => Object(record).schema === 'dvrscope.statistics/1');
  expect(last(dvrscope(args, { cwd, input }).stdout)).toMatchObject({
    evicted: { byLimit: [{ limit: 'flows' }] },
  });
  expect(last(dvrscope(args, { input }).stdout)).toMatchObject({ evicted: { total: 0 } });
});

it('live takes those of what it reads', () => {
  const cwd = folderWith({ capture: { standardRecordBytes: 64, largeRecordBytes: 64 } });
  const input = readFileSync(sample('two-clients'));
  const { code, stderr } = dvrscope(['live', '-i', '-', '--lines', '-w', 'none'], { cwd, input });
  expect(code).toBe(3);
  expect(stderr).toContain('expected at most 64');
});

it.each([
  [{ flows: { flow: 1 } }, /flow/],
  [{ flows: { flows: 0 } }, /flows/],
  [{ flows: { flows: 1e12 } }, /flows/],
  [{ conversations: { framing: 5 } }, /framing/],
  [{ extract: { files: 1.5 } }, /files/],
  [{ dashboard: { lists: 1 } }, /limits\.dashboard\.lists: too small: expected number to be >=3/],
  [{ dashboard: { keyFrame: 1 } }, /'keyFrame' is not known; did you mean 'keyFrames'/],
  [{ conversations: { bitRatePoints: 7 } }, /limits\.conversations\.bitRatePoints: .*multiple of 2/],
  [{ capture: { CHUNK_BYTES: 1 } }, /'CHUNK_BYTES' is not known/],
])('%j is refused with its place', (limits, words) => {
  const { code, stderr, stdout } = dvrscope(['summary', sample('login-refused')], {
    cwd: folderWith(limits),
  });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/dvrscope\.config\.json:\d+:\d+: /);
  expect(stderr).toMatch(words);
});
