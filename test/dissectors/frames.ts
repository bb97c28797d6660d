import { Packet } from '../../dissectors/core/packet.ts';
import {
  type DecoderLimits,
  HELD,
  OTHER,
  PacketDecoder,
  TCP,
  UDP,
  type UndecodedPackets,
} from '../../dissectors/packet-decoder.ts';
import { formatAddress } from './addresses.ts';

/** Bytes from hexadecimal text; blanks are for the reader. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replace(/\s/g, ''), 'hex');
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export const PAYLOAD = Buffer.from('payload bytes');

/** A TCP segment 40000 → 34567, sequence 0xfffffff0, acknowledgement 7, PSH and ACK. */
export function tcp(payload: Uint8Array = PAYLOAD, options: Uint8Array = Buffer.alloc(0)): Buffer {
  const offset = u16(((20 + options.length) << 10) | 0x18);
  return Buffer.concat([hex('9c40 8707 fffffff0 00000007'), offset, hex('ffff 0000 0000'), options, payload]);
}

/** A UDP datagram from port 40000. */
export function udp(payload: Uint8Array = PAYLOAD, port = 34569, length = 8 + payload.length): Buffer {
  return Buffer.concat([hex('9c40'), u16(port), u16(length), hex('0000'), payload]);
}

export interface Ipv4Options {
  readonly protocol?: number;
  readonly id?: number;
  /** Fragment offset in bytes. */
  readonly offset?: number;
  readonly more?: boolean;
  readonly totalLength?: number;
  readonly options?: Uint8Array;
}

/** IPv4 10.0.0.1 → 10.0.0.2. */
export function ipv4(payload: Uint8Array, given: Ipv4Options = {}): Buffer {
  const { protocol = 6, id = 1, offset = 0, more = false, options = Buffer.alloc(0) } = given;
  const headerLength = 20 + options.length;
  const header = Buffer.concat([
    Uint8Array.of(0x40 | (headerLength / 4), 0),
    u16(given.totalLength ?? headerLength + payload.length),
    u16(id),
    u16((more ? 0x2000 : 0) | (offset / 8)),
    Uint8Array.of(64, protocol),
    hex('0000 0a000001 0a000002'),
  ]);
  return Buffer.concat([header, options, payload]);
}

/** IPv6 fd00::1 → fd00::2. */
export function ipv6(payload: Uint8Array, next = 6, payloadLength = payload.length): Buffer {
  const addresses = hex('fd000000000000000000000000000001 fd000000000000000000000000000002');
  return Buffer.concat([hex('60000000'), u16(payloadLength), Uint8Array.of(next, 64), addresses, payload]);
}

export const ADDRESSES = hex('020000000002 020000000001');

export function ethernet(type: number, payload: Uint8Array): Buffer {
  return Buffer.concat([ADDRESSES, u16(type), payload]);
}

export const LIMITS: DecoderLimits = {
  nestedLayers: 32,
  fragmentedDatagrams: 16,
  fragmentBytes: 1_000_000,
  fragmentSeconds: 30,
};

export interface PacketOptions {
  readonly wireLength?: number;
  readonly seconds?: number;
}

/** A packet in the middle of a larger buffer, as the capture reader hands it over. */
export function packetOf(linkType: number, bytes: Uint8Array, options: PacketOptions = {}): Packet {
  const packet = new Packet();
  packet.linkType = linkType;
  packet.bytes = Buffer.concat([Buffer.alloc(7, 0xee), bytes, Buffer.alloc(64, 0xee)]);
  packet.start = 7;
  packet.end = 7 + bytes.length;
  packet.wireLength = options.wireLength ?? bytes.length;
  packet.seconds = options.seconds ?? 0;
  return packet;
}

export interface DecodedPacket {
  readonly outcome: 'tcp' | 'udp' | 'held' | 'other' | 'undecoded';
  readonly source?: string;
  readonly destination?: string;
  readonly ports?: readonly [source: number, destination: number];
  readonly sequence?: number;
  readonly acknowledgement?: number;
  readonly flags?: number;
  readonly payload?: string;
  readonly wireLength?: number;
  readonly undecoded?: UndecodedPackets;
}

/** Decodes a packet and gives what a reader of the decoder's fields would see. */
export function decodeWith(decoder: PacketDecoder, packet: Packet): DecodedPacket {
  const outcome = decoder.decode(packet);
  if (outcome === HELD) return { outcome: 'held' };
  if (outcome === OTHER) return { outcome: 'other' };
  if (outcome !== TCP && outcome !== UDP) {
    const undecoded = decoder.counters.undecodedKinds().at(-1);
    return undecoded === undefined ? { outcome: 'undecoded' } : { outcome: 'undecoded', undecoded };
  }
  const { bytes, addressLength, payloadStart, payloadEnd } = decoder;
  const common = {
    source: formatAddress(bytes, decoder.sourceAt, addressLength),
    destination: formatAddress(bytes, decoder.destinationAt, addressLength),
    ports: [decoder.sourcePort, decoder.destinationPort],
    payload: Buffer.from(bytes.subarray(payloadStart, payloadEnd)).toString('latin1'),
    wireLength: decoder.payloadWireLength,
  } as const;
  if (outcome === UDP) return { outcome: 'udp', ...common };
  const { sequence, acknowledgement, flags } = decoder;
  return { outcome: 'tcp', ...common, sequence, acknowledgement, flags };
}

export function decode(linkType: number, bytes: Uint8Array, options: PacketOptions = {}): DecodedPacket {
  return decodeWith(new PacketDecoder(LIMITS), packetOf(linkType, bytes, options));
}

/** What every stack around `ipv4(tcp())` must give. */
export const SEGMENT: DecodedPacket = {
  outcome: 'tcp',
  source: '10.0.0.1',
  destination: '10.0.0.2',
  ports: [40000, 34567],
  sequence: -16,
  acknowledgement: 7,
  flags: 0x18,
  payload: 'payload bytes',
  wireLength: 13,
};

/** What every stack around `ipv6(tcp())` must give. */
export const SEGMENT_IPV6: DecodedPacket = { ...SEGMENT, source: 'fd00::1', destination: 'fd00::2' };

/** What every stack around `ipv4(udp(), { protocol: 17 })` must give. */
export const DATAGRAM: DecodedPacket = {
  outcome: 'udp',
  source: '10.0.0.1',
  destination: '10.0.0.2',
  ports: [40000, 34569],
  payload: 'payload bytes',
  wireLength: 13,
};
