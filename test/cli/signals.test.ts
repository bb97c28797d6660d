import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { message, TcpConversation } from './conversation.ts';
import { sample, scratchDirectory, shell, startDvrscope } from './dvrscope.ts';

const write = scratchDirectory();
const MONITOR = sample('monitor-two-sockets');

/** More messages than pipes hold: some 3 MB of output. */
function longCapture(): string {
  const conversation = new TcpConversation();
  const keepAlive = message(1006, '{ "Name" : "KeepAlive", "SessionID" : "0x0000000B" }\n');
  const many = Buffer.concat(Array.from({ length: 15 }, () => keepAlive));
  for (let i = 0; i < 2000; i++) conversation.client(many);
  return write('long.pcapng', conversation.bytes());
}

const LONG = longCapture();

/** Starts a command on a pipe that stays open, and waits until it has read what is in it. */
async function reading(command: string) {
  const child = startDvrscope([command, '-']);
  const output = text(child.stdout);
  const errors = text(child.stderr);
  child.stdin.write(readFileSync(MONITOR));
  await new Promise((resolve) => child.stdin.write('', resolve));
  await pause(600);
  return { child, output, errors };
}

describe('a signal while a capture is read', () => {
  it.each([
    ['SIGINT', 130, 'summary', 'MONITOR_DATA'],
    ['SIGTERM', 143, 'messages', 'LOGOUT_RSP'],
    ['SIGINT', 130, 'flows', ':34567'],
  ] as const)(
    '%s ends it with exit code %i, after %s has printed what was read',
    async (signal, code, command, words) => {
      const { child, output, errors } = await reading(command);
      child.kill(signal);
      const [exitCode, by] = await once(child, 'close');
      expect({ exitCode, by }).toEqual({ exitCode: code, by: null });
      expect(await output).toContain(words);
      expect(await errors).toBe('');
    },
  );

  it('SIGINT waits for a reader that is slow, and all lines are whole', async () => {
    const child = startDvrscope(['messages', LONG]);
    await once(child.stdout, 'readable');
    child.kill('SIGINT');
    await pause(300);
    expect(child.exitCode).toBeNull();
    const output = await text(child.stdout);
    if (child.exitCode === null) await once(child, 'close');
    expect(child.exitCode).toBe(130);
    expect(output.endsWith('\n')).toBe(true);
    expect(output.split('\n').length).toBeLessThan(30_000);
  });

  it('a second SIGINT stops at once, though nobody takes the output', async () => {
    const child = startDvrscope(['messages', LONG]);
    await once(child.stdout, 'readable');
    child.kill('SIGINT');
    await pause(300);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'exit');
    expect(exitCode).toBe(130);
  });
});

describe('a closed pipe', () => {
  it.each([
    ['messages', LONG],
    ['messages --json', LONG],
    ['follow --raw --flow 1', LONG],
    ['flows', MONITOR],
    ['summary', MONITOR],
    ['--version', ''],
    ['--help', ''],
  ])('ends %s quietly with 0', (command, path) => {
    const { stdout, stderr } = shell(
      '$DVRSCOPE $1 $2 | head -c 10 > /dev/null; echo $PIPESTATUS',
      command,
      path,
    );
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('ends the reading: what is behind is not looked at', () => {
    const started = performance.now();
    // The capture never ends.
    const { stdout } = shell(
      '$DVRSCOPE messages - < <(exec 2> /dev/null; cat $1; sleep 20) | head -1; echo $PIPESTATUS',
      LONG,
    );
    expect(stdout).toMatch(/\n0\n$/);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('for errors changes nothing in the exit code', () => {
    const { stdout } = shell('{ $DVRSCOPE /nowhere/field.pcap; echo $? >&3; } 3>&1 2>&1 >/dev/null | cat');
    expect(stdout.trimEnd().endsWith('3')).toBe(true);
    const closed = shell('{ sleep 0.3; $DVRSCOPE /nowhere/field.pcap; echo $? >&3; } 3>&1 2> >(exec true)');
    expect(closed.stdout).toBe('3\n');
  });
});

describe('an output that cannot be written', () => {
  it.skipIf(process.platform !== 'linux' || !existsSync('/dev/full'))(
    'is said on one line, with exit code 3',
    () => {
      const { code, stderr } = shell('$DVRSCOPE messages $1 > /dev/full', LONG);
      expect(stderr).toMatch(/^dvrscope: standard output: cannot be written to \(ENOSPC: .*\)\n$/);
      expect(code).toBe(3);
    },
  );
});
