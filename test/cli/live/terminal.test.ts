import { expect, it } from 'vitest';
import { isMissing, sample, shell } from '../dvrscope.ts';

const MONITOR = sample('monitor-two-sockets');
/** What a terminal is told to show another screen than that of the shell. */
const ALTERNATE_SCREEN = '\x1b[?1049h';

/** On a terminal of script(1), whose standard input is a pipe, and whose keys nobody presses. */
function terminal(options: string): string {
  const command = `(cat ${MONITOR}; sleep 1) | timeout --foreground -s INT -k 5 5 $DVRSCOPE live -i - ${options}`;
  return shell('script -qec "$1" /dev/null < /dev/null', command).stdout;
}

it.skipIf(isMissing('script'))(
  'live opens the dashboard on a terminal, and prints lines where these are asked for',
  () => {
    expect(terminal('')).toContain(ALTERNATE_SCREEN);
    for (const options of ['--lines', "-Y 'dvrip.msgid == 1000'", '-w none']) {
      const printed = terminal(options);
      expect(printed).not.toContain(ALTERNATE_SCREEN);
      expect(printed).toContain('LOGIN_REQ');
    }
  },
);
