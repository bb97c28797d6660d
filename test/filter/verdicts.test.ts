import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/compile.ts';
import { IPV6, LOGIN, NOTHING, type Sample, TABLE } from './sample.ts';

function verdict(expression: string, subject: Sample): boolean {
  const filter = compileFilter(expression, TABLE);
  if (filter.kind === 'error') throw new Error(`${expression}: ${filter.message}`);
  return filter.test(subject);
}

/** Per topic: expressions that let the login request through, and expressions that do not. */
const ABOUT_LOGIN: readonly [topic: string, passes: readonly string[], stops: readonly string[]][] = [
  ['a blank expression', ['', '  \t\n', '\u3000'], []],
  ['the presence of a field', ['tcp.port', 'dvrip.valid', '(ip.addr)'], ['not tcp.port', '!dvrip.name']],
  [
    'numbers in every notation',
    [
      'dvrip.msgid == 1000',
      'dvrip.msgid eq 0x3e8',
      'dvrip.msgid any_eq 0X3E8',
      'dvrip.msgid==01750',
      'dvrip.msgid == 0b1111101000',
      'dvrip.msgid == 1000.0',
      'dvrip.msgid == 1e3',
      'dvrip.msgid > -1',
      'frame.time_relative >= .25',
      'frame.time_relative<0.5',
      'dvrip.msgid ge 1000 and dvrip.msgid le 1000',
    ],
    ['dvrip.msgid != 1000', 'dvrip.msgid gt 1000', 'dvrip.msgid lt 1000', 'frame.time_relative > 0.25'],
  ],
  [
    'the names of numbers',
    ['dvrip.msgid == LOGIN_REQ2', 'dvrip.msgid == "login_req2"', 'dvrip.msgid in {LOGIN_REQ2..LOGIN_RSP}'],
    ['dvrip.msgid == LOGIN_RSP', 'dvrip.msgid in {MONITOR_REQ}'],
  ],
  [
    'a field with several values, where one value is enough',
    [
      'tcp.port == 34567',
      'tcp.port > 50000',
      'tcp.port < 40000',
      'any tcp.port == 51000',
      'tcp.port in {34567}',
    ],
    ['tcp.port == 1', 'tcp.port > 51000'],
  ],
  [
    'a field with several values, where all must agree',
    [
      'tcp.port != 1',
      'tcp.port ne 1',
      'tcp.port all_ne 1',
      'all tcp.port > 30000',
      'all tcp.port in {34567, 51000}',
    ],
    ['tcp.port != 34567', 'tcp.port === 34567', 'tcp.port all_eq 34567', 'all tcp.port > 40000'],
  ],
  [
    'inequality of any value',
    ['tcp.port ~= 34567', 'tcp.port !== 34567', 'tcp.port any_ne 34567', 'any tcp.port != 34567'],
    ['dvrip.msgid ~= 1000', 'dvrip.msgid !== 1000'],
  ],
  [
    'sets and ranges',
    [
      'dvrip.msgid in {1000, 1001, 1410..1426}',
      'dvrip.msgid in {990 .. 1000}',
      'dvrip.msgid not in {1001}',
      'dvrip.msgid !in {1001}',
      'dvrip.name in {"LOGIN_REQ2", LOGIN_RSP}',
      'ip.addr in {10.0.0.0/8, 192.168.0.0/24}',
      'ip.src in {192.168.0.19..192.168.0.21}',
      'frame.time in {"2026-11-22 10:00" .. "2026-11-22 10:01"}',
    ],
    ['dvrip.msgid in {1001..1010, 1}', 'tcp.port not in {34567}', 'dvrip.name in {"login_req2"}'],
  ],
  [
    'text',
    [
      'dvrip.name == "LOGIN_REQ2"',
      'dvrip.name == LOGIN_REQ2',
      'dvrip.name contains "REQ"',
      'dvrip.name contains 2',
      'dvrip.name contains REQ',
      'dvrip.name > "LOGIN"',
      String.raw`dvrip.name == "\x4cOGIN\137REQ2"`,
      String.raw`dvrip.user == "\u7ba1\U00007406员"`,
      'dvrip.user == 管理员',
      'dvrip.user contains "理"',
      'dvrip.user != "root"',
    ],
    ['dvrip.name contains "req"', 'dvrip.name contains ""', 'dvrip.user != "admin"', 'dvrip.name == ""'],
  ],
  [
    'patterns',
    [
      'dvrip.name matches "login"',
      'dvrip.name ~ "^LOGIN_re[pq]"',
      String.raw`dvrip.name matches r"_\w+\d$"`,
      String.raw`dvrip.name matches "\\d$"`,
      'dvrip.name matches "(?-i)LOGIN"',
      'dvrip.user matches "^管.员$"',
      String.raw`dvrip.payload matches r"\xff\x00{2}ab"`,
      'all dvrip.user matches "."',
    ],
    ['dvrip.name matches "(?-i)login"', 'dvrip.name matches "^OGIN"', 'all dvrip.user matches "admin"'],
  ],
  [
    'bytes',
    [
      'dvrip.payload contains ff:00',
      'dvrip.payload contains 00.41',
      'dvrip.payload contains 4162',
      'dvrip.payload contains "Ab"',
      String.raw`dvrip.payload contains "\xff\0"`,
      'dvrip.payload == ff:00:00:41:62:0a',
      'dvrip.payload > ff:00:00:41:62',
      'dvrip.payload in {00, ff-00-00-41-62-0a}',
    ],
    ['dvrip.payload contains "ab"', 'dvrip.payload contains 41:ff', 'dvrip.payload contains ""'],
  ],
  [
    'addresses and networks',
    [
      'ip.addr == 192.168.0.20',
      'ip.addr == "192.168.0.20"',
      'ip.addr == 192.168.0.0/16',
      'all ip.addr == 192.168.0.0/16',
      'ip.addr == 192.168.1.99/24',
      'ip.addr == 0.0.0.0/0',
      'ip.addr != 10.0.0.0/8',
      'ip.src < 192.168.0.100',
      'ip.dst > 192.168.0.0/24',
      'ip.addr != 2001:db8::1',
    ],
    ['ip.addr == 192.168.0.2', 'ip.addr != 192.168.0.0/24', 'ip.src > 192.168.0.0/24', 'ip.addr == ::/0'],
  ],
  [
    'true and false',
    [
      'dvrip.valid == true',
      'dvrip.valid == 1',
      'dvrip.valid == TRUE',
      'dvrip.valid != false',
      'dvrip.valid > 0',
    ],
    ['dvrip.valid == false', 'dvrip.valid == 0'],
  ],
  [
    'times',
    [
      'frame.time > "2026-11-22 10:00:00"',
      'frame.time == "2026-11-22 10:00:00.25"',
      'frame.time == 2026-11-22T11:00:00.250+01:00',
      'frame.time == 2026-11-22T10:00:00.25Z',
      'frame.time <= "2026-11-22T05:00:00.25-05:00"',
      'frame.time > "2026-11-22"',
      'frame.time > 1700000000',
      'frame.time < 1800000000.5',
    ],
    ['frame.time == "2026-11-22 10:00:00"', 'frame.time > "2026-11-22 10:00:00.250000000"'],
  ],
  [
    'comparisons of fields',
    [
      'tcp.srcport != tcp.dstport',
      'ip.src < ip.dst',
      'tcp.srcport == tcp.port',
      'dvrip.user contains dvrip.user',
    ],
    ['tcp.srcport == tcp.dstport', 'tcp.srcport != tcp.port', 'tcp.srcport === tcp.port', 'ip.src == ip.dst'],
  ],
  [
    'a value on the left, and chains',
    [
      '1000 == dvrip.msgid',
      '999 < dvrip.msgid',
      '999 < dvrip.msgid <= 1000',
      'dvrip.msgid == 1000 == dvrip.msgid',
    ],
    ['1000 < dvrip.msgid', '999 < dvrip.msgid < 1000', '1001 <= dvrip.msgid'],
  ],
  [
    'functions',
    [
      'lower(dvrip.name) == "login_req2"',
      'upper(lower(dvrip.name)) contains "LOGIN"',
      'len(dvrip.name) == 10',
      'len(dvrip.user) == 9',
      'len(dvrip.payload) in {6}',
      'count(tcp.port) == 2',
      'string(dvrip.msgid) matches "^10+$"',
      'string(frame.time) contains "T10:00:00.250000000Z"',
      'string(ip.addr) contains ".1."',
      'string(dvrip.valid) == "true"',
    ],
    ['len(dvrip.name) > 10', 'count(ip.addr) != 2'],
  ],
  [
    'the strength of the operators: not, and, xor, or',
    [
      'dvrip.msgid == 1000 or dvrip.msgid == 1 and dvrip.msgid == 2',
      'tcp.port == 1 and tcp.port == 2 or tcp.port == 34567',
      'not tcp.port == 1 and tcp.port',
      'not not tcp.port',
      '!(tcp.port == 1)',
      'tcp.port xor ip.addr xor dvrip.name',
      'ip.addr or ip.addr xor ip.addr',
      'ip.addr xor ip.addr and not ip.addr',
      'ip.addr && tcp.port == 34567 || tcp.port == 1',
      'ip.addr ^^ !ip.addr',
    ],
    [
      'not tcp.port == 34567 and tcp.port',
      '(ip.addr or ip.addr) xor ip.addr',
      'ip.addr xor ip.addr',
      '(dvrip.msgid == 1000 or dvrip.msgid == 1) and dvrip.msgid == 2',
    ],
  ],
];

describe.each(ABOUT_LOGIN)('a filter on a login request: %s', (_topic, passes, stops) => {
  it.each(passes.map((expression) => [expression]))('lets it through: %s', (expression) => {
    expect(verdict(expression, LOGIN)).toBe(true);
  });

  it.each(stops.map((expression) => [expression]))('stops it: %s', (expression) => {
    expect(verdict(expression, LOGIN)).toBe(false);
  });
});

describe('a filter on an absent field', () => {
  it.each([
    'tcp.port',
    'tcp.port == 1',
    'tcp.port != 1',
    'tcp.port === 1',
    'all tcp.port > 0',
    'tcp.port in {0..65535}',
    'count(tcp.port) == 0',
    'len(dvrip.name) == 0',
    'dvrip.name matches ""',
    'tcp.srcport != tcp.dstport',
    'all tcp.srcport != tcp.dstport',
  ])('is false for any comparison: %s', (expression) => {
    expect(verdict(expression, NOTHING)).toBe(false);
    expect(verdict(`not (${expression})`, NOTHING)).toBe(true);
  });

  it('lets «not in» through, which is the negation of «in»', () => {
    expect(verdict('tcp.port not in {1}', NOTHING)).toBe(true);
  });
});

describe('a filter on IPv6 addresses', () => {
  it.each([
    ['ip.addr == 2001:db8::1', true],
    ['ip.addr == 2001:0DB8:0:0::0001', true],
    ['ip.addr == 2001:db8::/32', true],
    ['ip.addr == fe80::20', true],
    ['ip.addr == fe80::/10', true],
    ['ip.addr == ::/0', true],
    ['ip.addr == 2001:db8::2/127', false],
    ['ip.addr == 0.0.0.0/0', false],
    ['ip.addr != 192.0.2.1', true],
    ['ip.src > 2001:db8::', true],
    ['ip.src < ip.dst', true],
    ['ip.src in {2001:db8::..2001:db8::ffff}', true],
    ['ip.src in {::ffff:192.0.2.1}', false],
  ])('%s is %s', (expression, expected) => {
    expect(verdict(expression, IPV6)).toBe(expected);
  });
});

describe('a compiled filter', () => {
  it('names the fields it reads once, in the order of their first use', () => {
    const filter = compileFilter('len(dvrip.name) > 3 and tcp.port == 1 or dvrip.name == "x"', TABLE);
    expect(filter).toMatchObject({ kind: 'filter', fields: ['dvrip.name', 'tcp.port'] });
  });

  it('answers the same for one address after many others have filled its memory', () => {
    const filter = compileFilter('ip.src == 10.1.0.0/16', TABLE);
    if (filter.kind === 'error') throw new Error(filter.message);
    for (let host = 0; host < 20_000; host++) {
      const address = `10.${host % 3}.${(host >> 8) & 0xff}.${host & 0xff}`;
      expect(filter.test({ addresses: [address] })).toBe(host % 3 === 1);
    }
  });

  it('treats an address that is none as different from every address', () => {
    const subject = { addresses: ['device.local'] };
    expect(verdict('ip.src == 0.0.0.0/0', subject)).toBe(false);
    expect(verdict('ip.src != 10.0.0.1', subject)).toBe(true);
    expect(verdict('ip.src < 255.255.255.255', subject)).toBe(false);
  });
});
