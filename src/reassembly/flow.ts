import type { Packet } from '../../dissectors/core/packet.ts';
import { StreamDirection } from './stream-direction.ts';

export const PROTOCOL_TCP = 6;
export const PROTOCOL_UDP = 17;

/** The two ends of a flow: 0 is who sent its first packet. */
export type Side = 0 | 1;

/** What a protocol layer above hangs on a flow; the reassembly only carries it. */
export interface StreamConsumer {
  /** In-order bytes; the view is valid during the call only. `packet` is the record that carried them. */
  data(bytes: Uint8Array, start: number, end: number, packet: number): void;
  /** Bytes that were never captured: what follows lies `length` bytes further on. */
  gap(length: number, cause: GapCause): void;
  /** Nothing more will come in this direction. */
  end(): void;
}

/** Why bytes are missing, as far as it can be told. */
export type GapCause = 'acknowledged' | 'buffer-limit' | 'end' | 'snap-length';

/** A TCP or UDP conversation between two endpoints, in one incarnation of its ports. */
export class Flow {
  /** 1, 2, … in order of first packet. */
  readonly number: number;
  readonly protocol: number;
  /** 4 or 16. */
  readonly addressLength: number;
  /** Address of side 0, then of side 1. */
  readonly addresses: Uint8Array;
  readonly port0: number;
  readonly port1: number;

  // The key, in words, for the comparison on each packet (IPv4 uses the first word of each address).
  readonly a0: number;
  readonly a1: number;
  readonly a2: number;
  readonly a3: number;
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly b3: number;
  readonly hash: number;
  /** Next flow in the same bucket. */
  next: Flow | undefined = undefined;
  /** Place in the table's list of open flows. */
  place = 0;

  packets = 0;
  startSeconds = 0;
  startNanoseconds = 0;
  endSeconds = 0;
  endNanoseconds = 0;

  /** Which side opened the connection; a guess by ports until a SYN says so (tcp-reassembly.ts). */
  client: Side = 0;
  clientKnown = false;
  reset = false;

  /** Bytes sent by side 0 and by side 1. */
  readonly streams: readonly [StreamDirection, StreamDirection];

  constructor(
    number: number,
    protocol: number,
    addresses: Uint8Array,
    ports: readonly [number, number],
    words: readonly number[],
    hash: number,
  ) {
    this.number = number;
    this.protocol = protocol;
    this.addressLength = addresses.length / 2;
    this.addresses = addresses;
    this.port0 = ports[0];
    this.port1 = ports[1];
    this.a0 = words[0] as number;
    this.a1 = words[1] as number;
    this.a2 = words[2] as number;
    this.a3 = words[3] as number;
    this.b0 = words[4] as number;
    this.b1 = words[5] as number;
    this.b2 = words[6] as number;
    this.b3 = words[7] as number;
    this.hash = hash;
    this.client = ports[1] > ports[0] ? 1 : 0;
    this.streams = [new StreamDirection(this, 0), new StreamDirection(this, 1)];
  }

  /** One more packet of the flow, and when it was captured. */
  count(packet: Packet): void {
    this.packets += 1;
    this.endSeconds = packet.seconds;
    this.endNanoseconds = packet.nanoseconds;
    if (this.packets > 1) return;
    this.startSeconds = packet.seconds;
    this.startNanoseconds = packet.nanoseconds;
  }

  port(side: Side): number {
    return side === 0 ? this.port0 : this.port1;
  }

  address(side: Side): Uint8Array {
    const at = side * this.addressLength;
    return this.addresses.subarray(at, at + this.addressLength);
  }

  get server(): Side {
    return this.client === 0 ? 1 : 0;
  }

  /** Both directions have ended, or the connection was reset. */
  get closed(): boolean {
    return this.reset || (this.streams[0].ended && this.streams[1].ended);
  }
}
