import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { PcapngParser } from '../../src/capture/pcapng-parser.ts';
import { PcapngWriter } from '../support/capture-writer.ts';

const writer = new PcapngWriter();
const MILLIONS = 1_000_000;

/** A packet of an interface, at a time in seconds, and what it says was lost before it. */
function packet(seconds: number, drops?: number, from = 0): Buffer {
  const options = drops === undefined ? [] : [{ code: 4, value: writer.u64(drops) }];
  const bytes = Buffer.alloc(60, 7);
  return writer.enhancedPacket({ bytes, interface: from }, BigInt(Math.round(seconds * MILLIONS)), options);
}

/** Statistics of an interface: lost in it and in the kernel so far. */
function statistics(inInterface: number, inKernel: number, of = 0): Buffer {
  return writer.interfaceStatistics(of, [
    { code: 5, value: writer.u64(inInterface) },
    { code: 7, value: writer.u64(inKernel) },
  ]);
}

const begin = (interfaces = 1) =>
  Buffer.concat([
    writer.sectionHeader(),
    ...Array.from({ length: interfaces }, () => writer.interfaceDescription()),
  ]);

/** What is told while the blocks are read: the times between which packets were lost, and the packets' own times. */
function told(...blocks: readonly Buffer[]): readonly (string | number)[] {
  const events: (string | number)[] = [];
  const sink = {
    packet: ({ seconds }: Packet) => events.push(seconds),
    dropped: (from: number, to: number) => events.push(`${from} to ${to}`),
    drained: () => undefined,
  };
  const bytes = Buffer.concat(blocks);
  const parser = new PcapngParser(new Packet(), sink, 2 ** 52);
  parser.push(bytes, 0, bytes.length);
  expect(parser.damage).toBeUndefined();
  return events;
}

describe('what a packet says was lost before it', () => {
  it('was so between the packet before and this one, and is told before this one', () => {
    expect(told(begin(), packet(1), packet(2, 0), packet(5.5, 3), packet(6))).toEqual([
      1,
      2,
      '2 to 5.5',
      5,
      6,
    ]);
  });

  it('of the first packet, before it', () => {
    expect(told(begin(), packet(7, 3))).toEqual(['7 to 7', 7]);
  });

  it('of several interfaces, since the last packet of its own', () => {
    expect(told(begin(2), packet(1), packet(2, 0, 1), packet(3), packet(4, 9, 1))).toEqual([
      1,
      2,
      3,
      '2 to 4',
      4,
    ]);
  });

  it('is told of obsolete packet blocks too, but not where their writer did not know', () => {
    const old = (seconds: number, drops?: number) =>
      writer.obsoletePacket({ bytes: Buffer.alloc(60) }, BigInt(seconds * MILLIONS), drops);
    expect(told(begin(), old(1), old(2, 4), old(3))).toEqual([1, '1 to 2', 2, 3]);
  });
});

describe('what statistics say was lost', () => {
  it('was so since the last statistics, or since the first packet of the section', () => {
    const blocks = [packet(1), packet(2), statistics(0, 5), packet(3), statistics(2, 5), packet(9)];
    expect(told(begin(), ...blocks)).toEqual([1, 2, '1 to 2', 3, '2 to 3', 9]);
  });

  it('is told once: nothing where the counts stay as they were', () => {
    const blocks = [packet(1), statistics(1, 0), packet(2), statistics(1, 0), packet(3), statistics(1, 0)];
    expect(told(begin(), ...blocks)).toEqual([1, '1 to 1', 2, 3]);
  });

  it('is told once where packets have noted the same', () => {
    const blocks = [packet(1), packet(2, 3), packet(3, 4), statistics(0, 7), packet(4), statistics(0, 8)];
    expect(told(begin(), ...blocks)).toEqual([1, '1 to 2', 2, '2 to 3', 3, 4, '3 to 4']);
  });

  it('of a section that begins anew, since it began', () => {
    const first = [packet(1), packet(2), statistics(0, 5)];
    const second = [begin(), packet(100), packet(101), statistics(0, 5)];
    expect(told(begin(), ...first, ...second).slice(3)).toEqual([100, 101, '100 to 101']);
  });

  it('of an interface that has seen no packet, says nothing of when', () => {
    expect(told(begin(), statistics(0, 5), packet(1), statistics(0, 5))).toEqual([1, '1 to 1']);
  });
});

describe('whatever is noted', () => {
  it('the times are finite numbers, and at most one loss is told for each packet or block', () => {
    const block = fc.oneof(
      fc.record({
        seconds: fc.nat(4_000_000),
        drops: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
      }),
      fc.record({ lost: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const written = blocks.map((one) =>
          'lost' in one
            ? writer.interfaceStatistics(0, [{ code: 7, value: writer.u64(one.lost) }])
            : writer.enhancedPacket(
                { bytes: Buffer.alloc(20) },
                BigInt(one.seconds) * 1000n,
                one.drops === null ? [] : [{ code: 4, value: writer.u64(one.drops) }],
              ),
        );
        const events = told(begin(), ...written);
        const losses = events.filter((event) => typeof event === 'string');
        expect(losses.length).toBeLessThanOrEqual(blocks.length);
        for (const loss of losses) expect(loss).toMatch(/^[\d.e-]+ to [\d.e-]+$/);
      }),
    );
  });
});
