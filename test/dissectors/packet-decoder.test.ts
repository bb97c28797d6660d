import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor } from '../../dissectors/core/cursor.ts';
import { ETHERNET, FRAGMENT, IPV4, LAYER_NAMES, TCP_SEGMENT } from '../../dissectors/core/layer.ts';
import { UNKNOWN_PAYLOAD } from '../../dissectors/core/refusal.ts';
import { decodeLayer } from '../../dissectors/layers.ts';
import { LINK_TYPES } from '../../dissectors/link/link-types.ts';
import { HELD, OTHER, PacketDecoder, TCP, UDP, UNDECODED } from '../../dissectors/packet-decoder.ts';
import { decode, decodeWith, ethernet, hex, ipv4, LIMITS, packetOf, SEGMENT, tcp, udp } from './frames.ts';
import { IPV6_STACKS, LINK_STACKS, TUNNEL_STACKS } from './stacks.ts';

describe('the packet decoder', () => {
  it('counts each packet under its outcome', () => {
    const decoder = new PacketDecoder(LIMITS);
    const frames: readonly (readonly [Buffer, number])[] = [
      [ethernet(0x0800, ipv4(tcp())), TCP],
      [ethernet(0x0800, ipv4(tcp())), TCP],
      [ethernet(0x0800, ipv4(udp(), { protocol: 17 })), UDP],
      [ethernet(0x0806, Buffer.alloc(46)), OTHER],
      [ethernet(0x0800, ipv4(Buffer.alloc(8), { more: true })), HELD],
      [ethernet(0x7777, Buffer.alloc(46)), UNDECODED],
    ];
    for (const [bytes, outcome] of frames) expect(decoder.decode(packetOf(1, bytes))).toBe(outcome);
    expect(decoder.counters).toMatchObject({ tcp: 2, udp: 1, other: 1, held: 1, undecoded: 1, snapCut: 0 });
  });

  it('lists what it could not decode by kind', () => {
    const decoder = new PacketDecoder(LIMITS);
    const decodeTwice = (linkType: number, bytes: Buffer) => {
      for (let i = 0; i < 2; i += 1) decoder.decode(packetOf(linkType, bytes));
    };
    decodeTwice(9999, hex('00'));
    decodeTwice(1, ethernet(0x7777, hex('00')));
    decodeTwice(228, ipv4(hex('00'), { protocol: 253 }));
    decodeTwice(228, hex('00'));
    expect(decoder.counters.undecodedKinds()).toEqual([
      { reason: 'unknown-link-type', type: 9999, packets: 2 },
      { reason: 'unknown-ether-type', type: 0x7777, packets: 2 },
      { reason: 'unknown-ip-protocol', type: 253, packets: 2 },
      { reason: 'malformed', layer: 'raw-ip', packets: 2 },
    ]);
  });

  it('keeps a bounded list of kinds, and loses no packet of the count', () => {
    const decoder = new PacketDecoder(LIMITS);
    for (let type = 0x7000; type < 0x7100; type += 1) decoder.decode(packetOf(1, ethernet(type, hex('00'))));
    const kinds = decoder.counters.undecodedKinds();
    expect(kinds).toHaveLength(65);
    expect(kinds.at(-1)).toEqual({ reason: 'further-kinds', packets: 192 });
  });

  it('counts packets that the snap length cut', () => {
    const decoder = new PacketDecoder(LIMITS);
    const bytes = ipv4(tcp());
    decoder.decode(packetOf(228, bytes.subarray(0, 45), { wireLength: bytes.length }));
    expect(decoder.counters).toMatchObject({ tcp: 1, snapCut: 1 });
    decoder.decode(packetOf(228, bytes.subarray(0, 30), { wireLength: bytes.length }));
    expect(decoder.counters.undecodedKinds()).toEqual([{ reason: 'cut-short', layer: 'tcp', packets: 1 }]);
  });

  it('stops at the limit of nested layers, and not before', () => {
    const tagged = (tags: number) =>
      ethernet(0x8100, Buffer.concat([hex(`${'00018100'.repeat(tags - 1)} 0001 0800`), ipv4(tcp())]));
    const tagsThatFit = LIMITS.nestedLayers - 3; // Ethernet, IPv4, TCP
    expect(decode(1, tagged(tagsThatFit))).toEqual(SEGMENT);
    expect(decode(1, tagged(tagsThatFit + 1))).toMatchObject({
      undecoded: { reason: 'too-deep', layer: 'tcp' },
    });
  });

  it('hands every layer to a decoder', () => {
    const cursor = new Cursor();
    for (const layer of Object.keys(LAYER_NAMES).map(Number)) {
      cursor.next = layer;
      cursor.reason = -1;
      if (![ETHERNET, IPV4, TCP_SEGMENT, FRAGMENT].includes(layer)) decodeLayer(cursor);
      expect(cursor.reason, LAYER_NAMES[layer]).not.toBe(UNKNOWN_PAYLOAD);
    }
  });

  it('does not believe a wire length below the captured length, or beyond any packet', () => {
    const bytes = ipv4(tcp(), { totalLength: 0 });
    expect(decode(228, bytes, { wireLength: 3 })).toEqual(SEGMENT);
    expect(decode(228, bytes, { wireLength: 0xffff_ffff }).wireLength).toBeLessThan(2 ** 30);
  });

  it('reads nothing outside the packet: the same bytes elsewhere in another buffer decode the same', () => {
    const stacks = fc.constantFrom(...LINK_STACKS, ...TUNNEL_STACKS, ...IPV6_STACKS);
    fc.assert(
      fc.property(stacks, fc.nat(400), fc.nat(300), fc.nat(255), ({ linkType, bytes }, keep, at, value) => {
        const changed = Buffer.from(bytes.subarray(0, keep));
        if (at < changed.length) changed[at] = value;
        const packet = packetOf(linkType, changed);
        const tight = packetOf(linkType, changed);
        tight.bytes = Buffer.from(changed);
        tight.start = 0;
        tight.end = changed.length;
        expect(decodeWith(new PacketDecoder(LIMITS), tight)).toEqual(
          decodeWith(new PacketDecoder(LIMITS), packet),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('takes any bytes of any link type: no exception, and a payload inside the packet', () => {
    const linkTypes = fc.constantFrom(...LINK_TYPES.map(([linkType]) => linkType), 77, 65_535, 0xffff_ffff);
    const decoder = new PacketDecoder(LIMITS);
    fc.assert(
      fc.property(
        linkTypes,
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(2000),
        (linkType, bytes, wireLength) => {
          expectSane(decoder, packetOf(linkType, bytes, { wireLength }));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('takes any damage to a good packet likewise', () => {
    const stacks = fc.constantFrom(...LINK_STACKS, ...TUNNEL_STACKS, ...IPV6_STACKS);
    const damage = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 });
    const decoder = new PacketDecoder(LIMITS);
    fc.assert(
      fc.property(
        stacks,
        damage,
        fc.nat(300),
        fc.nat(300),
        ({ linkType, bytes }, changes, keep, wireLength) => {
          const changed = Buffer.from(bytes.subarray(0, keep));
          for (const [at, value] of changes) if (at < changed.length) changed[at] = value;
          expectSane(decoder, packetOf(linkType, changed, { wireLength }));
        },
      ),
      { numRuns: 5000 },
    );
  });
});

function expectSane(decoder: PacketDecoder, packet: ReturnType<typeof packetOf>): void {
  const outcome = decoder.decode(packet);
  expect([UNDECODED, TCP, UDP, HELD, OTHER]).toContain(outcome);
  if (outcome !== TCP && outcome !== UDP) return;
  const { bytes, addressLength, sourceAt, destinationAt, payloadStart, payloadEnd, payloadWireLength } =
    decoder;
  const isPacket = bytes === packet.bytes;
  const [from, to] = isPacket ? [packet.start, packet.end] : [0, bytes.length];
  expect([4, 16]).toContain(addressLength);
  expect(Math.min(sourceAt, destinationAt)).toBeGreaterThanOrEqual(from);
  expect(Math.max(sourceAt, destinationAt) + addressLength).toBeLessThanOrEqual(payloadStart);
  expect(payloadStart).toBeLessThanOrEqual(payloadEnd);
  expect(payloadEnd).toBeLessThanOrEqual(to);
  expect(payloadWireLength).toBeGreaterThanOrEqual(payloadEnd - payloadStart);
}
