import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { dvrscope, sample, scratchDirectory } from '../dvrscope.ts';

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

it.each([
  [{ flows: { flow: 1 } }, /flow/],
  [{ flows: { flows: 0 } }, /flows/],
  [{ flows: { flows: 1e12 } }, /flows/],
  [{ conversations: { framing: 5 } }, /framing/],
  [{ extract: { files: 1.5 } }, /files/],
])('%j is refused with its place', (limits, words) => {
  const { code, stderr, stdout } = dvrscope(['summary', sample('login-refused')], {
    cwd: folderWith(limits),
  });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/dvrscope\.config\.json:\d+:\d+: /);
  expect(stderr).toMatch(words);
});
