import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Packet, RECENT_CHUNKS } from '../../dissectors/core/packet.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { PcapngWriter, writePcap, writePcapng } from '../support/capture-writer.ts';
import { readAll, Scratch } from './collect.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

const at = (seconds: number, ...bytes: number[]) => ({ bytes: Uint8Array.from(bytes), seconds });
const early = writePcap([at(100, 1), at(300, 2)]);
const late = writePcapng([at(200, 3)]);

/** A capture of several chunks whose packets all differ. */
function largeCapture(): Buffer {
  const packets = Array.from({ length: 9000 }, (_, index) => ({
    bytes: Buffer.alloc(1000 + (index % 700), index),
    seconds: 1_700_000_000 + index,
  }));
  return writePcap(packets);
}

describe('reading captures', () => {
  it('reports each file and counts packets over all of them', async () => {
    const [one, two] = [scratch.write('one.pcap', early), scratch.write('two.pcapng', late)];
    const { files, records } = await readAll([one, two]);
    expect(files).toEqual([
      {
        path: one,
        format: 'pcap',
        bytes: early.length,
        packets: 2,
        interfaces: [{ section: 0, id: 0, linkType: 1, snapLength: 262_144 }],
      },
      {
        path: two,
        format: 'pcapng',
        bytes: late.length,
        packets: 1,
        interfaces: [{ section: 0, id: 0, linkType: 1 }],
      },
    ]);
    expect(records.map(({ number, file, hex }) => [number, file, hex])).toEqual([
      [1, 0, '01'],
      [2, 0, '02'],
      [3, 1, '03'],
    ]);
  });

  it('takes several files in order of their first packets; what has none keeps its place', async () => {
    const names = ['z.pcap', 'none.pcap', 'y.pcap', 'missing.pcap', 'x.pcap.gz'].map((name) =>
      scratch.path(name),
    );
    scratch.write('z.pcap', writePcap([at(30, 3)]));
    scratch.write('none.pcap', writePcap([]));
    scratch.write('y.pcap', writePcap([at(20, 2)]));
    scratch.write('x.pcap.gz', gzipSync(writePcap([at(10, 1)])));
    const { files, records } = await readAll(names);
    expect(files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))).toEqual([
      'x.pcap.gz',
      'none.pcap',
      'y.pcap',
      'missing.pcap',
      'z.pcap',
    ]);
    expect(records.map(({ file, hex }) => [file, hex])).toEqual([
      [0, '01'],
      [2, '02'],
      [4, '03'],
    ]);
  });

  it('stops after the number of packets asked for', async () => {
    const paths = [scratch.write('one.pcap', early), scratch.write('two.pcapng', late)];
    const one = await readAll(paths, { maxPackets: 1 });
    expect(one.records).toHaveLength(1);
    expect(one.files.map(({ packets, error }) => [packets, error])).toEqual([[1, undefined]]);
    expect((await readAll(paths, { maxPackets: 3 })).records).toHaveLength(3);
    expect((await readAll(paths, { maxPackets: 0 })).files).toEqual([]);
  });

  it('reads the same in chunks of any size, also where records are larger than a chunk', async () => {
    const paths = [scratch.write('one.pcap', early), scratch.write('two.pcapng', late)];
    const whole = await readAll(paths);
    for (const chunkBytes of [16, 64, 4096]) {
      const { records, files } = await readAll(paths, { chunkBytes });
      expect(records).toEqual(whole.records);
      expect(files.map(({ packets, error }) => [packets, error])).toEqual(
        whole.files.map(({ packets, error }) => [packets, error]),
      );
    }
  });

  it('keeps the last chunks intact while it reads on', async () => {
    const path = scratch.write('large.pcap', largeCapture());
    const kept: { chunk: number; bytes: Uint8Array; first: number }[] = [];
    let chunks = 0;
    const sink = {
      packet(packet: Packet): void {
        const bytes = packet.bytes.subarray(packet.start, packet.end);
        chunks = packet.chunk;
        const first = (packet.number - 1) & 0xff;
        kept.push({ chunk: packet.chunk, bytes, first });
        for (let index = kept.length - 1; index >= 0; index -= 97) {
          const old = kept[index];
          if (old === undefined || old.chunk <= packet.chunk - RECENT_CHUNKS) break;
          if (old.bytes[0] !== old.first || old.bytes.at(-1) !== old.first) throw new Error('overwritten');
        }
      },
      drained: () => undefined,
    };
    const [file] = await readCaptures([path], sink);
    expect(file?.packets).toBe(9000);
    expect(chunks).toBeGreaterThan(RECENT_CHUNKS);
  });

  it('waits between two chunks until the sink has drained', async () => {
    const path = scratch.write('large.pcap', largeCapture());
    let waiting = false;
    let waits = 0;
    const sink = {
      packet(): void {
        if (waiting) throw new Error('a packet came too early');
      },
      drained(): Promise<void> {
        waiting = true;
        waits++;
        return new Promise((resolve) =>
          setImmediate(() => {
            waiting = false;
            resolve();
          }),
        );
      },
    };
    expect((await readCaptures([path], sink))[0]?.packets).toBe(9000);
    expect(waits).toBeGreaterThan(RECENT_CHUNKS);
  });

  it('tells how far it has come', async () => {
    const capture = largeCapture();
    const paths = [scratch.write('large.pcap', capture), scratch.write('one.pcap', early)];
    const seen: [number, number | undefined][] = [];
    await readAll(paths, { onProgress: (bytes, total) => seen.push([bytes, total]) });
    const total = capture.length + early.length;
    expect(seen.at(-1)).toEqual([total, total]);
    expect(seen.map(([bytes]) => bytes)).toEqual(seen.map(([bytes]) => bytes).sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(10);
  });

  it('ends at an abort with what was read', async () => {
    const path = scratch.write('large.pcap', largeCapture());
    const stop = new AbortController();
    const { files, records } = await readAll([path, path], {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(files).toHaveLength(1);
    expect(files[0]?.error).toBeUndefined();
    expect(records.length).toBeGreaterThan(0);
    expect(records.length).toBeLessThan(9000);
  });

  it('rejects with what the sink throws, and nothing is left open', async () => {
    const path = scratch.write('large.pcap', largeCapture());
    const sink = {
      packet(): void {
        throw new Error('ours');
      },
      drained: () => undefined,
    };
    await expect(readCaptures([path], sink)).rejects.toThrow('ours');
  });

  it('reads on in a file that grows meanwhile, without a hole', async () => {
    const capture = largeCapture();
    const path = scratch.write('growing.pcap', capture.subarray(0, 700_000));
    let grown = false;
    const digest = createHash('sha256');
    const sink = {
      packet(packet: Packet): void {
        digest.update(packet.bytes.subarray(packet.start - 16, packet.end));
      },
      drained(): undefined {
        if (!grown) appendFileSync(path, capture.subarray(700_000));
        grown = true;
      },
    };
    const [file] = await readCaptures([path], sink);
    expect(file).toMatchObject({ packets: 9000, bytes: capture.length });
    expect(digest.digest('hex')).toBe(createHash('sha256').update(capture.subarray(24)).digest('hex'));
  });

  it('holds a record that is larger than a chunk in one piece', async () => {
    const bytes = Buffer.alloc(5_000_000);
    for (let index = 0; index < bytes.length; index += 4) bytes.writeUInt32LE(index, index);
    const small = at(1, 7);
    const capture = writePcap([small, { bytes }, small, { bytes }, small], { snapLength: 6_000_000 });
    const sums: string[] = [];
    const sink = {
      packet(packet: Packet): void {
        const data = packet.bytes.subarray(packet.start, packet.end);
        sums.push(createHash('sha256').update(data).digest('hex'));
      },
      drained: () => undefined,
    };
    const [file] = await readCaptures([scratch.write('jumbo.pcap', capture)], sink);
    expect(file?.error).toBeUndefined();
    const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    const [little, jumbo] = [digest(small.bytes), digest(bytes)];
    expect(sums).toEqual([little, jumbo, little, jumbo, little]);
  });
});

describe('a file that cannot be read', () => {
  const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
  const xz = Buffer.from('fd377a585a000004', 'hex');
  it.each([
    [
      'photo.jpg',
      jpeg,
      'not-a-capture',
      /: not a capture file: it begins with ff d8 ff e0; expected pcap, pcapng, or one/,
    ],
    ['empty.pcap', Buffer.alloc(0), 'empty', /: is empty \(0 bytes\); expected a capture file$/],
    [
      'capture.xz',
      xz,
      'unsupported-compression',
      /: compressed with xz, which is not read; unpack it first$/,
    ],
    ['old.snoop', Buffer.from('snoop\0\0\0'), 'not-a-capture', /begins with 73 6e 6f 6f \(snoop\); expected/],
    ['short', Buffer.from('d4c3', 'hex'), 'not-a-capture', /begins with d4 c3; expected/],
    [
      'twice.gz',
      gzipSync(gzipSync(early)),
      'not-a-capture',
      /the gzip data begin with 1f 8b 08 00; expected pcap or/,
    ],
    ['nothing.gz', gzipSync(''), 'empty', /holds nothing but gzip framing/],
  ])('is named with the reason: %s', async (name, bytes, code, message) => {
    const path = scratch.write(name, bytes);
    const { files } = await readAll([path]);
    expect(files).toMatchObject([
      { path, format: 'unknown', packets: 0, interfaces: [], error: { code, offset: 0 } },
    ]);
    expect(files[0]?.error?.message).toMatch(message);
    expect(files[0]?.error?.message.startsWith(`${path}: `)).toBe(true);
  });

  it('does not keep the others from being read', async () => {
    mkdirSync(scratch.path('folder'));
    const paths = [scratch.path('no-such.pcap'), scratch.path('folder'), scratch.write('one.pcap', early)];
    const { files, records } = await readAll(paths);
    expect(files.map(({ error, packets }) => [error?.code, packets])).toEqual([
      ['not-found', 0],
      ['directory', 0],
      [undefined, 2],
    ]);
    expect(records.map(({ file }) => file)).toEqual([2, 2]);
  });

  it('says so when reading is not permitted', async () => {
    const path = scratch.write('secret.pcap', early);
    chmodSync(path, 0);
    // Root may read everything, so it becomes nobody for the moment.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      expect((await readAll([path])).files[0]?.error?.code).toBe('unreadable');
    } finally {
      if (root) process.seteuid?.(0);
    }
  });

  it('is reported on one line, whatever its name', async () => {
    const { files } = await readAll([scratch.path('a\nb\x1b[2Jc')]);
    expect(files[0]?.error?.message).toMatch(/a\?b\?\[2Jc: no such file$/);
  });
});

describe('a damaged file', () => {
  it('is read up to the damage and reported with the byte offset', async () => {
    const writer = new PcapngWriter();
    const front = Buffer.concat([
      writer.sectionHeader(),
      writer.interfaceDescription(),
      writer.enhancedPacket(at(0, 1), 0n),
    ]);
    const cut = writer.enhancedPacket({ bytes: Buffer.alloc(1500) }, 0n).subarray(0, 312);
    const path = scratch.write('cut.pcapng', Buffer.concat([front, cut]));
    const { files, records } = await readAll([path]);
    expect(records).toHaveLength(1);
    expect(files[0]).toMatchObject({ format: 'pcapng', packets: 1 });
    expect(files[0]?.error).toEqual({
      code: 'truncated',
      offset: 84,
      message: `${path}: truncated at byte 84: a packet block promises 1,532 bytes, 312 are there`,
    });
  });

  it('never throws and always answers, whatever bytes it holds', async () => {
    const magics = [
      '',
      '1f8b0800000000000003',
      '28b52ffd',
      'd4c3b2a102000400',
      '0a0d0d0a1c0000004d3c2b1a',
      '0a0d0d0a',
    ];
    const heads = fc.constantFrom(...magics).map((magic) => Buffer.from(magic, 'hex'));
    await fc.assert(
      fc.asyncProperty(heads, fc.uint8Array({ minLength: 1, maxLength: 300 }), async (head, noise) => {
        const bytes = Buffer.concat([head, noise]);
        const { files, records } = await readAll([scratch.write('noise', bytes)]);
        expect(files).toMatchObject([{ bytes: bytes.length, packets: records.length }]);
        const { error } = files[0] ?? {};
        if (error !== undefined) expect(error.message).toMatch(/^[^\n]+noise: [^\n]+$/);
      }),
      { numRuns: 200 },
    );
  });

  it('with a header only is a capture without packets', async () => {
    const { files } = await readAll([scratch.write('header.pcap', writePcap([]))]);
    expect(files[0]).toMatchObject({ format: 'pcap', packets: 0 });
    expect(files[0]?.error).toBeUndefined();
  });

  it('never lets a length take memory', async () => {
    const capture = Buffer.concat([writePcap([], { snapLength: 0xffff_ffff }), Buffer.alloc(16, 0)]);
    capture.writeUInt32LE(16_000_000, 24 + 8);
    const path = scratch.write('liar.pcap', capture);
    const before = process.memoryUsage().arrayBuffers;
    const { files } = await readAll([path]);
    expect(files[0]?.error).toMatchObject({ code: 'truncated', offset: 24 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000);
  });
});
