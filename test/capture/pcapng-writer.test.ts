import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { PcapngWriter } from '../../src/capture/pcapng-writer.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { isMissing, scratchDirectory } from '../cli/dvrscope.ts';

const write = scratchDirectory();

interface Plain {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly linkType: number;
  readonly bytes: Buffer;
  readonly wireLength: number;
}

function pcapng(packets: readonly Plain[]): Buffer {
  const pieces: Buffer[] = [];
  const writer = new PcapngWriter('dvrscope', (bytes) => pieces.push(Buffer.from(bytes)));
  for (const { bytes, ...rest } of packets) {
    // Somewhere inside a larger buffer, as a reader has it.
    const inside = Buffer.concat([Buffer.alloc(7, 0xaa), bytes, Buffer.alloc(5, 0xbb)]);
    writer.packet(Object.assign(new Packet(), rest, { bytes: inside, start: 7, end: 7 + bytes.length }));
  }
  writer.end();
  const whole = Buffer.concat(pieces);
  expect(writer.bytes).toBe(whole.length);
  expect(writer.packets).toBe(packets.length);
  return whole;
}

async function readBack(bytes: Buffer): Promise<Plain[]> {
  const packets: Plain[] = [];
  const [file] = await readCaptures([write('written.pcapng', bytes)], {
    packet: ({ seconds, nanoseconds, linkType, wireLength, bytes: chunk, start, end }) => {
      packets.push({
        seconds,
        nanoseconds,
        linkType,
        wireLength,
        bytes: Buffer.from(chunk.subarray(start, end)),
      });
    },
    drained: () => undefined,
  });
  expect(file?.error).toBeUndefined();
  expect(file?.format).toBe('pcapng');
  return packets;
}

const packet = fc
  .record({
    seconds: fc.oneof(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
    ),
    nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
    linkType: fc.constantFrom(1, 101, 113, 276),
    bytes: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    cut: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ cut, ...rest }) => ({ ...rest, wireLength: rest.bytes.length + cut }));

describe('the pcapng writer', () => {
  it('writes what is read back the same: bytes, lengths, link types, times to the nanosecond', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { minLength: 1, maxLength: 30 }), async (packets) => {
        expect(await readBack(pcapng(packets))).toEqual(packets);
      }),
      { numRuns: 100 },
    );
  });

  it('writes packets larger than what it gathers', async () => {
    const large = {
      seconds: 5,
      nanoseconds: 1,
      linkType: 1,
      bytes: Buffer.alloc(262_144, 7),
      wireLength: 262_144,
    };
    const small = { ...large, seconds: 6, bytes: Buffer.from('small'), wireLength: 5 };
    expect(await readBack(pcapng([small, large, small]))).toEqual([small, large, small]);
  });

  it.skipIf(isMissing('tshark') || isMissing('capinfos'))('is read by tshark and capinfos', () => {
    const packets = [0, 1, 2].map((i) => ({
      seconds: 1_700_000_000 + i,
      nanoseconds: 123_456_789 + i,
      linkType: i === 2 ? 101 : 1,
      bytes: Buffer.alloc(61 + i, i),
      wireLength: 100 + i,
    }));
    const path = write('tshark.pcapng', pcapng(packets));
    const fields = ['frame.time_epoch', 'frame.len', 'frame.cap_len', 'frame.interface_id'];
    const ended = spawnSync('tshark', [
      '-r',
      path,
      '-T',
      'fields',
      ...fields.flatMap((field) => ['-e', field]),
    ]);
    expect(ended.stdout.toString().trim().split('\n')).toEqual([
      '1700000000.123456789\t100\t61\t0',
      '1700000001.123456790\t101\t62\t0',
      '1700000002.123456791\t102\t63\t1',
    ]);
    const about = spawnSync('capinfos', ['-E', '-c', '-t', path]).stdout.toString();
    expect(about).toContain('pcapng');
    expect(about).toMatch(/Number of packets:\s+3/);
  });
});
