import type { Packet } from '../../../../dissectors/core/packet.ts';
import { HELD, PacketDecoder, TCP, UDP } from '../../../../dissectors/packet-decoder.ts';
import type { Limits } from '../../../analysis/limits.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../../../reassembly/flow.ts';
import { FlowTable } from '../../../reassembly/flow-table.ts';
import { endsOfFlow } from './flow-ends.ts';
import { hostsOf, type Ranges } from './packet-choice.ts';

/** Capture time in seconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is wanted of all flows between two ends: packets by number, in ascending order, and whole stretches of time. */
export interface WantedEnds {
  readonly ranges: Ranges;
  readonly spans: readonly Span[];
}

export interface RingWanted {
  /** By `endsOfFlow`. */
  readonly flows: ReadonlyMap<string, WantedEnds>;
  /** `hostsOf` the flows of which stretches are wanted, and when: pieces of datagrams tell no flow, only hosts. */
  readonly hosts: ReadonlyMap<string, readonly Span[]>;
}

/** How far the ranges between two ends are behind us. */
interface Looked {
  readonly wanted: WantedEnds;
  place: number;
}

/**
 * Tells which packets of a ring belong to flows. A ring begins in the middle, where flows cannot be counted: they are known by
 * their ends and by when they were.
 */
export class RingChoice {
  readonly #hosts: RingWanted['hosts'];
  readonly #decoder: PacketDecoder;
  readonly #flows: FlowTable;
  /** Of the flows in the table, by number. */
  readonly #looked = new Map<number, Looked>();

  constructor({ flows, hosts }: RingWanted, limits: Limits) {
    this.#hosts = hosts;
    this.#decoder = new PacketDecoder(limits.packets);
    const byEnds = new Map(
      [...flows].map(([ends, wanted]): [string, Looked] => [ends, { wanted, place: 0 }]),
    );
    this.#flows = new FlowTable(limits.flows, 0, {
      flowOpened: (flow) => {
        const looked = byEnds.get(endsOfFlow(flow));
        if (looked !== undefined) this.#looked.set(flow.number, looked);
      },
      streamStarted: () => undefined,
      flowClosing: (flow) => this.#looked.delete(flow.number),
    });
  }

  /** To be asked of every packet, in order. */
  has(packet: Packet): boolean {
    const decoder = this.#decoder;
    const outcome = decoder.decode(packet);
    const seconds = packet.seconds + packet.nanoseconds / 1e9;
    if (outcome === TCP || outcome === UDP) {
      const flow = this.#flows.find(decoder, outcome === TCP ? PROTOCOL_TCP : PROTOCOL_UDP);
      flow.count(packet);
      const looked = this.#looked.get(flow.number);
      return (
        looked !== undefined && (isWithin(looked.wanted.spans, seconds) || isNumbered(looked, packet.number))
      );
    }
    if (outcome !== HELD || this.#hosts.size === 0) return false;
    const { bytes, sourceAt, destinationAt, addressLength } = decoder;
    const from = bytes.subarray(sourceAt, sourceAt + addressLength);
    const hosts = hostsOf(from, bytes.subarray(destinationAt, destinationAt + addressLength));
    return isWithin(this.#hosts.get(hosts) ?? [], seconds);
  }
}

function isWithin(spans: readonly Span[], seconds: number): boolean {
  return spans.some(({ from, to }) => seconds >= from && seconds <= to);
}

function isNumbered(looked: Looked, packet: number): boolean {
  const { ranges } = looked.wanted;
  while (looked.place < ranges.length && (ranges[looked.place + 1] ?? 0) < packet) looked.place += 2;
  return looked.place < ranges.length && (ranges[looked.place] ?? 0) <= packet;
}
