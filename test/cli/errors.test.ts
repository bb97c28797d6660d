import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { dvrscope, lines, sample, scratchDirectory } from './dvrscope.ts';
import { messageRecords, summaryRecord } from './records.ts';

const CAPTURE = sample('login-and-keepalive');
const write = scratchDirectory();
const EMPTY = write('empty.pcap', '');
const JPEG = write('picture.jpg', Buffer.from('ffd8ffe000104a46494600010100', 'hex'));
const CUT = write('cut.pcapng', readFileSync(sample('monitor-two-sockets')).subarray(0, 50_001));
const CUT_GZIP = write('cut.gz', Buffer.from('1f8b0800000000000003', 'hex'));
const LOCKED = write('locked.pcap', readFileSync(CAPTURE));

/** One line on standard error that begins with our name, nothing on standard output, and the exit code. */
function refusal(args: readonly string[]): { readonly code: number | null; readonly line: string } {
  const { code, stdout, stderr } = dvrscope(args);
  expect(stdout).toBe('');
  const [line = '', ...more] = lines(stderr);
  expect(more).toEqual([]);
  expect(line).toMatch(/^dvrscope: /);
  return { code, line };
}

describe('an input that cannot be read', () => {
  it.each([
    ['a file that is not there', ['summary', '/nowhere/field.pcap'], '/nowhere/field.pcap: no such file'],
    ['a path through a file', ['messages', `${EMPTY}/field.pcap`], 'no such file'],
    ['a directory', ['flows', tmpdir()], 'is a directory'],
    ['an empty file', ['messages', EMPTY], `${EMPTY}: is empty (0 bytes); expected a capture file`],
    ['a JPEG', ['messages', JPEG], 'not a capture file: it begins with ff d8 ff e0; expected pcap, pcapng'],
    ['gzip framing without data', ['summary', CUT_GZIP], `${CUT_GZIP}: `],
    ['empty standard input', ['follow', '-', '--flow', '1'], 'standard input: is empty'],
  ])('%s gets one line that names it, and exit code 3', (_, args, words) => {
    const { code, line } = refusal(args);
    expect(line).toContain(words);
    expect(code).toBe(3);
  });

  it.skipIf(process.platform !== 'linux')('a file whose reading fails is unreadable', () => {
    const { code, line } = refusal(['summary', '/proc/self/mem']);
    expect(line).toMatch(/^dvrscope: \/proc\/self\/mem: unreadable after 0 bytes: EIO/);
    expect(code).toBe(3);
  });

  it('standard input can be read only once', () => {
    const { code, stderr } = dvrscope(['summary', '-', '-'], { input: readFileSync(LOCKED) });
    expect(stderr).toBe('dvrscope: standard input: can be read only once\n');
    expect(code).toBe(3);
  });

  it('the summary as JSON says what was wrong', () => {
    const { code, record } = summaryRecord([JPEG]);
    expect(record.files[0]?.error).toMatchObject({ code: 'not-a-capture', offset: 0 });
    expect(code).toBe(3);
  });
});

describe('a capture that is cut', () => {
  const PLACE = 'truncated at byte 49,288: a packet block promises 1,548 bytes, 713 are there';

  it('is read up to the damage by every command, which then says where, with exit code 3', () => {
    for (const command of [
      ['summary'],
      ['flows'],
      ['messages'],
      ['follow', '--flow', '2', '--from', 'server'],
    ]) {
      const { code, stdout, stderr } = dvrscope([...command, CUT]);
      expect(stderr).toBe(`dvrscope: ${CUT}: ${PLACE}; 84 packets before that could be read\n`);
      expect(lines(stdout).length).toBeGreaterThan(2);
      expect(code).toBe(3);
    }
  });

  it('gives the offset as a number in the summary', () => {
    const { code, record } = summaryRecord([CUT]);
    expect(record.files).toMatchObject([{ packets: 84, error: { code: 'truncated', offset: 49_288 } }]);
    expect(record.messages.total).toBe(45);
    expect(code).toBe(3);
  });

  it('does not hide the files beside it', () => {
    const { code, records, stderr } = messageRecords([CUT, '/nowhere/field.pcap', CAPTURE]);
    expect(lines(stderr)).toHaveLength(2);
    expect(records.length).toBe(45 + messageRecords([CAPTURE]).records.length);
    expect(code).toBe(3);
  });

  it('is no fault where what was asked for lies before the damage', () => {
    expect(dvrscope(['show', CUT, '3'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('is said where a message is asked for that may lie behind the damage', () => {
    const { code, line } = refusal(['show', CUT, '9999']);
    expect(line).toContain(PLACE);
    expect(code).toBe(3);
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    ['no argument', [], 'no capture file given'],
    ['a command without a file', ['messages'], 'no capture file given'],
    ['follow without a flow', ['follow', CAPTURE], 'follow needs --flow N'],
    ['an unknown flow', ['follow', CAPTURE, '--flow', '9'], 'no flow 9: the capture has 1 flow,'],
    [
      'a flow that is no number',
      ['follow', CAPTURE, '--flow', 'x'],
      "'x' is invalid. It must be a whole number",
    ],
    ['flow zero', ['follow', CAPTURE, '--flow', '0'], 'It must be a whole number from 1'],
    ['an unknown side', ['follow', CAPTURE, '--flow', '1', '--from', 'camera'], 'choices are client, server'],
    ['show without a number', ['show', CAPTURE], 'show FILE NUMBER'],
    ['an unknown message', ['show', CAPTURE, '999'], 'no message 999: the capture has '],
    ['a message number that is none', ['show', CAPTURE, '1.5'], "'1.5' is no message number"],
    ['too much for show', ['show', CAPTURE, '1', '2'], 'too many arguments'],
    [
      'a misspelt command',
      ['mesages', CAPTURE],
      "no command or file is called 'mesages'; did you mean 'messages'?",
    ],
    ['a misspelt command behind an option', ['--json', 'sumary', CAPTURE], "did you mean 'summary'?"],
    ['a misspelt option', ['messages', '--jsn', CAPTURE], "unknown option '--jsn' (Did you mean --json?)"],
    ['an unknown option', ['-x', CAPTURE], "unknown option '-x'"],
    ['an option without its value', ['messages', CAPTURE, '-Y'], 'argument missing'],
    [
      'a decode-as rule of another form',
      ['flows', CAPTURE, '-d', 'tcp=5'],
      'It must read tcp.port==PORT,dvrip',
    ],
    ['a port that does not exist', ['flows', CAPTURE, '-d', 'tcp.port==65536,dvrip'], 'tcp.port==PORT'],
    ['a count of nothing', ['flows', CAPTURE, '-c', '0'], 'It must be a whole number from 1'],
    ['a misspelt field', ['messages', CAPTURE, '--fields', 'dvrip.mgid'], "did you mean 'dvrip.msgid'?"],
    [
      'fields and JSON together',
      ['messages', CAPTURE, '--fields', 'dvrip.ret', '--json'],
      'cannot be used with',
    ],
    [
      'an unknown dialect',
      ['messages', CAPTURE, '--dialect', 'dahua'],
      'Allowed choices are auto, field, spec',
    ],
  ])('%s gets one line that says what to do, and exit code 2', (_, args, words) => {
    const { code, line } = refusal(args);
    expect(line).toContain(words);
    expect(code).toBe(2);
  });

  it('a misspelt command that is also a file is read', () => {
    const path = write('message', readFileSync(CAPTURE));
    const { code, stdout } = dvrscope(['message'], { cwd: path.slice(0, -'/message'.length) });
    expect(stdout).toMatch(/^message {2}pcapng/);
    expect(code).toBe(0);
  });
});
