import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { generatedFiles } from '../../src/cli/generated-files.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { isMissing } from '../cli/dvrscope.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

it.each(generatedFiles(version).map(({ path, text }) => [path, text]))(
  '%s is what `npm run docs` writes',
  (path, text) => {
    // Compared without their contents in the message: these files are long.
    expect(read(path) === text, `${path} is not current: npm run docs`).toBe(true);
  },
);

it('the manual page tells of every command and every option', () => {
  const page = read('man/dvrscope.1').replaceAll('\\-', '-');
  for (const { name, options } of commandTable(buildProgram(version)).commands) {
    expect(page).toContain(`\n.SS ${name}\n`);
    for (const { long, short } of options) {
      expect(page).toContain(`\\fB${long}\\fR`);
      if (short !== undefined) expect(page).toContain(`\\fB${short}\\fR`);
    }
  }
});

it.skipIf(isMissing('man'))('man formats the manual page without a warning', () => {
  const path = fileURLToPath(new URL('man/dvrscope.1', ROOT));
  const { status, stdout, stderr } = spawnSync('man', ['--warnings', '-l', path], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '100', MANPAGER: 'cat', PAGER: 'cat' },
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout.replaceAll(/.[\b]/g, '')).toContain("dvrscope messages field.pcapng -Y 'dvrip.ret != 100'");
});
