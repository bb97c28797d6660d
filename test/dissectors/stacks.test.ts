import { describe, expect, it } from 'vitest';
import { LAYER_NAMES } from '../../dissectors/core/layer.ts';
import { LINK_TYPES } from '../../dissectors/link/link-types.ts';
import { PacketDecoder } from '../../dissectors/packet-decoder.ts';
import { decode, LIMITS, packetOf, SEGMENT, SEGMENT_IPV6 } from './frames.ts';
import { IPV6_STACKS, LINK_STACKS, PAYLOAD_LENGTH, type Stack, TUNNEL_STACKS } from './stacks.ts';

const IPV4_STACKS = [...LINK_STACKS, ...TUNNEL_STACKS];
const ALL = [...IPV4_STACKS, ...IPV6_STACKS];
const named = (stacks: readonly Stack[]) => stacks.map((stack) => [stack.name, stack] as const);

describe('every stack of headers', () => {
  it.each(named(IPV4_STACKS))('%s: the segment is found', (_, { linkType, bytes }) => {
    expect(decode(linkType, bytes)).toEqual(SEGMENT);
  });

  it.each(named(IPV6_STACKS))('IPv6 in %s: the segment is found', (_, { linkType, bytes }) => {
    expect(decode(linkType, bytes)).toEqual(SEGMENT_IPV6);
  });

  it.each(named(ALL))(
    '%s: a frame check sequence or padding behind it is no payload',
    (_, { linkType, bytes }) => {
      expect(decode(linkType, Buffer.concat([bytes, Buffer.alloc(4, 0x5a)])).payload).toBe(SEGMENT.payload);
    },
  );

  it.each(named(ALL))('%s, cut at every byte by the snap length: never a wrong answer', (_, stack) => {
    const { linkType, bytes } = stack;
    const behindPayload = bytes.length - bytes.lastIndexOf('payload bytes') - PAYLOAD_LENGTH;
    const headers = bytes.length - behindPayload - PAYLOAD_LENGTH;
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = decode(linkType, bytes.subarray(0, length), { wireLength: bytes.length });
      if (length >= headers) {
        expect(cut).toMatchObject({ outcome: 'tcp', ports: [40000, 34567], wireLength: PAYLOAD_LENGTH });
        expect(cut.payload).toBe(SEGMENT.payload?.slice(0, length - headers));
      } else {
        expect(['undecoded', 'udp']).toContain(cut.outcome);
      }
    }
  });

  it.each(named(ALL))('%s, ending early on the wire: no payload is invented', (_, { linkType, bytes }) => {
    for (let length = 0; length < bytes.length; length += 1) {
      const { outcome, payload = '', wireLength = 0 } = decode(linkType, bytes.subarray(0, length));
      if (outcome === 'udp') continue; // too short for the tunnel inside, so the outer datagram
      expect(['tcp', 'undecoded']).toContain(outcome);
      expect(SEGMENT.payload?.startsWith(payload)).toBe(true);
      expect(wireLength).toBe(payload.length);
    }
  });

  it('covers every layer that there is a decoder for, but pieces of a datagram', () => {
    const entered = new Set<number>();
    for (const { linkType, bytes } of ALL) {
      const decoder = new PacketDecoder(LIMITS);
      let next = decoder.next;
      Object.defineProperty(decoder, 'next', {
        get: () => next,
        set: (layer: number) => {
          next = layer;
          entered.add(layer);
        },
      });
      decoder.decode(packetOf(linkType, bytes));
    }
    const left = Object.entries(LAYER_NAMES).filter(([layer]) => !entered.has(Number(layer)));
    expect(left.map(([, name]) => name)).toEqual(['fragment']);
  });

  it('covers every link type that the table knows', () => {
    const covered = new Set(ALL.map((stack) => stack.linkType));
    expect(LINK_TYPES.map(([linkType]) => linkType).filter((linkType) => !covered.has(linkType))).toEqual([]);
  });
});
