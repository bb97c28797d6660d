import { LAYER_NAMES } from './layer.ts';
import {
  REASON_NAMES,
  type ReasonName,
  UNKNOWN_ETHER_TYPE,
  UNKNOWN_IP_PROTOCOL,
  UNKNOWN_LINK_TYPE,
} from './refusal.ts';

/** More kinds of undecoded packets than this are counted in one sum. */
const MOST_KINDS = 64;

/** One kind of undecoded packets. */
export interface UndecodedPackets {
  readonly reason: ReasonName | 'further-kinds';
  /** The LINKTYPE_, EtherType or IP protocol number that is not known … */
  readonly type?: number;
  /** … or the layer at which decoding stopped. */
  readonly layer?: string;
  readonly packets: number;
}

/** What became of the packets, for the capture quality. */
export class DecoderCounters {
  tcp = 0;
  udp = 0;
  /** Fragments that waited for the rest of their datagram. */
  held = 0;
  other = 0;
  undecoded = 0;
  /** Packets of which the snap length cut off some bytes, whatever became of them. */
  snapCut = 0;
  reassembledDatagrams = 0;
  /** Fragmented datagrams given up: too old, room needed, capture at its end. */
  expiredDatagrams = 0;
  evictedDatagrams = 0;
  incompleteDatagrams = 0;
  readonly #kinds = new Map<number, number>();

  countUndecoded(reason: number, detail: number): void {
    this.undecoded += 1;
    const kind = reason * 0x10000 + Math.min(detail, 0xffff);
    const packets = this.#kinds.get(kind);
    if (packets !== undefined) this.#kinds.set(kind, packets + 1);
    else if (this.#kinds.size < MOST_KINDS) this.#kinds.set(kind, 1);
  }

  /** The undecoded packets by kind, in order of first appearance. */
  undecodedKinds(): readonly UndecodedPackets[] {
    const kinds: UndecodedPackets[] = [];
    let listed = 0;
    for (const [kind, packets] of this.#kinds) {
      const reason = kind >> 16;
      const detail = kind & 0xffff;
      const name = REASON_NAMES[reason] ?? 'further-kinds';
      const isNumber =
        reason === UNKNOWN_LINK_TYPE || reason === UNKNOWN_ETHER_TYPE || reason === UNKNOWN_IP_PROTOCOL;
      kinds.push(
        isNumber
          ? { reason: name, type: detail, packets }
          : { reason: name, layer: LAYER_NAMES[detail] ?? 'unknown', packets },
      );
      listed += packets;
    }
    if (listed < this.undecoded) kinds.push({ reason: 'further-kinds', packets: this.undecoded - listed });
    return kinds;
  }
}
