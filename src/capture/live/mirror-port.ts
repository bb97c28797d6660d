import { u16be, u32be } from '../../../dissectors/core/bytes.ts';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { type DecoderLimits, PacketDecoder, TCP, UDP } from '../../../dissectors/packet-decoder.ts';

/** What the packets of a capture say of the mirror port that they came through. */
export interface MirrorFacts {
  readonly packets: number;
  /** Cut by a snap length. */
  readonly truncated: number;
  /** Longer than Ethernet carries, 1,518 bytes and two tags: joined by an offload (GRO, LRO, TSO) on the way. */
  readonly joined: number;
  /** With a VLAN tag (IEEE 802.1Q), two included. */
  readonly tagged: number;
  /** TCP segments with payload that came twice within {@link DUPLICATE_SECONDS}: mirrored on the way in and on the way out. */
  readonly duplicates: number;
  readonly segments: number;
  /** TCP connections with enough packets to tell, and those of them of which one side alone was seen. */
  readonly connections: number;
  readonly oneSided: number;
  /** Frames to one station, not to a group. */
  readonly unicast: number;
  /** To or from the ports asked for. */
  readonly dvrip: number;
}

/** A sender that repeats a segment waits for a round trip, a switch does not. */
const DUPLICATE_SECONDS = 0.0005;
const REMEMBERED = 4096;
/** Connections kept an eye on; later ones go uncounted. */
const MOST_CONNECTIONS = 20_000;
/** Packets from which one side's silence means something. */
const TELLING_PACKETS = 8;
const LONGEST_FRAME = 1518 + 2 * 4;

const LINKTYPE_ETHERNET = 1;
const VLAN_TYPES: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

interface Connection {
  /** Packets from the end with the lower hash, and from the other. */
  lower: number;
  higher: number;
}

/** Looks at the packets of a short capture for the usual faults of mirror ports. */
export class MirrorPort {
  readonly #decoder: PacketDecoder;
  readonly #ports: ReadonlySet<number>;
  readonly #connections = new Map<number, Connection>();
  readonly #hashes = new Int32Array(REMEMBERED);
  readonly #times = new Float64Array(REMEMBERED).fill(Number.NEGATIVE_INFINITY);
  #packets = 0;
  #truncated = 0;
  #joined = 0;
  #tagged = 0;
  #duplicates = 0;
  #segments = 0;
  #unicast = 0;
  #dvrip = 0;

  constructor(limits: DecoderLimits, ports: readonly number[]) {
    this.#decoder = new PacketDecoder(limits);
    this.#ports = new Set(ports);
  }

  packet(packet: Packet): void {
    const { bytes, start, end, wireLength, linkType } = packet;
    this.#packets += 1;
    if (wireLength > end - start) this.#truncated += 1;
    if (linkType === LINKTYPE_ETHERNET && end - start >= 14) {
      if (wireLength > LONGEST_FRAME) this.#joined += 1;
      if (VLAN_TYPES.has(u16be(bytes, start + 12))) this.#tagged += 1;
      // The lowest bit of the first byte says that the destination is a group.
      if (((bytes[start] ?? 0) & 1) === 0) this.#unicast += 1;
    }
    const decoder = this.#decoder;
    const outcome = decoder.decode(packet);
    if (outcome !== TCP && outcome !== UDP) return;
    const { sourcePort, destinationPort } = decoder;
    if (this.#ports.has(sourcePort) || this.#ports.has(destinationPort)) this.#dvrip += 1;
    if (outcome === TCP) this.#segment(packet.seconds, packet.nanoseconds);
  }

  facts(): MirrorFacts {
    let connections = 0;
    let oneSided = 0;
    for (const { lower, higher } of this.#connections.values()) {
      if (lower + higher < TELLING_PACKETS) continue;
      connections += 1;
      if (lower === 0 || higher === 0) oneSided += 1;
    }
    return {
      packets: this.#packets,
      truncated: this.#truncated,
      joined: this.#joined,
      tagged: this.#tagged,
      duplicates: this.#duplicates,
      segments: this.#segments,
      connections,
      oneSided,
      unicast: this.#unicast,
      dvrip: this.#dvrip,
    };
  }

  #segment(seconds: number, nanoseconds: number): void {
    const decoder = this.#decoder;
    const source = this.#end(decoder.sourceAt, decoder.sourcePort);
    const destination = this.#end(decoder.destinationAt, decoder.destinationPort);
    this.#count(source, destination);
    const length = decoder.payloadWireLength;
    // Acknowledgements without payload are repeated by rights (RFC 5681 section 2).
    if (length === 0) return;
    this.#segments += 1;
    let hash = Math.imul(source ^ decoder.sequence, 0x9e3779b1) ^ Math.imul(destination ^ length, 0x85ebca6b);
    hash ^= hash >>> 15;
    const slot = hash & (REMEMBERED - 1);
    const time = seconds + nanoseconds / 1e9;
    const apart = Math.abs(time - (this.#times[slot] ?? 0));
    if (this.#hashes[slot] === hash && apart <= DUPLICATE_SECONDS) this.#duplicates += 1;
    this.#hashes[slot] = hash;
    this.#times[slot] = time;
  }

  #count(source: number, destination: number): void {
    const key =
      Math.imul(source ^ (source >>> 16), 0x27d4eb2d) +
      Math.imul(destination ^ (destination >>> 16), 0x27d4eb2d);
    let connection = this.#connections.get(key);
    if (connection === undefined) {
      if (this.#connections.size === MOST_CONNECTIONS) return;
      connection = { lower: 0, higher: 0 };
      this.#connections.set(key, connection);
    }
    if (source < destination) connection.lower += 1;
    else connection.higher += 1;
  }

  /** An address and a port as one number. */
  #end(at: number, port: number): number {
    const { bytes, addressLength } = this.#decoder;
    let hash = port;
    for (let word = at; word < at + addressLength; word += 4) {
      hash = Math.imul(hash ^ u32be(bytes, word), 0x01000193);
      hash ^= hash >>> 13;
    }
    return hash | 0;
  }
}
