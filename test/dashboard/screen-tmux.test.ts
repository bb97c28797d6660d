import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../cli/dvrscope.ts';
import { DVRSCOPE, Tmux, withoutTmux } from './screen-tmux.ts';

const CAPTURE = sample('monitor-two-sockets');

let tmux: Tmux | undefined;
let folder = '';

function terminal(columns = 100, rows = 30, environment: Readonly<Record<string, string>> = {}): Tmux {
  tmux = new Tmux(columns, rows, environment);
  return tmux;
}

/** Says what the terminal is like: the settings that a program in raw mode changes, and the last exit code. */
const ASK = "echo EXIT $? $(stty -a | grep -oE -- '-?(icanon|echo|isig)\\b' | tr '\\n' ' ')DONE";

async function isAsBefore(screen: Tmux, code: number): Promise<void> {
  await screen.isFree();
  screen.run(ASK);
  await screen.sees(`EXIT ${code} isig icanon echo DONE`);
  expect(screen.state()).toBe('0 1 0');
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-test-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(() => {
  tmux?.close();
  tmux = undefined;
});

describe.skipIf(withoutTmux)('in a real terminal', () => {
  it('opens on a file, is used, and leaves the terminal as it was', async () => {
    const screen = terminal();
    screen.run(`${DVRSCOPE} ${CAPTURE}`);
    await screen.sees('dvrscope  capture.pcapng', 'logged-out', '192.0.2.20:50124', 'dropped 0');
    expect(screen.state()).toBe('1 0 1');
    screen.press('Enter');
    await screen.sees('── LOGIN_REQ ─', '◀─ LOGIN_RSP 100 OK');
    screen.press('Down', 'Enter');
    await screen.sees('Message 2', '1001 LOGIN_RSP');
    // Together they look like Alt-5.
    screen.press('Escape', '5');
    await screen.sees('h264', /[\u2801-\u28ff]{10}/);
    screen.press('q');
    await isAsBefore(screen, 0);
  });

  it('takes the capture through a pipe, and keys from the terminal', async () => {
    const screen = terminal();
    screen.run(`cat ${CAPTURE} | ${DVRSCOPE} -`);
    await screen.sees('standard input', 'logged-out');
    screen.press('4');
    await screen.sees('MONITOR_CLAIM', '1 of 21');
    screen.press('q');
    await isAsBefore(screen, 0);
  });

  it.each([
    ['TERM', 143],
    ['INT', 130],
    ['HUP', 129],
  ])('SIG%s leaves the terminal as it was, exit code %i', async (signal, code) => {
    const screen = terminal();
    // The shell that waits for the dashboard has the number of its process.
    screen.run(`sh -c 'echo $$ > ${join(folder, 'pid')}; exec ${DVRSCOPE.replaceAll("'", '')} ${CAPTURE}'`);
    await screen.sees('logged-out');
    const other = new Tmux(80, 24);
    other.run(`kill -${signal} $(cat ${join(folder, 'pid')})`);
    try {
      await isAsBefore(screen, code);
    } finally {
      other.close();
    }
  });

  it('so does a crash, which is told afterwards', async () => {
    const crash = join(folder, 'crash.mjs');
    writeFileSync(crash, "setTimeout(() => { throw new Error('made to crash'); }, 1500);");
    const screen = terminal(100, 30, { NODE_OPTIONS: `--import=file://${crash}` });
    screen.run(`${DVRSCOPE} ${CAPTURE}`);
    await screen.sees('Error: made to crash');
    await isAsBefore(screen, 1);
  });

  it('Ctrl-Z goes to the shell, and fg comes back', async () => {
    const screen = terminal();
    screen.run(`${DVRSCOPE} ${CAPTURE}`);
    await screen.sees('logged-out');
    screen.press('C-z');
    await screen.sees('Stopped');
    expect(screen.state()).toBe('0 1 0');
    screen.run('fg');
    await screen.sees('logged-out', 'dropped 0');
    screen.press('4');
    await screen.sees('1 of 21');
    screen.press('q');
    await isAsBefore(screen, 0);
  });

  it('while packets come in: reading waits and goes on, is forgotten, is followed, and stops', async () => {
    const screen = terminal();
    const fifo = join(folder, 'fifo');
    // A shell waits for all of a pipeline, but not for what it runs in the background.
    screen.run(`mkfifo ${fifo}; (head -c 100000 ${CAPTURE}; sleep 60) > ${fifo} & ${DVRSCOPE} - < ${fifo}`);
    await screen.sees('reading 100 kB', 'logged-in', 'Esc Stop');
    screen.press('4');
    await screen.sees('MONITOR_CLAIM');
    screen.press('A');
    await screen.sees('following', 'MONITOR_DATA');
    screen.press('p');
    await screen.sees('paused 100 kB');
    screen.press('p');
    await screen.sees('reading 100 kB');
    screen.press('F5');
    await screen.sees('0 of 0', 'No DVRIP messages so far.');
    screen.press('1');
    await screen.sees('logged-in');
    screen.press('Escape');
    await screen.sees('stopped after 100 kB');
    screen.press('p');
    await screen.sees('everything has been read');
    screen.press('q');
    await isAsBefore(screen, 0);
  });

  it('follows a change of size', async () => {
    const screen = terminal(140, 40);
    screen.run(`${DVRSCOPE} ${CAPTURE}`);
    await screen.sees('Bit rate');
    screen.resize(80, 24);
    screen.press('4');
    await screen.sees('1 of 21', 'Remark', /178 .* MONITOR_REQ/);
    screen.resize(150, 30);
    await screen.sees('Session id');
  });

  it('has no colours with NO_COLOR, and colours without', async () => {
    for (const [environment, expected] of [
      [{ NO_COLOR: '1' }, false],
      [{}, true],
    ] as const) {
      const screen = terminal(100, 30, environment);
      screen.run(`${DVRSCOPE} ${CAPTURE}`);
      await screen.sees('logged-out');
      const colours = [...screen.dressed().matchAll(COLOURS)].flatMap(([, list = '']) =>
        list.split(';').map(Number),
      );
      expect(colours.some((value) => value >= 30 && value !== 39 && value !== 49)).toBe(expected);
      screen.close();
    }
  });

  it('keys of the configuration are in force', async () => {
    writeFileSync(join(folder, 'dvrscope.config.json'), '{ "keys": { "show-flows": ["f"] } }');
    const screen = terminal();
    screen.run(`cd ${folder}; ${DVRSCOPE} ${CAPTURE}`);
    await screen.sees('logged-out', 'f Flows');
    screen.press('f');
    await screen.sees('Received');
  });

  it('a configuration that is wrong is told, and there is no dashboard', async () => {
    writeFileSync(join(folder, 'dvrscope.config.json'), '{ "keys": { "show-flow": ["f"] } }');
    const screen = terminal();
    screen.run(`cd ${folder}; ${DVRSCOPE} ${CAPTURE}`);
    await screen.sees('dvrscope.config.json:1:');
    await isAsBefore(screen, 2);
  });

  it('says what could not be read, when it is left, with exit code 3', async () => {
    const screen = terminal();
    screen.run(
      `head -c 60000 ${CAPTURE} > ${join(folder, 'cut.pcapng')}; ${DVRSCOPE} ${join(folder, 'cut.pcapng')}`,
    );
    await screen.sees('damaged');
    screen.press('q');
    await isAsBefore(screen, 3);
    await screen.sees('truncated at byte');
  });

  it.each([
    ['with the summary asked for', `summary ${CAPTURE}`],
    ['on a terminal that cannot be painted', CAPTURE],
    ['where no such file is', join('no', 'such.pcapng')],
  ])('%s there is no dashboard', async (what, args) => {
    const screen = terminal(100, 40, what.includes('painted') ? { TERM: 'dumb' } : {});
    screen.run(`${what.includes('painted') ? 'TERM=dumb ' : ''}${DVRSCOPE} ${args}; echo ENDED`);
    await screen.sees(/^ENDED/m, args.includes('such') ? 'check the path' : 'LOGIN_REQ');
    expect(screen.state()).toBe('0 1 0');
  });
});

const COLOURS = new RegExp(`${'\x1b'}\\[([\\d;]*)m`, 'g');
