import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writePcapng } from '../support/capture-writer.ts';
import { message, onOtherPort, pieces, readPackets, TcpConversation } from './conversation.ts';
import { dvrscope, dvrscopeBytes, lines, sample, scratchDirectory, shell } from './dvrscope.ts';
import { flowRecords, messageRecords, summaryRecord } from './records.ts';

const MONITOR = sample('monitor-two-sockets');
const LOGIN = sample('login-and-keepalive');
const write = scratchDirectory();
const bytes = readFileSync(MONITOR);
const whole = messageRecords([MONITOR]).records;

describe('the text of', () => {
  it('summary is one page: file, quality, flows, messages, findings', () => {
    const { stdout, stderr, code } = dvrscope([MONITOR]);
    expect(stdout).toContain(`${MONITOR}  pcapng, `);
    expect(stdout).toContain('  Flows     2 TCP, 0 UDP; 2 of them DVRIP\n');
    expect(stdout).toContain(`\n${whole.length} messages: `);
    expect(stdout).toMatch(/^ {2}1412 {2}MONITOR_DATA +\d+ +6\.2\.7$/m);
    expect(stdout).toMatch(
      /\nFindings: 0 errors, 0 warnings, 7 notes\n {2}note {5}body\/session-form {2}7\n$/,
    );
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  it('flows is a table whose columns stand under their titles', () => {
    const [title = '', first = '', second = ''] = lines(
      dvrscope(['flows', sample('loss-and-reordering')]).stdout,
    );
    expect(title).toMatch(
      /^Flow {2}Proto {2}Client +Server +DVRIP +Session +Packets +Client sent +Server sent +Trouble$/,
    );
    for (const column of ['Client', 'Server', 'DVRIP', 'Trouble']) {
      const at = title.indexOf(column);
      for (const row of [first, second]) expect(row.slice(at - 2, at + 1)).toMatch(/^ {2}\S$/);
    }
    for (const column of ['Flow', 'Session', 'Packets', 'Client sent', 'Server sent']) {
      const end = title.indexOf(column) + column.length;
      for (const row of [first, second]) expect(row.slice(end - 1, end + 1)).toMatch(/^\S /);
    }
    expect(first).toContain('1 gap (1.4 kB)');
  });

  it('flows --digest adds the SHA-256 of each direction, as in the JSON', () => {
    const [flow] = flowRecords([LOGIN, '--digest']).records;
    const { stdout } = dvrscope(['flows', LOGIN, '--digest']);
    expect(stdout).toContain(
      `      client ${flow?.streams[0].sha256}\n      server ${flow?.streams[1].sha256}\n`,
    );
  });

  it('messages is a table, with the findings below their message', () => {
    const args = ['messages', sample('loss-and-reordering'), '-Y', 'dvrip.severity == "warning"'];
    const { stdout } = dvrscope(args);
    const [title = '', row = '', finding = ''] = lines(stdout);
    expect(row.indexOf('0x')).toBe(title.indexOf('Session'));
    expect(row.search(/[A-Z_]{5}/)).toBe(title.indexOf('Name'));
    expect(finding).toBe(
      '        warning framing/gap-in-message: 1,448 bytes of the body were never captured',
    );
  });

  it('messages leaves notes, the habits of devices, to show and to --json', () => {
    expect(dvrscope(['messages', MONITOR]).stdout).not.toContain('body/session-form');
    const [noted] = messageRecords([MONITOR, '-Y', 'dvrip.severity == "note"']).records;
    expect(noted?.findings[0]).toMatchObject({
      rule: 'body/session-form',
      severity: 'note',
      pointer: '/SessionID',
    });
    expect(dvrscope(['show', MONITOR, String(noted?.number)]).stdout).toContain('note body/session-form: ');
  });

  it('messages --body shows Chinese as it is', () => {
    const { stdout } = dvrscope([
      'messages',
      sample('configuration-get-set'),
      '--body',
      '-Y',
      'dvrip.msgid == 1049',
    ]);
    expect(stdout).toMatch(/^ {10}"ChannelTitle": \[$/m);
    expect(stdout).toMatch(/^ {12}".*\p{Script=Han}.*"/mu);
  });

  it('show gives header, body, return code and hex of one message', () => {
    const { stdout, code } = dvrscope(['show', LOGIN, '2']);
    expect(stdout).toMatch(/^Message 2: 1001 LOGIN_RSP {2}section 6\.2\.1\n/);
    expect(stdout).toContain('  Ret       100 OK: ');
    expect(stdout).toContain('          "ChannelNum": 4,\n');
    expect(stdout).toMatch(/^ {2}000000 {2}ff 01 00 00 /m);
    expect(stdout).toMatch(/^ {2}000000 {2}7b 20 22 41 .* {2}\{ "AliveInterval$/m);
    expect(code).toBe(0);
  });

  it('show gives the first bytes of a media message', () => {
    const video = whole.find((record) => record.id === 1412);
    const { stdout } = dvrscope(['show', MONITOR, String(video?.number)]);
    expect(stdout).toMatch(/^ {2}000000 {2}00 00 01 f/m);
    expect(stdout).toContain(' bytes more\n');
  });

  it('show takes the file from -r', () => {
    expect(dvrscope(['show', '-r', LOGIN, '2']).stdout).toBe(dvrscope(['show', LOGIN, '2']).stdout);
  });

  it('follow names who speaks and at which byte, and shows gaps in their place', () => {
    const { stdout, code } = dvrscope(['follow', sample('loss-and-reordering'), '--flow', '1']);
    expect(lines(stdout)[0]).toMatch(/^── client 192\.0\.2\.\d+:\d+, from byte 0$/);
    expect(stdout).toMatch(/^── server 192\.0\.2\.\d+:34567, from byte 0$/m);
    expect(stdout).toMatch(/^\[[\d,]+ bytes missing: .+\]$/m);
    expect(code).toBe(0);
  });

  it('follow joins characters that lie across segments', () => {
    const body = message(1049, '{ "ChannelTitle" : [ "前门", "大厅" ] }');
    const path = write('split.pcapng', new TcpConversation().device(...pieces(body, 1)).bytes());
    const { stdout } = dvrscope(['follow', path, '--flow', '1']);
    expect(stdout).toContain('{ "ChannelTitle" : [ "前门", "大厅" ] }\n');
  });

  it('follow --from shows one end only', () => {
    const { stdout } = dvrscope(['follow', LOGIN, '--flow', '1', '--from', 'client']);
    expect(stdout).toContain('"UserName"');
    expect(stdout).not.toContain('AliveInterval');
    expect(stdout).not.toContain('── server');
  });

  it('follow --raw gives the bytes whose SHA-256 flows --digest tells', async () => {
    const { createHash } = await import('node:crypto');
    const [, flow] = flowRecords([MONITOR, '--digest']).records;
    const raw = dvrscopeBytes(['follow', MONITOR, '--flow', '2', '--from', 'server', '--raw']);
    expect(raw).toHaveLength(flow?.streams[1].bytes ?? -1);
    expect(createHash('sha256').update(raw).digest('hex')).toBe(flow?.streams[1].sha256);
  });

  it('a capture without DVRIP says that there is none', () => {
    const path = write('arp.pcapng', writePcapng([{ bytes: Buffer.alloc(60) }]));
    expect(dvrscope(['messages', path])).toMatchObject({ stdout: 'No DVRIP messages.\n', code: 0 });
    expect(dvrscope(['flows', path])).toMatchObject({ stdout: 'No TCP or UDP flows.\n', code: 0 });
    expect(dvrscope([path]).stdout).toContain('\nNo DVRIP messages.\n');
  });
});

describe('help', () => {
  it('starts with examples, of the program and of each command, on standard output', () => {
    for (const args of [['-h'], ['messages', '-h'], ['follow', '--help'], ['help', 'flows']]) {
      const { stdout, stderr, code } = dvrscope(args);
      expect(stdout).toMatch(/^Examples:\n {2}dvrscope /);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    }
  });

  it('gives examples that work', () => {
    const { stdout } = dvrscope(['messages', '-h']);
    const examples =
      stdout.slice(0, stdout.indexOf('\n\n')).match(/dvrscope messages field\.pcapng .*?(?= {2,})/g) ?? [];
    expect(examples).toHaveLength(4);
    for (const example of examples) {
      const { code, stdout } = shell(
        `set -- ${example.slice('dvrscope '.length)}; $DVRSCOPE "$@"`.replace('field.pcapng', LOGIN),
      );
      expect({ code, empty: stdout === '' }).toEqual({ code: 0, empty: false });
    }
  });

  it('the version is one line', () => {
    expect(dvrscope(['--version'])).toMatchObject({ stdout: dvrscope(['-V']).stdout, code: 0, stderr: '' });
    expect(dvrscope(['-V']).stdout).toMatch(/^dvrscope \d+\.\d+\.\d+\n$/);
  });
});

describe('inputs', () => {
  it('standard input, gzip and -r read the same as the file', () => {
    const expected = dvrscope(['messages', MONITOR]).stdout;
    expect(dvrscope(['messages', '-'], { input: bytes }).stdout).toBe(expected);
    expect(dvrscope(['-'], { input: bytes }).stdout).toMatch(/^standard input {2}pcapng, /);
    expect(dvrscope(['messages', '-'], { input: gzipSync(bytes) }).stdout).toBe(expected);
    expect(dvrscope(['messages', write('field.pcapng.gz', gzipSync(bytes))]).stdout).toBe(expected);
    expect(dvrscope(['messages', '-r', MONITOR]).stdout).toBe(expected);
  });

  it('TCP state carries over from file to file, in order of time', async () => {
    const packets = await readPackets(MONITOR);
    // A cut in the middle of the media, where a message lies across it.
    const first = write('a.pcapng', writePcapng(packets.slice(0, 31)));
    const second = write('b.pcapng', writePcapng(packets.slice(31)));
    expect(messageRecords([first, second]).records).toEqual(whole);
    expect(messageRecords([second, first]).records).toEqual(whole);
    const { record } = summaryRecord([second, '-r', first]);
    expect(record.files.map((file) => file.packets)).toEqual([31, packets.length - 31]);
    expect(record.messages.invalid).toBe(0);
  });

  it('-c stops after so many packets', () => {
    expect(summaryRecord([MONITOR, '-c', '20']).record.packets).toBe(20);
    expect(messageRecords([MONITOR, '-c', '20']).records.every((record) => record.packets[1] <= 20)).toBe(
      true,
    );
  });

  it('DVRIP on another port is found by its content', async () => {
    const moved = write('moved.pcapng', writePcapng(onOtherPort(await readPackets(MONITOR), 34_567, 8_000)));
    const { records } = messageRecords([moved, '-d', 'tcp.port==8000,dvrip']);
    expect(records).toEqual(whole);
    expect(messageRecords([moved]).records).toEqual(whole);
    expect(
      dvrscope(['messages', moved, '-Y', 'tcp.srcport == 8000', '--fields', 'dvrip.from']).stdout,
    ).toMatch(/^(device\n)+$/);
  });

  it('-d expects DVRIP where its content alone would not show it', () => {
    const odd = new TcpConversation({ devicePort: 8_000 })
      .client(message(64_000, '{ }'))
      .device(message(64_001, '{ }'));
    const path = write('odd.pcapng', odd.bytes());
    expect(messageRecords([path]).records).toEqual([]);
    const { records } = messageRecords([path, '-d', 'tcp.port==8000,dvrip']);
    expect(records.map(({ id, from, name }) => [id, from, name])).toEqual([
      [64_000, 'client', 'UNKNOWN_64000'],
      [64_001, 'device', 'UNKNOWN_64001'],
    ]);
  });

  it('--dialect spec numbers the login as the printed table does', () => {
    const names = (args: readonly string[]) =>
      messageRecords([sample('spec-dialect'), ...args])
        .records.slice(0, 2)
        .map((record) => record.name);
    expect(names(['--dialect', 'spec'])).toEqual(['LOGIN_REQ', 'LOGIN_RSP']);
  });
});
