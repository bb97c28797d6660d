import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dvrscope, lines, sample } from './dvrscope.ts';
import { messageRecords } from './records.ts';

const MONITOR = sample('monitor-two-sockets');
const all = messageRecords([MONITOR]).records;

describe('messages -Y', () => {
  it.each([
    ['dvrip', () => true],
    ['tcp && ip && frame', () => true],
    ['udp or ipv6', () => false],
    ['dvrip.msgid == 1412', (m) => m.id === 1412],
    ['dvrip.msgid == MONITOR_DATA', (m) => m.id === 1412],
    ['dvrip.name contains "LOGIN"', (m) => m.name.includes('LOGIN')],
    ['dvrip.name matches "^keep"', (m) => m.name.startsWith('KEEP')],
    ['dvrip.session == 0', (m) => m.sessionId === '0x00000000'],
    ['dvrip.session == 0xb', (m) => m.sessionId === '0x0000000B'],
    ['dvrip.session_id == "0x0000000B"', (m) => m.sessionId === '0x0000000B'],
    ['dvrip.ret == 100', (m) => m.ret === 100],
    ['dvrip.ret', (m) => m.ret !== undefined],
    ['dvrip.media', (m) => m.channel !== undefined],
    ['not dvrip.media', (m) => m.channel === undefined],
    ['dvrip.endflag', (m) => m.endFlag === true],
    ['dvrip.valid', (m) => m.valid],
    ['dvrip.encrypted or dvrip.invalid', () => false],
    ['dvrip.from == "device" and dvrip.length > 500', (m) => m.from === 'device' && m.length > 500],
    ['tcp.stream == 2 and dvrip.length < 330', (m) => m.flow === 2 && m.length < 330],
    ['tcp.dstport == 34567', (m) => m.from === 'client'],
    ['tcp.port in {34567, 80} and not dvrip.media', (m) => m.channel === undefined],
    ['ip.addr == 192.0.2.0/24', () => true],
    ['ip.src == 192.0.2.10', (m) => m.from === 'device'],
    ['frame.number <= 20', (m) => m.packets[1] <= 20],
    ['dvrip.sequence >= 3 xor dvrip.flow == 1', (m) => m.sequence >= 3 !== (m.flow === 1)],
    ['dvrip.body contains "OPMonitor" ', (m) => /^MONITOR_(REQ|RSP|CLAIM|CLAIM_RSP)$/.test(m.name)],
  ] satisfies [string, (m: (typeof all)[number]) => boolean][])('%s', (filter, holds) => {
    const { records, code } = messageRecords([MONITOR, '-Y', filter]);
    expect(records.map((record) => record.number)).toEqual(all.filter(holds).map((record) => record.number));
    expect(code).toBe(0);
  });

  it('reads UDP discovery by its port', () => {
    const { records } = messageRecords([sample('discovery'), '-Y', 'udp.port == 34569 && !tcp']);
    expect(records.length).toBe(14);
  });

  it('finds the messages of login where the printed specification numbers them', () => {
    const args = [sample('spec-dialect'), '--dialect', 'spec', '-Y', 'dvrip.msgid == LOGIN_RSP && dvrip.ret'];
    expect(messageRecords(args).records.map((record) => record.id)).toEqual([1000]);
  });

  it('says so where nothing matches', () => {
    const { stdout, code } = dvrscope(['messages', MONITOR, '-Y', 'dvrip.ret == 203']);
    expect(stdout).toBe('No DVRIP message matches the filter.\n');
    expect(code).toBe(0);
  });

  it.each([
    ['dvrip.msgd == 3', 1, "unknown field 'dvrip.msgd' at column 1; did you mean 'dvrip.msgid'?"],
    ['tcp && dvrip.ret == abc', 21, 'at column 21'],
    ['dvrip.name contains "LOGIN', 21, 'column 21'],
    ['(dvrip.ret == 1', 16, "expected a ')' for the '(' at column 1"],
    ['dvrip.name == "登录" and dvrip.rett', 24, "did you mean 'dvrip.ret'?"],
  ])('%s is refused with its column marked', (filter, column, words) => {
    const { stdout, stderr, code } = dvrscope(['messages', MONITOR, '-Y', filter]);
    const [what = '', text = '', mark = ''] = lines(stderr);
    expect(what).toMatch(/^dvrscope: filter: /);
    expect(what).toContain(words);
    expect(text).toBe(`  ${filter}`);
    // A Chinese character is two cells wide.
    const cells = Array.from(filter.slice(0, column - 1), (c) => (c > '\u2e80' ? 2 : 1)).reduce(
      (a, b) => a + b,
      0,
    );
    expect(mark.indexOf('^')).toBe(2 + cells);
    expect({ stdout, code, lines: lines(stderr).length }).toEqual({ stdout: '', code: 2, lines: 3 });
  });
});

describe('messages --fields', () => {
  it('prints tab-separated values, several of one field joined by commas', () => {
    const { stdout } = dvrscope([
      'messages',
      MONITOR,
      '-Y',
      'dvrip.number < 3',
      '--fields',
      'dvrip.number, dvrip.msgid,tcp.port,dvrip.ret,frame.time,dvrip.ret_text,dvrip.media',
    ]);
    expect(lines(stdout).map((line) => line.split('\t'))).toEqual([
      ['1', '1000', '50124,34567', '', all[0]?.time, '', ''],
      ['2', '1001', '34567,50124', '100', all[1]?.time, 'OK', ''],
    ]);
  });

  it('help lists every field, also without a capture', () => {
    const { stdout, code } = dvrscope(['messages', '--fields', 'help']);
    expect(stdout).toMatch(/^Field +Type +Value\n/);
    const names = lines(stdout)
      .slice(1)
      .map((line) => line.split(' ', 1)[0]);
    for (const name of ['frame.number', 'ip.addr', 'tcp.stream', 'dvrip.msgid', 'dvrip.ret', 'udp']) {
      expect(names).toContain(name);
    }
    expect(dvrscope(['messages', MONITOR, '-c', '9', '--fields', names.join(',')]).code).toBe(0);
    expect(code).toBe(0);
  });

  it('agrees with what the simulator logged', () => {
    const expected: unknown = JSON.parse(
      readFileSync(sample('monitor-two-sockets').replace('capture.pcapng', 'expected.json'), 'utf8'),
    );
    const { stdout } = dvrscope(['messages', MONITOR, '--fields', 'dvrip.msgid']);
    expect(expected).toMatchObject({ messages: { total: lines(stdout).length } });
  });
});
