import type { Packet } from '../../../dissectors/core/packet.ts';
import { PcapngWriter, pcapngBatch } from '../pcapng-writer.ts';
import { RING_LIMITS, type RingLimits } from './limits.ts';
import { RingFile, RingFiles, type Whereabouts } from './ring-files.ts';
import type { RingPlace } from './ring-place.ts';
import { ReadBuffers, type RingRead, type RingReadOptions, readRingFiles } from './ring-reader.ts';
import { Spooler } from './spooler.ts';

/** When the next file begins, whichever comes first; without any of them there is one file. Times are of the capture. */
export interface Rotation {
  readonly bytes?: number;
  readonly packets?: number;
  /** Seconds after the file's first packet. */
  readonly seconds?: number;
  /** Whenever the time of day is a multiple of so many seconds. */
  readonly intervalSeconds?: number;
  /** Files kept; the oldest beyond are removed. */
  readonly files?: number;
}

/** When enough has been written; the capture is then to end. */
export interface Enough {
  /** Of one file. */
  readonly bytes?: number;
  readonly files?: number;
}

export interface RingEvents {
  /** Packets are left out from now on, until {@link RingEvents.resumed}. */
  trouble(path: string, why: string): void;
  resumed(path: string): void;
  enough(): void;
}

export interface RingStatistics {
  readonly state: 'writing' | 'waiting' | 'trouble';
  readonly files: number;
  readonly removedFiles: number;
  /** On disk, or removed to make room; what waits for the disk comes later. */
  readonly packets: number;
  readonly bytes: number;
  /** Packets left out, because the disk was full or too slow. */
  readonly leftOut: number;
}

const APPLICATION = 'dvrscope';
const NO_BYTES = new Uint8Array(0);

/**
 * Keeps packets in files of pcapng while a capture goes on. Packets are copied into a batch, batches are written in the
 * background; nothing that happens to the disk stops the capture.
 */
export class PacketRing {
  readonly #place: RingPlace;
  readonly #rotation: Rotation;
  readonly #enough: Enough;
  readonly #events: RingEvents;
  readonly #spooler: Spooler;
  readonly #limits: RingLimits;
  readonly #files = new RingFiles();
  readonly #batch = pcapngBatch();
  /** Of the last reading, for the next one; undefined while one is under way. */
  #buffers: ReadBuffers | undefined = undefined;
  #writer: PcapngWriter | undefined = undefined;
  #file: RingFile | undefined = undefined;
  #number = 0;
  #dueSeconds = Number.POSITIVE_INFINITY;
  #troubled = false;
  #ticksUntilRetry = 0;
  /** Packets of the present writer that were handed on. */
  #handed = 0;
  #leftOut = 0;

  constructor(
    place: RingPlace,
    rotation: Rotation,
    enough: Enough,
    events: RingEvents,
    limits: RingLimits = RING_LIMITS,
  ) {
    this.#limits = limits;
    this.#place = place;
    this.#rotation = rotation;
    this.#enough = enough;
    this.#events = events;
    this.#spooler = new Spooler(limits, {
      opened: (path, file) => {
        // A file that was given up before it was made brings nothing back.
        if (!this.#troubled || file.failed) return;
        this.#troubled = false;
        events.resumed(path);
      },
      failed: (path, why) => this.#fail(path, why),
      removed: () => this.#files.sweep(),
    });
  }

  packet(packet: Packet): void {
    let writer = this.#writer;
    if (writer === undefined || this.#isDue(writer, packet)) {
      if (this.#ticksUntilRetry > 0) {
        this.#leftOut += 1;
        return;
      }
      writer = this.#next(packet);
      if (writer === undefined) return;
    }
    writer.packet(packet);
    // Its file failed in the midst of it.
    if (writer !== this.#writer) this.#leftOut += 1;
    else if (this.#file !== undefined) this.#file.taken = writer.packets;
  }

  /** To be called once a second: hands on what has gathered, and tries again what failed. */
  tick(): void {
    if (this.#ticksUntilRetry > 0) this.#ticksUntilRetry -= 1;
    this.#writer?.end();
  }

  /** Somebody has moved the file away: the next packet begins another. */
  reopen(): void {
    this.#finishFile();
  }

  /** Writes what is left; resolves when it is on its way to the disk, and a temporary ring is gone. */
  async end(): Promise<void> {
    await this.finish();
    this.#place.leave();
  }

  /** The same, and a temporary ring stays for those who still read in it, until {@link PacketRing.discard}. */
  async finish(): Promise<void> {
    this.#finishFile();
    await this.#spooler.done();
  }

  /** At once, for the moment before the process exits. */
  discard(): void {
    if (this.#place.temporary) this.#place.leave();
  }

  /** Files on disk, the oldest first. */
  files(): readonly string[] {
    return this.#spooler.made.flatMap(({ made }) => (made === undefined ? [] : [made.path]));
  }

  /** What became of packets, by their numbers, of which those that came to the ring must have had each the next. */
  whereabouts(first: number, last: number): Whereabouts {
    return this.#files.whereabouts(first, last);
  }

  /** Number of the oldest packet that is there, and when it was captured; undefined where none is. */
  get oldest(): { readonly first: number; readonly seconds: number } | undefined {
    return this.#files.oldest;
  }

  /** Hands the packets `from` to `to` to `take` once more, as far as they are there. Rejects with what `take` throws. */
  async read(
    from: number,
    to: number,
    take: (packet: Packet) => void,
    options: RingReadOptions,
  ): Promise<RingRead> {
    this.#writer?.end();
    await this.#spooler.written();
    const buffers = this.#buffers ?? new ReadBuffers();
    this.#buffers = undefined;
    try {
      return await readRingFiles(this.#files.between(from, to), from, to, take, buffers, options);
    } finally {
      this.#buffers = buffers;
    }
  }

  statistics(): RingStatistics {
    const { made, removed, packets, bytes, lost } = this.#spooler;
    return {
      state: this.#troubled ? 'trouble' : this.#writer === undefined ? 'waiting' : 'writing',
      files: made.length,
      removedFiles: removed,
      packets,
      bytes,
      leftOut: this.#leftOut + lost,
    };
  }

  #isDue(writer: PcapngWriter, { seconds }: Packet): boolean {
    const { bytes = Number.POSITIVE_INFINITY, packets = Number.POSITIVE_INFINITY } = this.#rotation;
    if (writer.packets >= packets || writer.bytes >= bytes || seconds >= this.#dueSeconds) return true;
    if (writer.bytes >= (this.#enough.bytes ?? Number.POSITIVE_INFINITY)) this.#events.enough();
    return false;
  }

  /** Begins a file; undefined when there have been enough of them. */
  #next({ number, seconds }: Packet): PcapngWriter | undefined {
    this.#finishFile();
    if (this.#number >= (this.#enough.files ?? Number.POSITIVE_INFINITY)) {
      this.#events.enough();
      return undefined;
    }
    const { seconds: lasts = Number.POSITIVE_INFINITY, intervalSeconds, files } = this.#rotation;
    const nextInterval =
      intervalSeconds === undefined
        ? Number.POSITIVE_INFINITY
        : (Math.floor(seconds / intervalSeconds) + 1) * intervalSeconds;
    this.#dueSeconds = Math.min(seconds + lasts, nextInterval);
    if (files !== undefined) this.#spooler.keep(files - 1);
    const first = this.#number + 1;
    this.#number = first;
    const file = new RingFile(number, seconds);
    this.#file = file;
    this.#files.add(file);
    this.#spooler.open({
      file,
      path: (attempt) => {
        this.#number = Math.max(this.#number, first + attempt);
        return this.#place.path(first + attempt, seconds, attempt);
      },
      replace: this.#place.replaces && first === 1,
    });
    const writer = new PcapngWriter(APPLICATION, (bytes) => this.#hand(bytes), this.#batch);
    this.#writer = writer;
    this.#handed = 0;
    return writer;
  }

  #hand(bytes: Uint8Array): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    const packets = writer.packets - this.#handed;
    this.#handed = writer.packets;
    const file = this.#file;
    // A packet larger than a batch is handed on before it is counted.
    if (file !== undefined && packets > 0 && bytes.length <= this.#batch.length) {
      file.marks.add(file.first + writer.packets, writer.bytes, writer.interfaces);
    }
    if (!this.#spooler.write(bytes, packets)) this.#fail(this.#place.where, 'the disk is too slow');
  }

  #finishFile(): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    writer.end();
    if (writer !== this.#writer) return;
    // A packet larger than a batch is handed on before it is counted.
    const uncounted = writer.packets - this.#handed;
    if (uncounted > 0) this.#spooler.write(NO_BYTES, uncounted);
    this.#writer = undefined;
    this.#file = undefined;
    this.#spooler.close();
  }

  #fail(path: string, why: string): void {
    if (this.#writer !== undefined) {
      this.#leftOut += this.#writer.packets - this.#handed;
      if (this.#file !== undefined) this.#file.failed = true;
      this.#writer = undefined;
      this.#file = undefined;
      this.#spooler.close();
    }
    this.#ticksUntilRetry = Math.ceil(this.#limits.retrySeconds);
    if (this.#troubled) return;
    this.#troubled = true;
    this.#events.trouble(path, why);
  }
}
