import { Packet } from '../../../dissectors/core/packet.ts';
import type { CaptureSink } from '../capture-file.ts';
import { CHUNK_BYTES } from '../limits.ts';
import { LIVE_LIMITS, MERGE_LOOKS_PER_SECOND } from './limits.ts';

/** A packet that waits for what other interfaces may have seen before it. */
class Held {
  time = 0;
  /** When it came, in looks. */
  look = 0;
  seconds = 0;
  nanoseconds = 0;
  linkType = 0;
  bytes: Uint8Array;
  start = 0;
  end = 0;
  wireLength = 0;
  fileOffset = 0;
  chunk = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** What waits of one interface, in the order of arrival; `#head` spares moving the rest. */
class Line {
  /** Time of the newest packet that came. */
  newest = Number.NEGATIVE_INFINITY;
  #held: Held[] = [];
  #head = 0;

  get first(): Held | undefined {
    return this.#held[this.#head];
  }

  add(held: Held): void {
    this.#held.push(held);
    if (held.time > this.newest) this.newest = held.time;
  }

  take(): void {
    this.#head += 1;
    if (this.#head === this.#held.length || this.#head === 1024) {
      this.#held.splice(0, this.#head);
      this.#head = 0;
    }
  }
}

/**
 * Puts the packets of several interfaces in order of time. The kernel hands them over in blocks, of each interface by
 * itself, so that of a tap with a port for each direction a reply may come a second before its request, which then seems
 * to have none. A packet is held until every other interface has brought a later one, or as long as a block takes. Used
 * only where there are several interfaces: every packet is copied.
 */
export class TimeMerger implements CaptureSink {
  readonly #sink: CaptureSink;
  readonly #lines: readonly Line[];
  readonly #holdLooks: number;
  readonly #mergedBytes: number;
  readonly #failed: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #view = new Packet();
  #look = 0;
  #heldBytes = 0;
  #buffer = Buffer.alloc(0);
  #used = 0;
  #chunk = 0;

  /** `failed` is told what the sink throws while nothing comes in. */
  constructor(
    sink: CaptureSink,
    interfaces: number,
    holdSeconds: number,
    failed: (error: unknown) => void,
    { mergedBytes } = LIVE_LIMITS,
  ) {
    this.#mergedBytes = mergedBytes;
    this.#sink = sink;
    this.#lines = Array.from({ length: interfaces }, () => new Line());
    this.#holdLooks = Math.ceil(holdSeconds * MERGE_LOOKS_PER_SECOND) + 1;
    this.#failed = failed;
    this.#timer = setInterval(() => this.look(), 1000 / MERGE_LOOKS_PER_SECOND);
  }

  packet(packet: Packet): void {
    this.#lines[packet.file]?.add(this.#hold(packet));
    this.#release(false);
  }

  /** What is held of that time comes later. */
  dropped(from: number, to: number): void {
    this.#sink.dropped?.(from, to);
  }

  drained(): Promise<void> | undefined {
    return this.#sink.drained();
  }

  /** Lets those go that were held for long enough; called some times a second. */
  look(): void {
    this.#look += 1;
    try {
      this.#release(false);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** No more will come: hands over what is held. */
  end(): void {
    clearInterval(this.#timer);
    this.#release(true);
  }

  /** What is held is of no interest any more. */
  drop(): void {
    clearInterval(this.#timer);
  }

  #release(all: boolean): void {
    for (;;) {
      let earliest: Held | undefined;
      let line: Line | undefined;
      for (const one of this.#lines) {
        const { first } = one;
        if (first === undefined || (earliest !== undefined && first.time >= earliest.time)) continue;
        earliest = first;
        line = one;
      }
      if (earliest === undefined || line === undefined) return;
      if (!all && this.#heldBytes <= this.#mergedBytes && !this.#isDue(earliest, line)) return;
      line.take();
      this.#deliver(earliest, this.#lines.indexOf(line));
    }
  }

  #isDue(held: Held, own: Line): boolean {
    if (this.#look - held.look >= this.#holdLooks) return true;
    return this.#lines.every((line) => line === own || line.newest >= held.time);
  }

  #hold(packet: Packet): Held {
    const { start, end } = packet;
    const length = end - start;
    if (this.#buffer.length - this.#used < length) {
      // A new one each time: what was delivered stays intact for as long as someone looks at it.
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, length));
      this.#used = 0;
      this.#chunk += 1;
    }
    const held = new Held(this.#buffer);
    held.time = packet.seconds + packet.nanoseconds / 1e9;
    held.look = this.#look;
    held.seconds = packet.seconds;
    held.nanoseconds = packet.nanoseconds;
    held.linkType = packet.linkType;
    held.start = this.#used;
    held.end = this.#used + length;
    held.wireLength = packet.wireLength;
    held.fileOffset = packet.fileOffset;
    held.chunk = this.#chunk;
    this.#buffer.set(packet.bytes.subarray(start, end), this.#used);
    this.#used += length;
    this.#heldBytes += length;
    return held;
  }

  #deliver(held: Held, file: number): void {
    this.#heldBytes -= held.end - held.start;
    const view = this.#view;
    view.number += 1;
    view.seconds = held.seconds;
    view.nanoseconds = held.nanoseconds;
    view.linkType = held.linkType;
    view.bytes = held.bytes;
    view.start = held.start;
    view.end = held.end;
    view.wireLength = held.wireLength;
    view.file = file;
    view.fileOffset = held.fileOffset;
    view.chunk = held.chunk;
    this.#sink.packet(view);
  }
}
