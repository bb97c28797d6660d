import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DVRSCOPE, Tmux, withoutTmux } from '../../dashboard/screen-tmux.ts';
import { sample } from '../dvrscope.ts';

const CAPTURE = sample('monitor-two-sockets');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-limits-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function inFolder(limits: unknown, see: (screen: Tmux) => Promise<void>): Promise<void> {
  writeFileSync(join(folder, 'dvrscope.config.json'), JSON.stringify({ limits }));
  const screen = new Tmux(140, 40);
  try {
    screen.run(`cd '${folder}'`);
    await see(screen);
  } finally {
    screen.close();
  }
}

describe.skipIf(withoutTmux)('the dashboard (needs tmux)', () => {
  it.each([
    ['on a file', `${DVRSCOPE} ${CAPTURE}`],
    ['on live traffic', `cat ${CAPTURE} | ${DVRSCOPE} live -i -`],
  ])('%s keeps to the limits of the configuration in its folder', async (_, command) => {
    await inFolder({ dashboard: { hexBytes: 16 } }, async (screen) => {
      screen.run(command);
      await screen.sees('logged-out');
      screen.press('Enter');
      await screen.sees('LOGIN_RSP');
      screen.press('Down', 'Enter');
      await screen.sees('Message 2', 'Body, its first 16 bytes');
    });
  });

  it('refuses a configuration that is wrong, and leaves the terminal as it was', async () => {
    await inFolder({ dashboard: { hexBytes: 0 } }, async (screen) => {
      screen.run(`${DVRSCOPE} ${CAPTURE}; echo EXIT $?`);
      await screen.sees('limits.dashboard.hexBytes: too small: expected number to be >=1', 'EXIT 2');
      expect(screen.state()).toBe('0 1 0');
    });
  });
});
