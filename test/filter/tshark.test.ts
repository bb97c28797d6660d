import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/compile.ts';
import { type Field, FieldTable, type Visit } from '../../src/filter/fields.ts';
import { readTime } from '../../src/filter/kinds/time.ts';

const CAPTURES = new URL('../../../shared/captures/public/', import.meta.url);
/** IPv4 with UDP and multipath TCP; IPv6 with a conversation in text. */
const FILES = ['tcp/tcpdump__mptcp-aa-v1.pcap', 'tcp/zeek__smtp-attachment-msg.pcap'];

const hasCaptures = existsSync(CAPTURES);
const hasTshark = spawnSync('tshark', ['--version']).status === 0;
const toolsRequired = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';

/** The values of one frame by tshark's field name. */
type Frame = ReadonlyMap<string, readonly string[]>;

function shown<V>(name: string, read: (text: string) => V): (frame: Frame, visit: Visit<V>) => boolean {
  return (frame, visit) => (frame.get(name) ?? []).some((text) => visit(read(text)));
}

const NUMBERS = [
  'frame.number',
  'frame.len',
  'frame.time_relative',
  'tcp.port',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.stream',
  'udp.port',
];
const ADDRESSES = ['ip.addr', 'ip.src', 'ip.dst', 'ipv6.addr', 'ipv6.src', 'ipv6.dst'];
const TEXTS = ['frame.protocols', 'smtp.req.command', 'http.request.method', 'http.user_agent'];

const FIELDS: readonly Field<Frame>[] = [
  ...NUMBERS.map((name): Field<Frame> => ({ name, type: 'number', help: '', each: shown(name, Number) })),
  ...ADDRESSES.map((name): Field<Frame> => ({ name, type: 'address', help: '', each: shown(name, String) })),
  ...TEXTS.map((name): Field<Frame> => ({ name, type: 'string', help: '', each: shown(name, String) })),
  {
    name: 'tcp.payload',
    type: 'bytes',
    help: '',
    each: shown('tcp.payload', (hex) => Buffer.from(hex, 'hex')),
  },
  {
    name: 'tcp.flags.syn',
    type: 'boolean',
    help: '',
    each: shown('tcp.flags.syn', (text) => /^(1|True)$/.test(text)),
  },
  {
    name: 'frame.time',
    type: 'time',
    help: '',
    each: shown('frame.time_epoch', (text) => readTime(text) ?? { seconds: 0, nanoseconds: 0 }),
  },
];

const EXPRESSIONS = [
  'tcp.stream and frame.len > 74',
  'tcp.port == 80 || tcp.port == 25',
  'tcp.port != 80',
  'tcp.port ~= 80',
  'tcp.port === 80',
  'all tcp.port > 1024',
  'tcp.port not in {25, 80, 1000..40000}',
  'frame.number in {1..3, 7, 10 .. 12}',
  'ip.addr == 10.0.0.0/8 or ip.addr == 192.168.0.0/16 or ip.addr == 141.142.0.0/16',
  'ip.src < ip.dst or ipv6.src < ipv6.dst',
  'ip.addr != 10.0.0.0/8 and not ipv6.addr == ::1',
  'ipv6.addr == 2001::/16 or ipv6.addr == fe80::/10',
  'frame.protocols contains "tcp" and not udp.port == 53',
  'frame.protocols matches "(SMTP|http)$"',
  'smtp.req.command matches r"^(?-i)[A-Z]{4}$" and len(smtp.req.command) == 4',
  'lower(http.request.method) == "get" or upper(smtp.req.command) == "EHLO"',
  'tcp.payload contains 0d:0a and len(tcp.payload) > 20',
  String.raw`tcp.payload contains "\r\n" or tcp.payload matches r"mail\s+from"`,
  String.raw`tcp.payload matches r"\r$" and not tcp.payload matches r"\r\z"`,
  'tcp.flags.syn == 1 and tcp.srcport != tcp.dstport',
  'tcp.srcport < tcp.dstport and frame.len >= 60',
  'frame.time_relative > 0.05 and frame.time_relative <= 2.5',
  'frame.time > "2010-01-01 00:00:00" and frame.time < "2019-06-01T00:00:00Z"',
  'udp.port or tcp.port == 80 and frame.number == 1 or not ip.addr and frame.number < 5',
  'count(tcp.port) == 2 and string(tcp.dstport) matches "^[28]"',
];

function tshark(file: string, ...options: readonly string[]): readonly string[] {
  const path = fileURLToPath(new URL(file, CAPTURES));
  const run = spawnSync('tshark', ['-r', path, ...options], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  });
  if (run.status !== 0) throw new Error(`${options.join(' ')}: ${run.stderr}`);
  return run.stdout.split('\n').filter((line) => line !== '');
}

function framesOf(file: string): readonly Frame[] {
  const names = [...FIELDS.map((field) => field.name), 'frame.time_epoch'];
  const columns = names.flatMap((name) => ['-e', name]);
  const format = ['-T', 'fields', '-E', 'aggregator=|'];
  return tshark(file, ...format, ...columns).map((line) => {
    const cells = line.split('\t');
    return new Map(
      names.map((name, at) => [name, (cells[at] ?? '').split('|').filter((text) => text !== '')]),
    );
  });
}

describe.skipIf(!(hasCaptures && (hasTshark || toolsRequired)))(
  'a filter and the same filter of tshark',
  () => {
    describe.each(FILES)('on %s', (file) => {
      let frames: readonly Frame[] = [];
      beforeAll(() => {
        frames = framesOf(file);
      });

      it.each(EXPRESSIONS)('lets the same frames through: %s', (expression) => {
        const filter = compileFilter(expression, new FieldTable(FIELDS));
        if (filter.kind === 'error') throw new Error(filter.message);
        const ours = frames.filter(filter.test).map((frame) => frame.get('frame.number')?.[0]);
        const theirs = tshark(file, '-Y', expression, '-T', 'fields', '-e', 'frame.number');
        expect(frames.length).toBeGreaterThan(5);
        expect(ours).toEqual(theirs);
      });
    });
  },
);
