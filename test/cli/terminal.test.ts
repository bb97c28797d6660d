import { describe, expect, it } from 'vitest';
import { dvrscope, isMissing, sample, shell } from './dvrscope.ts';

const MONITOR = sample('monitor-two-sockets');
const ESCAPE = '\x1b[';

describe('colour', () => {
  it('is not written into a pipe, unless FORCE_COLOR asks for it', () => {
    expect(dvrscope([MONITOR]).stdout).not.toContain(ESCAPE);
    expect(dvrscope([MONITOR], { env: { FORCE_COLOR: '1' } }).stdout).toContain(ESCAPE);
  });

  it('NO_COLOR, TERM=dumb and --no-color forbid it', () => {
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect(dvrscope([MONITOR], { env: { FORCE_COLOR: '1', ...env } }).stdout).not.toContain(ESCAPE);
    }
    expect(dvrscope([MONITOR, '--no-color'], { env: { FORCE_COLOR: '1' } }).stdout).not.toContain(ESCAPE);
  });

  it('does not change the text', () => {
    const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    for (const args of [
      [sample('loss-and-reordering')],
      ['flows', MONITOR],
      ['messages', MONITOR],
      ['show', MONITOR, '2'],
    ]) {
      const coloured = dvrscope(args, { env: { FORCE_COLOR: '1' } }).stdout;
      expect(coloured.replace(codes, '')).toBe(dvrscope(args).stdout);
    }
  });

  it('never comes into JSON', () => {
    for (const command of ['summary', 'flows', 'messages']) {
      expect(dvrscope([command, '--json', MONITOR], { env: { FORCE_COLOR: '1' } }).stdout).not.toContain(
        ESCAPE,
      );
    }
  });
});

// script(1) gives the command a terminal.
describe.skipIf(isMissing('script'))('on a terminal (needs script)', () => {
  const slow = (command: string) =>
    `(head -c 100000 ${MONITOR}; sleep 1; tail -c +100001 ${MONITOR}) | $DVRSCOPE ${command}`;
  const terminal = (command: string) => shell('script -qec "$1" /dev/null', command).stdout;

  it('there is colour', () => {
    expect(terminal(`$DVRSCOPE summary ${MONITOR}`)).toContain(ESCAPE);
    expect(terminal(`NO_COLOR=1 $DVRSCOPE summary ${MONITOR}`)).not.toContain(ESCAPE);
  });

  it('a file that takes long shows progress, which is gone at the end', () => {
    for (const command of ['summary - > /dev/null', 'summary - --no-color', 'messages - --no-color']) {
      const seen = terminal(slow(command));
      expect(seen).toContain(`kB${ESCAPE}K\r${ESCAPE}K`);
      expect(seen.lastIndexOf(`\r${ESCAPE}K`)).toBeGreaterThan(seen.lastIndexOf('reading:'));
    }
  });

  it('-q shows none, nor does a pipe for standard error', () => {
    expect(terminal(slow('summary -q - > /dev/null'))).toBe('');
    expect(shell(slow('summary - > /dev/null')).stderr).toBe('');
  });
});
