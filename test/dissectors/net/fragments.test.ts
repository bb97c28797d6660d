import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecoderLimits, PacketDecoder } from '../../../dissectors/packet-decoder.ts';
import {
  DATAGRAM,
  type DecodedPacket,
  decodeWith,
  hex,
  type Ipv4Options,
  ipv4,
  ipv6,
  LIMITS,
  packetOf,
  SEGMENT,
  SEGMENT_IPV6,
  tcp,
  udp,
} from '../frames.ts';

const IPV4 = 228;
const IPV6 = 229;

/** A piece of `whole` as an IPv4 fragment. */
function piece(whole: Buffer, from: number, to: number, given: Ipv4Options = {}): Buffer {
  return ipv4(whole.subarray(from, to), { id: 77, offset: from, more: to < whole.length, ...given });
}

function ipv6Piece(whole: Buffer, from: number, to: number, next = 6): Buffer {
  const header = hex(`${next.toString(16).padStart(2, '0')}00 0000 0000004d`);
  header.writeUInt16BE(from | (to < whole.length ? 1 : 0), 2);
  return ipv6(Buffer.concat([header, whole.subarray(from, to)]), 44);
}

function feed(
  packets: readonly Buffer[],
  linkType = IPV4,
  decoder = new PacketDecoder(LIMITS),
): DecodedPacket[] {
  return packets.map((bytes) => decodeWith(decoder, packetOf(linkType, bytes)));
}

const TEXT = Buffer.from(Array.from({ length: 60 }, (_, i) => 0x20 + i));
const WHOLE = tcp(TEXT);
const HELD: DecodedPacket = { outcome: 'held' };
const COMPLETE = { ...SEGMENT, payload: TEXT.toString('latin1'), wireLength: 60 };

describe('fragments', () => {
  it('are put together in order', () => {
    expect(feed([piece(WHOLE, 0, 32), piece(WHOLE, 32, 64), piece(WHOLE, 64, 80)])).toEqual([
      HELD,
      HELD,
      COMPLETE,
    ]);
  });

  it('are put together in reverse order', () => {
    expect(feed([piece(WHOLE, 64, 80), piece(WHOLE, 32, 64), piece(WHOLE, 0, 32)])).toEqual([
      HELD,
      HELD,
      COMPLETE,
    ]);
  });

  it('of IPv6 are put together, with addresses readable in the new buffer', () => {
    const packets = [ipv6Piece(WHOLE, 40, 80), ipv6Piece(WHOLE, 0, 40)];
    const expected = { ...SEGMENT_IPV6, payload: TEXT.toString('latin1'), wireLength: 60 };
    expect(feed(packets, IPV6)).toEqual([HELD, expected]);
  });

  it('of IPv6 take their protocol from the first piece, whatever the others say', () => {
    const packets = [ipv6Piece(WHOLE, 40, 80, 17), ipv6Piece(WHOLE, 0, 40, 6)];
    expect(feed(packets, IPV6)[1]).toMatchObject({ outcome: 'tcp', ports: [40000, 34567] });
  });

  it('a first piece with the whole TCP header still waits', () => {
    expect(feed([piece(WHOLE, 0, 72)])).toEqual([HELD]);
  });

  it('leave the packet buffer alone, and each datagram its own', () => {
    const decoder = new PacketDecoder(LIMITS);
    const kept: Uint8Array[] = [];
    for (const id of [1, 2]) {
      feed([piece(WHOLE, 0, 32, { id }), piece(WHOLE, 32, 80, { id })], IPV4, decoder);
      kept.push(decoder.bytes);
    }
    expect(kept[0]).not.toBe(kept[1]);
    expect(kept[0]?.subarray(0, 8)).toEqual(hex('0a000001 0a000002'));
  });

  it('keep datagrams of other identification, protocol and addresses apart', () => {
    const other = piece(WHOLE, 32, 80);
    other[15] = 9; // source address
    const packets = [
      piece(WHOLE, 0, 32),
      piece(WHOLE, 32, 80, { id: 78 }),
      piece(WHOLE, 32, 80, { protocol: 17 }),
      other,
      piece(WHOLE, 32, 80),
    ];
    expect(feed(packets)).toEqual([HELD, HELD, HELD, HELD, COMPLETE]);
  });

  it('that overlap: the first to arrive wins', () => {
    const changed = Buffer.concat([WHOLE.subarray(0, 24), Buffer.alloc(56, 0x58)]);
    const packets = [piece(WHOLE, 32, 64), piece(changed, 24, 72), piece(WHOLE, 0, 32), piece(WHOLE, 64, 80)];
    const mine = (from: number, to?: number) => TEXT.toString('latin1', from, to);
    const text = `${mine(0, 4)}XXXXXXXX${mine(12, 44)}XXXXXXXX${mine(52)}`;
    expect(feed(packets)).toEqual([HELD, HELD, HELD, { ...COMPLETE, payload: text }]);
  });

  it('that come twice change nothing', () => {
    const first = piece(WHOLE, 0, 40);
    expect(feed([first, first, piece(WHOLE, 40, 80)])).toEqual([HELD, HELD, COMPLETE]);
  });

  it('with two different ends: the first stands', () => {
    const early = ipv4(WHOLE.subarray(40, 48), { id: 77, offset: 40 });
    expect(feed([piece(WHOLE, 72, 80), early, piece(WHOLE, 0, 72)])).toEqual([HELD, HELD, COMPLETE]);
  });

  it('beyond 65,535 bytes or without data are malformed', () => {
    const decoder = new PacketDecoder(LIMITS);
    const beyond = ipv4(Buffer.alloc(16), { id: 77, offset: 65_528 });
    const empty = ipv4(Buffer.alloc(0), { id: 77, offset: 8, more: true });
    for (const bytes of [beyond, empty]) {
      expect(decodeWith(decoder, packetOf(IPV4, bytes))).toMatchObject({
        outcome: 'undecoded',
        undecoded: { reason: 'malformed', layer: 'fragment' },
      });
    }
  });

  it('of the largest datagram are put together', () => {
    const whole = udp(Buffer.alloc(65_500, 0x41), 34569, 65_508);
    const packets = Array.from({ length: 47 }, (_, i) =>
      piece(whole, i * 1424, Math.min((i + 1) * 1424, whole.length), { protocol: 17 }),
    );
    const last = feed(packets).at(-1);
    expect(last).toMatchObject({ outcome: 'udp', ports: [40000, 34569], wireLength: 65_500 });
    expect(last?.payload).toBe('A'.repeat(65_500));
  });

  it('cut by the snap length: the beginning is used, the rest is not', () => {
    const decoder = new PacketDecoder(LIMITS);
    const first = piece(WHOLE, 0, 64);
    const cut = packetOf(IPV4, first.subarray(0, 60), { wireLength: first.length });
    expect(decodeWith(decoder, cut)).toMatchObject({
      outcome: 'tcp',
      payload: TEXT.toString('latin1', 0, 20),
      wireLength: 44,
    });
    const second = piece(WHOLE, 64, 80);
    const cutToo = packetOf(IPV4, second.subarray(0, 30), { wireLength: second.length });
    expect(decodeWith(decoder, cutToo)).toMatchObject({
      undecoded: { reason: 'cut-short', layer: 'fragment' },
    });
  });

  it('inside a tunnel, and tunnels inside fragments', () => {
    const inner = ipv4(udp(), { protocol: 17 });
    const vxlan = udp(Buffer.concat([hex('08000000 00000100 020000000002 020000000001 0800'), inner]), 4789);
    expect(
      feed([piece(vxlan, 0, 24, { protocol: 17 }), piece(vxlan, 24, vxlan.length, { protocol: 17 })]),
    ).toEqual([HELD, DATAGRAM]);
    const tunnelled = [piece(WHOLE, 0, 40), piece(WHOLE, 40, 80)].map((bytes) =>
      ipv4(bytes, { protocol: 4 }),
    );
    expect(feed(tunnelled)).toEqual([HELD, COMPLETE]);
  });
});

describe('fragment limits', () => {
  const first = (id: number) => piece(WHOLE, 0, 40, { id });
  const last = (id: number) => piece(WHOLE, 40, 80, { id });
  const decoderWith = (limits: Partial<DecoderLimits>) => new PacketDecoder({ ...LIMITS, ...limits });

  it('by number: the oldest datagram goes', () => {
    const decoder = decoderWith({ fragmentedDatagrams: 2 });
    const outcomes = feed([first(1), first(2), first(3), last(2), last(3), last(1)], IPV4, decoder);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held', 'tcp', 'tcp', 'held']);
    expect(decoder.counters).toMatchObject({ evictedDatagrams: 1, reassembledDatagrams: 2, held: 4 });
  });

  it('by bytes: one datagram beyond them is let go, and the next one still works', () => {
    const decoder = decoderWith({ fragmentBytes: 5000 });
    const huge = ipv4(Buffer.alloc(1400), { id: 9, offset: 8000, more: true });
    feed([huge], IPV4, decoder);
    expect(decoder.counters.evictedDatagrams).toBe(1);
    expect(feed([first(1), last(1)], IPV4, decoder)[1]).toEqual(COMPLETE);
  });

  it('by age in capture time', () => {
    const decoder = decoderWith({ fragmentSeconds: 30 });
    const at = (seconds: number, bytes: Buffer) =>
      decodeWith(decoder, packetOf(IPV4, bytes, { seconds })).outcome;
    expect([at(100, first(1)), at(130, last(1))]).toEqual(['held', 'tcp']);
    expect([at(100, first(2)), at(131, last(2))]).toEqual(['held', 'held']);
    expect(decoder.counters.expiredDatagrams).toBe(1);
  });

  it('what is still in pieces at the end is counted once', () => {
    const decoder = decoderWith({});
    feed([first(1), first(2), first(3), last(3)], IPV4, decoder);
    decoder.finish();
    decoder.finish();
    expect(decoder.counters).toMatchObject({ incompleteDatagrams: 2, reassembledDatagrams: 1 });
  });
});

describe('any fragments', () => {
  it('that cover the datagram give it, in any order, with any duplicates', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 });
    fc.assert(
      fc.property(
        cuts,
        fc.array(fc.nat(20), { maxLength: 10 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (inner, duplicates, order) => {
          const edges = [0, ...inner.map((cut) => cut * 8).sort((a, b) => a - b), WHOLE.length];
          const pieces = edges.slice(1).map((edge, i) => piece(WHOLE, edges[i] ?? 0, edge));
          const twice = duplicates
            .map((i) => pieces[i % pieces.length] ?? pieces[0])
            .filter((bytes) => bytes !== undefined);
          const shuffled = [...pieces, ...twice]
            .map((bytes) => ({ bytes, key: order.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ bytes }) => bytes);
          const answers = feed(shuffled).filter(({ outcome }) => outcome === 'tcp');
          expect(answers[0]).toEqual(COMPLETE);
        },
      ),
    );
  });

  it('never grow beyond the limits or take more than a blink, however hostile', () => {
    const decoder = new PacketDecoder({ ...LIMITS, fragmentedDatagrams: 8, fragmentBytes: 200_000 });
    const hostile = fc.record({
      id: fc.nat(20),
      offset: fc.nat(8191),
      length: fc.integer({ min: 0, max: 1480 }),
      more: fc.boolean(),
      seconds: fc.integer(),
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 200 }), (pieces) => {
        for (const { id, offset, length, more, seconds } of pieces) {
          const bytes = ipv4(Buffer.alloc(length, id), { id, offset: offset * 8, more });
          const { outcome } = decodeWith(decoder, packetOf(IPV4, bytes, { seconds }));
          expect(['held', 'undecoded', 'tcp']).toContain(outcome);
        }
        const { held, undecoded, tcp: segments } = decoder.counters;
        expect(held + undecoded + segments).toBeGreaterThanOrEqual(pieces.length);
      }),
    );
  });
});
