import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../../src/report/check/check-schema.ts';
import { message, TcpConversation } from '../conversation.ts';
import { dvrscope, lines, sample, samples, shell, startDvrscope } from '../dvrscope.ts';
import { messageRecords, sessionRecords, summaryRecord } from '../records.ts';
import { LiveRecords } from './live-records.ts';

const MONITOR = sample('monitor-two-sockets');

function liveFrom(path: string, ...args: readonly string[]) {
  return dvrscope(['live', '-i', '-', ...args], { input: readFileSync(path) });
}

describe('live from a pipe', () => {
  it.each(samples())('prints of %s the messages and sessions that the commands for files print', (path) => {
    const { code, stdout, stderr } = liveFrom(path, '--json');
    expect(code).toBe(0);
    const live = new LiveRecords(stdout);
    expect(live.messages()).toEqual(messageRecords([path]).records);
    const byNumber = live.sessions().sort((a, b) => a.session - b.session);
    expect(byNumber).toEqual(sessionRecords([path]).records);
    const { record } = summaryRecord([path]);
    const { gaps, gapBytes } = record.reassembly;
    expect(live.final()).toMatchObject({
      final: true,
      engine: 'pipe',
      received: record.packets,
      packets: record.packets,
      bytes: record.bytes,
      messages: record.messages.total,
      ownDropped: 0,
      gaps: { count: gaps, bytes: gapBytes },
      sessions: { seen: record.sessions, refusedLogins: record.refusedLogins },
    });
    expect(stderr).toContain('standard input: capturing');
  });

  it('prints each media stream once, with its session', () => {
    const streams = new LiveRecords(liveFrom(MONITOR, '--json').stdout).streams();
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({ session: 1, kind: 'monitor', codec: 'h264', ending: 'stopped' });
  });

  it('prints the findings of the rules, with how many of a kind there are', () => {
    const conversation = new TcpConversation();
    for (let n = 0; n < 120; n++) {
      conversation.client(message(1006, '{ "Name" : "KeepAlive", "SessionID" : "0xb" }\n'));
    }
    const { stdout } = dvrscope(['live', '-i', '-', '--json'], { input: conversation.bytes() });
    const found = new LiveRecords(stdout).findings().filter(({ rule }) => rule === 'body/session-form');
    expect(found.map(({ count }) => count)).toEqual([1, 2, 3, 4, 5, 10, 100]);
    expect(found[0]).toMatchObject({ severity: 'note', message: 1, id: 1006, name: 'KEEPALIVE_REQ' });
  });

  it('shows messages that match -Y only, and none with -q', () => {
    const filtered = new LiveRecords(liveFrom(MONITOR, '--json', '-Y', 'dvrip.msgid == 1000').stdout);
    expect(filtered.messages().map(({ name }) => name)).toEqual(['LOGIN_REQ']);
    expect(filtered.sessions()).toHaveLength(1);
    const quiet = liveFrom(MONITOR, '--json', '-q');
    const records = new LiveRecords(quiet.stdout);
    expect(records.messages()).toEqual([]);
    expect(records.streams()).toHaveLength(1);
    expect(quiet.stderr).not.toContain('capturing');
  });

  it('prints lines, then the summary and what was lost', () => {
    const { code, stdout } = liveFrom(MONITOR);
    expect(code).toBe(0);
    const printed = lines(stdout);
    const from = printed.findIndex((line) => line.startsWith('monitor stream of session 1, channel 0 ended'));
    const to = printed.findIndex((line) => line.startsWith('session 1, 0x0000000B of admin'));
    expect(printed[0]).toContain('Name');
    expect(from).toBeGreaterThan(0);
    expect(to).toBeGreaterThan(from);
    expect(printed[to]).toContain('logged-out; 181 messages, 1 media stream');
    expect(stdout).toContain('181 messages: 20 control, 161 media');
    expect(stdout).toContain('what the kernel dropped is unknown');
  });

  it('says the summary on standard error where standard output is NDJSON', () => {
    const { stdout, stderr } = liveFrom(MONITOR, '--json');
    expect(stderr).toContain('181 messages: 20 control, 161 media');
    expect(stdout).not.toContain('181 messages');
  });

  it.each([
    [['-c', '10'], 10],
    [['-a', 'packets:20'], 20],
    [['-c', '30', '-a', 'packets:20'], 20],
  ])('%s stops after so many packets', (args, packets) => {
    const final = new LiveRecords(liveFrom(MONITOR, '--json', ...args).stdout).final();
    expect(final.packets).toBe(packets);
  });

  it('refuses what is no capture, and says so once', () => {
    const { code, stderr } = dvrscope(['live', '-i', '-'], { input: Buffer.from('no capture at all') });
    expect(code).toBe(3);
    expect(stderr.match(/no capture/g)).toHaveLength(1);
  });

  it('ends quietly when its reader goes away', () => {
    const ended = shell(
      'set -o pipefail; cat "$1" | $DVRSCOPE live -i - --json 2>/dev/null | head -n 1',
      MONITOR,
    );
    expect(ended.code).toBe(0);
    expect(lines(ended.stdout)).toHaveLength(1);
  });
});

/** Interface statistics (pcapng, 4.6): type 5 · length · interface · time stamp · isb_ifdrop, isb_osdrop · end · length. */
function dropStatistics(interfaceDropped: number, kernelDropped: number): Buffer {
  const block = Buffer.alloc(4 + 4 + 4 + 8 + 12 + 12 + 4 + 4);
  block.writeUInt32LE(5, 0);
  block.writeUInt32LE(block.length, 4);
  for (const [at, code, value] of [
    [20, 5, interfaceDropped],
    [32, 7, kernelDropped],
  ] as const) {
    block.writeUInt16LE(code, at);
    block.writeUInt16LE(8, at + 2);
    block.writeUInt32LE(value, at + 4);
  }
  block.writeUInt32LE(block.length, block.length - 4);
  return block;
}

describe('packets that were dropped', () => {
  // Four keep-alives of which the third was never captured.
  const keepAlive = message(1006, '{ "Name" : "KeepAlive", "SessionID" : "0x0000000B" }\n');
  const conversation = new TcpConversation().client(keepAlive, keepAlive, keepAlive, keepAlive);
  conversation.packets.splice(4, 1);
  const whole = conversation.bytes();

  it('are counted, explain the gaps, and stand in the summary', () => {
    const input = Buffer.concat([whole, dropStatistics(3, 5)]);
    const { stdout, stderr } = dvrscope(['live', '-i', '-', '--json'], { input });
    const final = new LiveRecords(stdout).final();
    expect(final).toMatchObject({ kernelDropped: 5, interfaceDropped: 3, unknown: [] });
    expect(final.gaps.byCause).toEqual([{ cause: 'dropped', count: 1, bytes: keepAlive.length }]);
    expect(stderr).toContain('5 packets dropped by the kernel');
    expect(stderr).toContain('3 packets dropped by the interface');
    expect(stderr).toContain('packets were dropped at that time');
  });

  it('are none where nothing says so, and the gap has no known cause', () => {
    const { stdout } = dvrscope(['live', '-i', '-', '--json'], { input: whole });
    const final = new LiveRecords(stdout).final();
    expect(final.gaps.byCause).toEqual([{ cause: 'unknown', count: 1, bytes: keepAlive.length }]);
    expect(final.unknown).toEqual(['kernelDropped', 'interfaceDropped']);
  });

  it('leave rules about what did not come inconclusive in check --live', () => {
    const dropped = Buffer.concat([whole, dropStatistics(0, 5)]);
    const [sure, unsure] = [whole, dropped].map((input) => {
      const { stdout } = dvrscope(['check', '--live', '-i', '-', '--format', 'json'], { input });
      return checkSchema.parse(JSON.parse(stdout));
    });
    expect(sure?.quality.dropped).toEqual({});
    expect(unsure?.quality.dropped).toMatchObject({ kernel: 5 });
    expect(unsure?.quality.lacks).toContain('dropped');
    expect(unsure?.rules.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).not.toContain(
      'exchange/answered',
    );
  });
});

describe('live on the command line', () => {
  it.each([
    [[], 'needs an interface'],
    [['-i', '-', '-i', '-'], 'twice'],
    [['-i', '-', '-r', 'x.pcap'], 'reads no files'],
    [['-i', '-', '-a', 'duration'], 'It must be one of duration'],
    [['-i', '-', '-b', 'size:3'], 'It must be one of duration'],
    [['-i', '-', '-b', 'files:3'], 'when the next begins'],
    [['-i', '-', '-w', '-'], 'needs a folder or a file'],
    [['-i', '-', '-w', 'none', '-b', 'packets:3'], 'nothing to rotate'],
    [['-i', '-', '--max-memory', '20'], 'The least is 160'],
    [['-i', '-', '--all-ports', '-f', 'tcp'], 'exclude each other'],
    [['-i', '-', '-Y', 'dvrip.'], 'filter'],
  ])('%s is a usage error on one line', (args, words) => {
    const { code, stdout, stderr } = dvrscope(['live', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toHaveLength(words === 'filter' ? lines(stderr).length : 1);
    expect(stderr).toContain(words);
  });

  it('-D lists the interfaces as `interfaces` does', () => {
    const { code, stdout } = dvrscope(['live', '-D', '--json']);
    expect(code).toBe(0);
    expect(lines(stdout).map((line) => JSON.parse(line).name)).toContain('lo');
  });

  it('an interface that is not there is said, with exit code 3', () => {
    const { code, stderr } = dvrscope(['live', '-i', 'nosuch0']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^dvrscope: nosuch0: /);
  });

  it('a ring in a folder that is not there is said before anything is captured, with exit code 3', () => {
    const path = '/nonexistent/mistyped/ring.pcapng';
    const { code, stdout, stderr } = dvrscope(['live', '-i', '-', '-w', path, '-b', 'packets:9']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(`dvrscope: ${path}: cannot be written to (ENOENT); -w none keeps no packets\n`);
  });
});

describe('a signal while a live capture goes on', () => {
  async function watching(...args: readonly string[]) {
    const child = startDvrscope(['live', '-i', '-', '--statistics-interval', '1', ...args]);
    const output = text(child.stdout);
    const errors = text(child.stderr);
    child.stdin.on('error', () => undefined);
    child.stdin.write(readFileSync(MONITOR));
    await once(child.stderr, 'data');
    return { child, output, errors };
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it in order with exit code %i', async (signal, code) => {
    const { child, output, errors } = await watching('--json');
    child.kill(signal);
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(code);
    const live = new LiveRecords(await output);
    expect(live.final().final).toBe(true);
    expect(await errors).toContain('messages');
  });

  it('statistics come while nothing is on the wire', async () => {
    const { child, output } = await watching('--json', '-Y', 'dvrip.msgid == 1000');
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
      if (printed.split('dvrscope.statistics/1').length > 3) child.stdin.end();
    });
    await once(child, 'close');
    const statistics = new LiveRecords(await output).statistics();
    expect(statistics.length).toBeGreaterThan(3);
    expect(statistics.map(({ final }) => final)).toEqual([
      ...Array.from({ length: statistics.length - 1 }, () => false),
      true,
    ]);
    expect(statistics.every(({ packets }) => packets === 273)).toBe(true);
    expect(statistics[0]?.memory.bytes).toBeGreaterThan(0);
  });
});
