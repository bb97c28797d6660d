import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isMissing, sample, shell } from '../dvrscope.ts';

const MONITOR = sample('monitor-two-sockets');
/** What a terminal is told to show another screen than that of the shell. */
const ALTERNATE_SCREEN = '\x1b[?1049h';

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-terminal-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** On a terminal of script(1), whose standard input is a pipe, and whose keys nobody presses. */
function terminal(options: string): string {
  const command = `(cat ${MONITOR}; sleep 1) | timeout --foreground -s INT -k 5 5 $DVRSCOPE live -i - ${options}`;
  return shell('script -qec "$1" /dev/null < /dev/null', command).stdout;
}

describe.skipIf(isMissing('script'))('live on a terminal', () => {
  it('opens the dashboard, with its ring, filter, end and ceiling', () => {
    const ring = join(folder, 'ring');
    const options = `-Y 'dvrip.msgid == 1412' -w ${ring}/ -b packets:100 -a duration:60 -c 250 --max-memory 300`;
    for (const given of ['', '-w none', options]) expect(terminal(given)).toContain(ALTERNATE_SCREEN);
    expect(readdirSync(ring)).toHaveLength(3);
  });

  it.each(['--lines', '-q', '-l', '--body', '--json'])('prints with %s', (option) => {
    const printed = terminal(option);
    expect(printed).not.toContain(ALTERNATE_SCREEN);
    expect(printed).toContain(option === '-q' ? '181 messages' : 'LOGIN_REQ');
  });

  it.each([
    ['--max-memory 160', 'the dashboard takes 208 at least; --lines does with less'],
    ["-Y 'dvrip.'", 'filter'],
    ['-w none -b packets:10', '-b has nothing to rotate'],
    ['-w none -a files:3', 'have nothing to count with -w none'],
    [`-w ${MONITOR}/sub/`, 'cannot be written to (ENOTDIR)'],
  ])('says what is wrong with %s before it opens', (options, words) => {
    const printed = terminal(options);
    expect(printed).not.toContain(ALTERNATE_SCREEN);
    expect(printed).toContain(words);
  });
});
