import { describe, expect, it } from 'vitest';
import { message, TcpConversation } from './conversation.ts';
import { dvrscope, dvrscopeBytes, lines, scratchDirectory } from './dvrscope.ts';
import { messageRecords } from './records.ts';

/** What could move a cursor, ring, retitle a window, turn text around or hide in it. */
const HOSTILE = [
  '\x1b[2J\x1b]0;owned\x07',
  '\x08\x7f\r\x0b\x0c\x00',
  '\u0080\u0090\u009b31m\u009d',
  '\u202e\u2066\u2069\u200f\u061c',
  '\u200b\u2028\u2029\ufeff\u2060',
  '\u{e0041}\u{e007f}\u00ad\ufff9',
].join('|');

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

function unsafe(output: string): string[] {
  return [...output.replace(/[\n\t]/g, '')]
    .filter((character) => UNSAFE.test(character))
    .map((character) => `U+${character.codePointAt(0)?.toString(16)}`);
}

const write = scratchDirectory();

function hostileCapture(): string {
  const inJson = JSON.stringify({ Name: HOSTILE, [HOSTILE]: [HOSTILE, { 中文: HOSTILE }], Ret: 100 });
  const raw = Buffer.concat([
    Buffer.from('{ "Name" : "'),
    Buffer.from(HOSTILE),
    Buffer.from([0x9b, 0xff, 0x1b, 0x5b]),
  ]);
  const c1AsLatin1 = Buffer.from('{ "Name" : "\x9b31m\x85\xff" }', 'latin1');
  const conversation = new TcpConversation()
    .client(message(1040, inJson), message(1042, raw), message(1044, c1AsLatin1))
    .device(
      message(1041, `not JSON: ${HOSTILE}`),
      message(1412, Buffer.from(HOSTILE)),
      message(64_000, HOSTILE),
    )
    .device(Buffer.from(`${HOSTILE.repeat(40)}\xff`));
  return write(`field\x1b[31m\u202e\u009b.pcapng`, conversation.bytes());
}

const CAPTURE = hostileCapture();
const NUMBERS = messageRecords([CAPTURE]).records.map((record) => String(record.number));

describe('bytes that would steer a terminal never leave', () => {
  it('the capture has messages that hold them', () => {
    expect(NUMBERS.length).toBeGreaterThanOrEqual(6);
    const [first] = messageRecords([CAPTURE, '--body']).records;
    // JSON is escaped, not changed: a program reads the same text.
    expect(first?.body).toMatchObject({ Name: HOSTILE, [HOSTILE]: [HOSTILE, { 中文: HOSTILE }] });
    expect(unsafe(dvrscopeBytes(['follow', CAPTURE, '--flow', '1', '--raw']).toString())).not.toEqual([]);
  });

  it.each([
    [['summary']],
    [['summary', '--json']],
    [['flows']],
    [['flows', '--json']],
    [['messages', '--body']],
    [['messages', '--json', '--body']],
    [['messages', '--fields', 'dvrip.body,dvrip.name,dvrip.from']],
    [['follow', '--flow', '1']],
    [['follow', '--flow', '1', '--show-secrets', '--from', 'client']],
  ])('%s', (command) => {
    const { stdout, stderr, code } = dvrscope([...command, CAPTURE]);
    expect(unsafe(stdout)).toEqual([]);
    expect(unsafe(stderr)).toEqual([]);
    expect(stdout.length).toBeGreaterThan(100);
    expect(code).toBe(0);
  });

  it('show', () => {
    for (const number of NUMBERS) {
      const { stdout, code } = dvrscope(['show', CAPTURE, number, '--show-secrets']);
      expect(unsafe(stdout)).toEqual([]);
      expect(code).toBe(0);
    }
  });

  it('an error message, whatever was typed', () => {
    for (const args of [
      [`/nowhere/${HOSTILE.replace('\0', '')}`],
      ['messages', CAPTURE, '-Y', '\x1b[2J == \u202e'],
      ['messages', CAPTURE, '--fields', '\x1b[2J\u202e\u009b'],
      ['show', CAPTURE, '\x1b[2J\u202e'],
      [`--\x1b[2J\u202e`],
      ['messages', CAPTURE, '-c', '\x1b[2J\r'],
    ]) {
      const { stdout, stderr, code } = dvrscope(args);
      expect(stdout).toBe('');
      expect(unsafe(stderr)).toEqual([]);
      expect([2, 3]).toContain(code);
    }
  });

  it('a line break in a value stays inside its field', () => {
    const path = write(
      'breaks.pcapng',
      new TcpConversation().client(message(1040, JSON.stringify({ Name: 'a\nb\tc' }))).bytes(),
    );
    expect(lines(dvrscope(['messages', path, '--fields', 'dvrip.number,dvrip.body']).stdout)).toEqual([
      '1\t{"Name":"a\\nb\\tc"}',
    ]);
  });
});
