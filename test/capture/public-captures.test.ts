import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, readAll, Scratch } from './collect.ts';

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
 * The file, or where tshark has no name for its link type (switch tags, Juniper) a copy under one for private use: reading
 * packets does not depend on the link type.
 */
function readable({ file, readStatus }: Listed): string {
  if (readStatus === 0) return root + file;
  const bytes = readFileSync(root + file);
  const isLittleEndian = bytes.readUInt8(0) === 0xd4;
  bytes.set(isLittleEndian ? [147, 0, 0, 0] : [0, 0, 0, 147], 20);
  return scratch.write(file.replaceAll('/', '-'), bytes);
}

/** Custom and journal blocks, which tshark counts as packets and we number but do not hand over. */
function otherRecords(file: string): number {
  return file.endsWith('.pcapng') ? parse('pcapng', readFileSync(root + file)).parser.otherRecords : 0;
}

/** Fractions of 2^31 units, which tshark 4.0 counts as negative numbers of 32 bits; they carry into the seconds. */
const TOO_LARGE_FOR_TSHARK: Readonly<Record<string, string>> = {
  'pcap-formats/tcpdump__timestamp_invalid_micro.pcap 3': '1418147517.483648000',
  'pcap-formats/tcpdump__timestamp_invalid_nano.pcap 3': '1418145372.147483648',
};

describe('the public captures', () => {
  it.skipIf(!here)('are read whole, with as many packets as tshark finds', async () => {
    const listed = manifest().filter(({ readStatus }) => readStatus === 0);
    expect(listed.length).toBeGreaterThan(290);
    for (const { file, packets } of listed) {
      const expected = packets - otherRecords(file);
      const { files, records } = await readAll([root + file]);
      expect(files[0]?.error, file).toBeUndefined();
      expect([file, files[0]?.packets, records.length]).toEqual([file, expected, expected]);
    }
  });

  it.skipIf(!here || !hasTshark)(
    'have the times and lengths that tshark sees (tshark, mergecap)',
    async () => {
      const listed = manifest();
      // One file end to end, because starting tshark three hundred times takes minutes; mergecap reads with the same
      // library as tshark and copies times and lengths. Custom blocks come along, as records without a link type.
      const all = scratch.path('all.pcapng');
      execFileSync('mergecap', ['-a', '-w', all, ...listed.map(readable)]);
      const expected = tsharkFields(all, [
        'frame.time_epoch',
        'frame.cap_len',
        'frame.len',
        'frame.encap_type',
      ])
        .filter(([, , , encapsulation]) => encapsulation !== '')
        .map((fields) => fields.slice(0, 3));
      const seen: string[][] = [];
      const carried: Record<string, string> = {};
      for (const { file } of listed) {
        const { records } = await readAll([root + file]);
        for (const { number, time, hex, wireLength } of records) {
          // mergecap writes time 0 for a packet that has none (simple packet blocks).
          const [theirs = ''] = expected[seen.length] ?? [];
          const packet = `${file} ${number}`;
          if (TOO_LARGE_FOR_TSHARK[packet] !== undefined) carried[packet] = time;
          const isApart = theirs === '0.000000000' || packet in carried;
          seen.push([isApart ? theirs : time, String(hex.length / 2), String(wireLength)]);
        }
      }
      expect(seen.length).toBeGreaterThan(9700);
      expect(seen).toEqual(expected);
      expect(carried).toEqual(TOO_LARGE_FOR_TSHARK);
    },
  );

  it.skipIf(!here || !hasTshark)(
    'keep the frame numbers of tshark where other blocks come between (tshark)',
    async () => {
      const files = manifest().filter(({ file }) => otherRecords(file) > 0);
      expect(files).toHaveLength(8);
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
