import { u8 } from '../../dissectors/core/bytes.ts';
import type { Packet } from '../../dissectors/core/packet.ts';
import type { CaptureInterface, CaptureSink } from './capture-file.ts';
import { type CaptureLimits, largestRecord } from './limits.ts';
import { NotedDrops } from './noted-drops.ts';
import { Clock } from './pcapng-clock.ts';
import { OptionWalk } from './pcapng-options.ts';

const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_FCSLEN = 13;
const IF_TSOFFSET = 14;

const ISB_IFRECV = 4;
const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

const EPB_DROPCOUNT = 4;

/** Without if_tsresol, time is counted in microseconds. */
const MICROSECONDS = 6;

/** One interface of a pcapng section: what its packets mean, and what was lost on it. */
export class PcapngInterface {
  readonly section: number;
  readonly id: number;
  readonly linkType: number;
  readonly snapLength: number;
  /** Largest captured length to believe. */
  readonly largest: number;
  clock: Clock;
  readonly #limits: CaptureLimits;
  #name: string | undefined;
  #description: string | undefined;
  #fcsLength: number | undefined;
  #received: number | undefined;
  #interfaceDropped: number | undefined;
  #kernelDropped: number | undefined;
  readonly drops: NotedDrops;
  /** Time of its last packet, in whole seconds. */
  lastSeconds: number | undefined;

  constructor(
    section: number,
    id: number,
    linkType: number,
    snapLength: number,
    limits: CaptureLimits,
    sink: CaptureSink,
  ) {
    this.#limits = limits;
    this.drops = new NotedDrops(sink);
    this.section = section;
    this.id = id;
    this.linkType = linkType;
    this.snapLength = snapLength;
    this.largest = largestRecord(linkType, snapLength, limits);
    this.clock = new Clock(MICROSECONDS, 0);
  }

  /** Takes the options of the interface's description; false when they run out of the block. */
  describe(bytes: Uint8Array, start: number, end: number, big: boolean): boolean {
    let resolution = MICROSECONDS;
    let offsetSeconds = 0;
    const option = new OptionWalk(bytes, start, end, big);
    while (option.next()) {
      switch (option.code) {
        case IF_NAME:
          this.#name = text(bytes, option, this.#limits.nameBytes);
          break;
        case IF_DESCRIPTION:
          this.#description = text(bytes, option, this.#limits.nameBytes);
          break;
        case IF_TSRESOL:
          if (option.length === 1) resolution = u8(bytes, option.start);
          break;
        case IF_FCSLEN:
          if (option.length === 1) this.#fcsLength = u8(bytes, option.start);
          break;
        case IF_TSOFFSET:
          offsetSeconds = option.i64() ?? 0;
          break;
      }
    }
    this.clock = new Clock(resolution, offsetSeconds);
    return !option.malformed;
  }

  /** Takes the options of a statistics block; its counters run from the start of the capture, so the last ones count. */
  count(bytes: Uint8Array, start: number, end: number, big: boolean): void {
    const option = new OptionWalk(bytes, start, end, big);
    while (option.next()) {
      switch (option.code) {
        case ISB_IFRECV:
          this.#received = option.u64() ?? this.#received;
          break;
        case ISB_IFDROP:
          this.#interfaceDropped = option.u64() ?? this.#interfaceDropped;
          break;
        case ISB_OSDROP:
          this.#kernelDropped = option.u64() ?? this.#kernelDropped;
          break;
      }
    }
  }

  /** What was lost since this was last called, by its statistics; see {@link NotedDrops.statistics}. */
  tellDrops(began: number, last: Packet): void {
    this.drops.statistics((this.#interfaceDropped ?? 0) + (this.#kernelDropped ?? 0), began, last);
  }

  /** Takes the options of a packet block; see {@link NotedDrops.packet}. */
  noteDrops(
    bytes: Uint8Array,
    start: number,
    end: number,
    big: boolean,
    before: number | undefined,
    packet: Packet,
  ): void {
    const option = new OptionWalk(bytes, start, end, big);
    while (option.next()) {
      if (option.code === EPB_DROPCOUNT) this.drops.packet(option.u64() ?? 0, before, packet);
    }
  }

  summary(): CaptureInterface {
    const inInterface = this.#interfaceDropped;
    const inKernel = this.#kernelDropped;
    return {
      section: this.section,
      id: this.id,
      ...(this.#name !== undefined && { name: this.#name }),
      ...(this.#description !== undefined && { description: this.#description }),
      linkType: this.linkType,
      ...(this.snapLength !== 0 && { snapLength: this.snapLength }),
      ...(this.#fcsLength !== undefined && { fcsLength: this.#fcsLength }),
      ...(this.#received !== undefined && { received: this.#received }),
      ...((inInterface !== undefined || inKernel !== undefined) && {
        dropped: (inInterface ?? 0) + (inKernel ?? 0),
      }),
      ...(inInterface !== undefined && { interfaceDropped: inInterface }),
      ...(inKernel !== undefined && { kernelDropped: inKernel }),
      ...(this.drops.between !== undefined && { droppedBetween: this.drops.between }),
    };
  }
}

/** Option text is UTF-8; some writers count a closing NUL as part of it. */
function text(bytes: Uint8Array, option: OptionWalk, most: number): string {
  const kept = bytes.subarray(option.start, option.start + Math.min(option.length, most));
  const nul = kept.indexOf(0);
  return new TextDecoder().decode(nul < 0 ? kept : kept.subarray(0, nul));
}
