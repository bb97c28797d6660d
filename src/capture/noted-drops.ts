import type { Packet } from '../../dissectors/core/packet.ts';
import type { CaptureSink } from './capture-file.ts';

/** Drops count of an obsolete packet block whose writer did not know. */
const UNKNOWN = 0xffff;

/**
 * What a pcapng notes of the packets that one interface lost: in the packet that came next (epb_dropcount), in statistics
 * blocks, or in both, which then count the same packets (draft-ietf-opsawg-pcapng sections 4.3 and 4.6).
 */
export class NotedDrops {
  /** Sum of those noted in packets; undefined where none says anything. */
  between: number | undefined;
  readonly #sink: CaptureSink;
  /** Of `between`, those behind the last statistics. */
  #lately = 0;
  /** By the last statistics, and the time of the last packet before them. */
  #total = 0;
  #counted: number | undefined;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  /** So many were lost between `packet` and the one before on the interface, that came at `before`, in seconds. */
  packet(drops: number, before: number | undefined, packet: Packet): void {
    this.between = (this.between ?? 0) + drops;
    this.#lately += drops;
    if (drops > 0) this.#sink.dropped?.(before ?? packet.seconds, timeOf(packet));
  }

  /** The same, as the obsolete packet block has it (appendix A). */
  counted(drops: number, before: number | undefined, packet: Packet): void {
    if (drops !== UNKNOWN && drops !== 0) this.packet(drops, before, packet);
  }

  /**
   * So many were lost since the capture began. What is more than was known was lost since the last statistics; for the first
   * ones, since `began`, when the first packet came, in seconds. `last` is the packet that came last.
   */
  statistics(total: number, began: number, last: Packet): void {
    const now = timeOf(last);
    if (total > this.#total + this.#lately) this.#sink.dropped?.(this.#counted ?? began, now);
    this.#total = total;
    this.#lately = 0;
    this.#counted = now;
  }
}

function timeOf({ seconds, nanoseconds }: Packet): number {
  return seconds + nanoseconds / 1e9;
}
