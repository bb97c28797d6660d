import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readAll, Scratch } from './collect.ts';

const root = fileURLToPath(new URL('../../../shared/captures/public/', import.meta.url));
const here = existsSync(`${root}manifest.tsv`);
const requireTools = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';
const hasTshark = ['tshark', 'mergecap'].every((tool) => spawnSync(tool, ['--version']).status === 0);
if (requireTools && !hasTshark) throw new Error('tshark and mergecap are missing');

const scratch = new Scratch();
afterAll(() => scratch.remove());

interface Listed {
  readonly file: string;
  readonly packets: number;
  readonly readStatus: number;
}

function manifest(): readonly Listed[] {
  const [header = '', ...lines] = readFileSync(`${root}manifest.tsv`, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  const column = (cells: readonly string[], name: string) => cells[names.indexOf(name)] ?? '';
  return lines.map((line) => {
    const cells = line.split('\t');
    const [packets, readStatus] = [Number(column(cells, 'packets')), Number(column(cells, 'read_rc'))];
    return { file: column(cells, 'file'), packets, readStatus };
  });
}

/**
 * Where tshark 4.0 reads nothing because it knows no name for the link type (Broadcom and Marvell switch tags,
 * Juniper; one of them with FCS bits in the field). Reading packets does not depend on the link type.
 */
const UNKNOWN_TO_TSHARK: Readonly<Record<string, number>> = {
  'linktypes/tcpdump__brcm-tag-prepend.pcap': 15,
  'linktypes/tcpdump__brcm-tag.pcap': 23,
  'linktypes/tcpdump__dsa-high-vid.pcap': 4,
  'linktypes/tcpdump__edsa-high-vid.pcap': 4,
  'linktypes/tcpdump__edsa.pcap': 10,
  'linktypes/tcpdump__juniper_es_oobr.pcap': 1,
  'linktypes/tcpdump__juniper_monitor_invalid_cookie_length.pcap': 1,
};

/** Custom and journal blocks in these files, which tshark counts as packets and we number but do not hand over. */
const OTHER_RECORDS: Readonly<Record<string, number>> = {
  'basic-test017': 4,
  'basic-test018': 4,
  'advanced-test102': 3,
  'difficult-test202': 3,
};

function otherRecords(file: string): number {
  return OTHER_RECORDS[/output_[bl]e-(.*)\.pcapng$/.exec(file)?.[1] ?? ''] ?? 0;
}

/** Their fractions of a second are out of range: tshark prints ten digits or a negative time, we carry. */
const INVALID_TIMES = [
  'pcap-formats/tcpdump__timestamp_invalid_micro.pcap',
  'pcap-formats/tcpdump__timestamp_invalid_nano.pcap',
];

describe('the public captures', () => {
  it.skipIf(!here)('are read whole, with as many packets as tshark finds', async () => {
    const listed = manifest();
    expect(listed.length).toBeGreaterThan(300);
    for (const { file, packets, readStatus } of listed) {
      const expected = UNKNOWN_TO_TSHARK[file] ?? packets - otherRecords(file);
      expect(readStatus === 0, file).toBe(UNKNOWN_TO_TSHARK[file] === undefined);
      const { files, records } = await readAll([root + file]);
      expect(files[0]?.error, file).toBeUndefined();
      expect([file, files[0]?.packets, records.length]).toEqual([file, expected, expected]);
    }
  });

  it.skipIf(!here || !hasTshark)(
    'have the times and lengths that tshark sees (tshark, mergecap)',
    async () => {
      const files = manifest()
        .filter(({ file, readStatus }) => readStatus === 0 && !INVALID_TIMES.includes(file))
        .map(({ file }) => root + file);
      // One file end to end, because starting tshark three hundred times takes minutes; mergecap reads with the same
      // library as tshark and copies times and lengths. Custom blocks come along, as records without a link type.
      const all = scratch.path('all.pcapng');
      execFileSync('mergecap', ['-a', '-w', all, ...files]);
      const expected = tsharkFields(all, [
        'frame.time_epoch',
        'frame.cap_len',
        'frame.len',
        'frame.encap_type',
      ])
        .filter(([, , , encapsulation]) => encapsulation !== '')
        .map((fields) => fields.slice(0, 3));
      const seen: string[][] = [];
      for (const file of files) {
        const { records } = await readAll([file]);
        for (const { time, hex, wireLength } of records) {
          // mergecap writes time 0 for a packet that has none (simple packet blocks).
          const timeless = expected[seen.length]?.[0] === '0.000000000';
          seen.push([timeless ? '0.000000000' : time, String(hex.length / 2), String(wireLength)]);
        }
      }
      expect(seen.length).toBeGreaterThan(9700);
      expect(seen).toEqual(expected);
    },
  );

  it.skipIf(!here || !hasTshark)(
    'keep the frame numbers of tshark where other blocks come between (tshark)',
    async () => {
      const files = manifest().filter(({ file }) => otherRecords(file) > 0 && file.includes('output_be'));
      expect(files).toHaveLength(4);
      for (const { file } of files) {
        const frames = tsharkFields(root + file, ['frame.number', 'frame.cap_len', 'frame.encap_type']);
        const packets = frames.filter(([, , encapsulation]) => encapsulation !== '');
        const { records } = await readAll([root + file]);
        expect([file, records.map(({ number, hex }) => [number, hex.length / 2])]).toEqual([
          file,
          packets.map(([number, length]) => [Number(number), Number(length)]),
        ]);
      }
    },
  );

  it.skipIf(!here)('in microsecond pcap are the same to pcap-parser', async () => {
    let compared = 0;
    for (const { file } of manifest()) {
      const magic = readFileSync(root + file)
        .subarray(0, 4)
        .toString('hex');
      if (magic !== 'd4c3b2a1' && magic !== 'a1b2c3d4') continue;
      const { records } = await readAll([root + file]);
      expect([
        file,
        records.map(({ hex, wireLength, time }) => [hex, wireLength, microseconds(time)]),
      ]).toEqual([file, await readWithPcapParser(root + file)]);
      compared++;
    }
    expect(compared).toBeGreaterThan(200);
  });
});

function tsharkFields(path: string, fields: readonly string[]): readonly string[][] {
  const wanted = fields.flatMap((field) => ['-e', field]);
  const output = execFileSync('tshark', ['-n', '-r', path, '-T', 'fields', ...wanted], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

function microseconds(time: string): number {
  const [seconds, nanoseconds] = time.split('.').map(Number);
  return (seconds ?? 0) * 1_000_000 + (nanoseconds ?? 0) / 1000;
}

interface ForeignPacket {
  readonly header: {
    readonly timestampSeconds: number;
    readonly timestampMicroseconds: number;
    readonly originalLength: number;
  };
  readonly data: Buffer;
}

interface ForeignParser {
  on(event: 'packet', listener: (packet: ForeignPacket) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
}

/** pcap-parser has no types of its own; an untyped `require` is the border. */
function readWithPcapParser(path: string): Promise<readonly [string, number, number][]> {
  const { parse }: { parse(path: string): ForeignParser } = createRequire(import.meta.url)('pcap-parser');
  return new Promise((resolve, reject) => {
    const seen: [string, number, number][] = [];
    const parser = parse(path);
    parser.on('packet', ({ header, data }) => {
      const time = header.timestampSeconds * 1_000_000 + header.timestampMicroseconds;
      seen.push([data.toString('hex'), header.originalLength, time]);
    });
    parser.on('end', () => resolve(seen));
    parser.on('error', reject);
  });
}
