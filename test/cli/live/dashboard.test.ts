import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCaptures } from '../../../src/capture/read-captures.ts';
import { DVRSCOPE, Tmux, withoutTmux } from '../../dashboard/screen-tmux.ts';
import { hasNoNamespaces, isWatched, MirroredNetwork } from '../../support/netns.ts';
import { readPackets } from '../conversation.ts';
import { isMissing, sample } from '../dvrscope.ts';

const MONITOR = sample('monitor-two-sockets');
/** Above the hex of a long body that was read again. */
const BODY = 'Body, its first 4096 bytes';

let folder = '';
let screen: Tmux;
let feed: FileHandle | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-live-dashboard-'));
});

afterEach(async () => {
  screen?.close();
  await feed?.close();
  feed = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the dashboard on a FIFO that is still empty; temporary files go into the test's own folder. */
async function live(options: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  screen = new Tmux(120, 36, { TMPDIR: temporary, ...environment });
  screen.run(`cd ${folder}; ${DVRSCOPE} live -i ${join(folder, 'fifo')} ${options}`);
  feed = await open(join(folder, 'fifo'), 'w');
}

/** The samples' packets come in several writes. */
async function write(from: number, to: number): Promise<void> {
  const bytes = readFileSync(MONITOR);
  await feed?.write(bytes.subarray(Math.floor(bytes.length * from), Math.floor(bytes.length * to)));
}

function ring(): string[] {
  const place = join(folder, 'ring');
  return readdirSync(place)
    .sort()
    .map((name) => join(place, name));
}

/** Packets of whole files: a damaged one fails the test. */
async function packetsIn(paths: readonly string[]): Promise<number> {
  const files = await readCaptures(paths, { packet: () => undefined, drained: () => undefined });
  expect(files.map(({ error }) => error)).toEqual(paths.map(() => undefined));
  return files.reduce((sum, { packets }) => sum + packets, 0);
}

/** To the dashboard, and to it alone: no other command has the FIFO's name in it but the shell's. */
function send(signal: string): void {
  execFileSync('pkill', [`-${signal}`, '-f', `^${process.execPath} .*live -i ${folder}/fifo`]);
}

/** The shell has its terminal again, and this exit code. */
async function isOver(code: number): Promise<void> {
  await screen.isFree();
  screen.run("echo EXIT $? $(stty -a | grep -oE -- '-?(icanon|echo)\\b' | tr '\\n' ' ')DONE");
  await screen.sees(`EXIT ${code} icanon echo DONE`);
}

describe.skipIf(withoutTmux)('the live dashboard', () => {
  it('begins with the filter of -Y, opens media from the ring, and saves and extracts them', async () => {
    await live("-Y 'dvrip.media' -w ring/ -b packets:60");
    await write(0, 0.6);
    await screen.sees('filter: dvrip.media', 'MONITOR_DATA', /ring \d+ s/);
    screen.press('Enter');
    await screen.sees('Message 15', BODY, '000000  00 00 01 fc');
    screen.press('s');
    await screen.sees('the message under the cursor');
    screen.press('Enter');
    await screen.sees('saved ');
    const [saved = ''] = readdirSync(folder).filter((name) => name.endsWith('-saved.pcapng'));
    const packets = await readPackets(join(folder, saved));
    expect(packets.length).toBeGreaterThan(0);
    const original = (await readPackets(MONITOR)).map(({ bytes }) => Buffer.from(bytes).toString('hex'));
    for (const { bytes } of packets) expect(original).toContain(Buffer.from(bytes).toString('hex'));
    screen.press('5');
    await screen.sees('h264');
    screen.press('e');
    await screen.sees('Extract stream 1');
    screen.press('Enter');
    await screen.sees('saved 3 files');
    screen.press('q');
    await isOver(0);
    expect(await packetsIn(ring())).toBeGreaterThan(150);
  });

  it('keeps an open message while its packets leave the ring, and says of others that theirs have', async () => {
    await live("-Y 'dvrip.media' -w ring/ -b packets:60 -b files:2");
    await write(0, 0.3);
    await screen.sees('MONITOR_DATA');
    screen.press('Enter');
    await screen.sees(BODY);
    const [before] = /000020 .*/.exec(screen.screen()) ?? [];
    expect(before).toMatch(/[0-9a-f]{2} [0-9a-f]{2}/);
    await write(0.3, 1);
    await screen.sees('273 packets');
    expect(screen.screen()).toContain(before);
    screen.press('q');
    await screen.sees('filter: dvrip.media');
    screen.press('x');
    await screen.sees('1 of 161');
    screen.press('Down', 'Enter');
    await screen.sees('Message 16', 'its packets have left the ring');
    screen.press('q');
    await screen.sees('filter: dvrip.media');
    screen.press('G');
    await screen.sees('161 of 161');
    screen.press('Enter');
    await screen.sees(/Body( bytes|, its first)/);
    screen.press('C-c');
    await isOver(0);
    expect(ring()).toHaveLength(2);
  });

  it.each([
    ['TERM', 143],
    ['INT', 130],
    ['HUP', 129],
  ])('gives the terminal back on SIG%s, and leaves whole ring files behind', async (signal, code) => {
    await live('-w ring/ -b packets:60');
    await write(0, 0.5);
    await screen.sees(/1\d\d packets/);
    const packets = Number(/(\d+) packets/.exec(screen.screen())?.[1]);
    send(signal);
    await isOver(code);
    expect(await packetsIn(ring())).toBe(packets);
  });

  it.each([
    ['when it is left', 'q', 0],
    ['when a signal ends it', 'TERM', 143],
  ])('takes a temporary ring with it %s', async (_name, how, code) => {
    await live('');
    await write(0, 0.5);
    await screen.sees('logged-in');
    const temporary = () =>
      readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('dvrscope-ring-'));
    expect(temporary()).toHaveLength(1);
    if (how === 'q') screen.press(how);
    else send(how);
    await isOver(code);
    expect(temporary()).toEqual([]);
  });

  it('gives the terminal back when it crashes, and leaves a whole ring behind', async () => {
    const crash = join(folder, 'crash.mjs');
    writeFileSync(
      crash,
      "import { isMainThread } from 'node:worker_threads';\n" +
        "if (isMainThread) process.on('SIGUSR2', () => { throw new Error('made to crash'); });",
    );
    await live('-w ring/', { NODE_OPTIONS: `--import=file://${crash}` });
    await write(0, 0.5);
    await screen.sees(/1\d\d packets/);
    const packets = Number(/(\d+) packets/.exec(screen.screen())?.[1]);
    send('USR2');
    await screen.sees('Error: made to crash');
    await isOver(1);
    expect(await packetsIn(ring())).toBe(packets);
  });

  it('ends the capture by itself after -a, and stays open', async () => {
    await live('-a packets:100 -w ring/');
    await write(0, 0.6);
    await screen.sees('ended after', '100 packets', 'logged-in');
    screen.press('q');
    await isOver(0);
    expect(await packetsIn(ring())).toBe(100);
  });

  it('says when the disk is full, counts what was left out, and keeps what was written', async (context) => {
    const place = join(folder, 'ring');
    mkdirSync(place);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'dvrscope', place], { stdio: 'ignore' });
    } catch (error) {
      if (process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw error;
      context.skip('no small file system can be mounted here');
    }
    try {
      await live('-w ring/');
      await write(0, 0.2);
      await expect
        .poll(() => ring().map((path) => statSync(path).size)[0] ?? 0, { timeout: 20_000 })
        .toBeGreaterThan(0);
      await write(0.2, 1);
      await screen.sees('273 packets', 'the disk is full', /not in the ring \d+/);
      const left = Number(/not in the ring (\d+)/.exec(screen.screen())?.[1]);
      screen.press('5', 'Enter');
      await screen.sees('Stream 1', 'the latest key frame');
      screen.press('Enter');
      await screen.sees('MONITOR_DATA');
      screen.press('x');
      await screen.sees('1 of 163');
      screen.press('G', 'Up', 'Up');
      await screen.sees('161 of 163');
      screen.press('Enter');
      await screen.sees('its packets were left out of the ring');
      screen.press('C-c');
      await isOver(0);
      expect((await packetsIn(ring())) + left).toBe(273);
    } finally {
      execFileSync('umount', [place]);
    }
  });
});

describe.skipIf(withoutTmux || hasNoNamespaces() || isMissing('tcpdump'))(
  'the live dashboard on a mirror port',
  () => {
    it('shows what a client and a device say, and the bytes of their media', async () => {
      const network = await MirroredNetwork.open();
      try {
        screen = new Tmux(120, 36);
        screen.run(`cd ${folder}; ${DVRSCOPE} live -i ${network.mirror} -w ring/`);
        await screen.sees(/live 0 B/);
        // The screen is there before its engine is.
        await expect.poll(() => isWatched(network.mirror), { timeout: 20_000 }).toBe(true);
        await network.converse(40);
        await screen.sees('logged-out', /gaps 0 +dropped 0/);
        screen.press('5');
        await screen.sees('h264');
        screen.press('Enter');
        await screen.sees('Stream 1', 'the latest key frame');
        screen.press('Enter');
        await screen.sees('MONITOR_CLAIM');
        screen.press('Down', 'Down');
        await screen.sees('3 of');
        screen.press('Enter');
        await screen.sees('1412 MONITOR_DATA', BODY, '000000  00 00 01 fc');
        screen.press('C-c');
        await isOver(0);
        expect(await packetsIn(ring())).toBeGreaterThan(60);
      } finally {
        network.close();
      }
    });
  },
);
