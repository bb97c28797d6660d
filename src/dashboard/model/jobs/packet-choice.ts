import type { Packet } from '../../../../dissectors/core/packet.ts';
import { HELD, PacketDecoder, TCP, UDP } from '../../../../dissectors/packet-decoder.ts';
import type { Limits } from '../../../analysis/limits.ts';
import { CaptureTime } from '../../../reassembly/capture-time.ts';
import { PROTOCOL_UDP } from '../../../reassembly/flow.ts';
import { FlowTable } from '../../../reassembly/flow-table.ts';
import { TcpReassembly } from '../../../reassembly/tcp-reassembly.ts';

/** Packets of one flow, by number: pairs of first and last, in ascending order and apart. */
export type Ranges = readonly number[];

/** What is wanted of the flows: all of their packets, or those in ranges. */
export interface Wanted {
  readonly flows: ReadonlyMap<number, Ranges | 'all'>;
  /** `hostsOf` of the flows of which all is wanted: pieces of datagrams tell no flow, only hosts. */
  readonly hosts: ReadonlySet<string>;
}

/** Tells which packets belong to flows: numbers flows as the analysis does, and reads nothing of what they carry. */
export class PacketChoice {
  readonly #wanted: Wanted;
  readonly #decoder: PacketDecoder;
  readonly #flows: FlowTable;
  readonly #reassembly: TcpReassembly;
  readonly #time = new CaptureTime();
  /** How far each flow's ranges are behind us. */
  readonly #places = new Map<number, number>();

  /** @param limits those of the analysis that numbered the flows */
  constructor(wanted: Wanted, limits: Pick<Limits, 'packets' | 'flows' | 'reassembly'>) {
    this.#wanted = wanted;
    this.#decoder = new PacketDecoder(limits.packets);
    this.#flows = new FlowTable(limits.flows, 0, {
      flowOpened: () => undefined,
      streamStarted: () => undefined,
      flowClosing: (flow) => {
        if (flow.protocol !== PROTOCOL_UDP) this.#reassembly.close(flow);
      },
    });
    this.#reassembly = new TcpReassembly(this.#flows, limits.reassembly, this.#time);
  }

  /** To be asked of every packet, in order. */
  has(packet: Packet): boolean {
    const decoder = this.#decoder;
    this.#time.set(packet.seconds, packet.nanoseconds);
    const outcome = decoder.decode(packet);
    if (outcome === TCP) return this.#isWanted(this.#reassembly.push(decoder, packet).number, packet.number);
    if (outcome === UDP) {
      const flow = this.#flows.find(decoder, PROTOCOL_UDP);
      flow.count(packet);
      return this.#isWanted(flow.number, packet.number);
    }
    if (outcome !== HELD || this.#wanted.hosts.size === 0) return false;
    const { bytes, sourceAt, destinationAt, addressLength } = decoder;
    const from = bytes.subarray(sourceAt, sourceAt + addressLength);
    return this.#wanted.hosts.has(
      hostsOf(from, bytes.subarray(destinationAt, destinationAt + addressLength)),
    );
  }

  #isWanted(flow: number, packet: number): boolean {
    const ranges = this.#wanted.flows.get(flow);
    if (ranges === undefined || ranges === 'all') return ranges === 'all';
    let place = this.#places.get(flow) ?? 0;
    while (place < ranges.length && (ranges[place + 1] ?? 0) < packet) place += 2;
    this.#places.set(flow, place);
    return place < ranges.length && (ranges[place] ?? 0) <= packet;
  }
}

/** Two hosts, whichever speaks. */
export function hostsOf(a: Uint8Array, b: Uint8Array): string {
  const [first, second] = [Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex')];
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}

/** Ranges in ascending order, joined where they meet. */
export function joinedRanges(ranges: readonly (readonly [number, number])[]): Ranges {
  const joined: number[] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const end = joined.at(-1);
    if (end !== undefined && first <= end + 1) joined[joined.length - 1] = Math.max(end, last);
    else joined.push(first, last);
  }
  return joined;
}
