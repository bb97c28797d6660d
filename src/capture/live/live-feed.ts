import { Packet } from '../../../dissectors/core/packet.ts';
import type { CaptureSink } from '../capture-file.ts';
import { ENGINE_LIMITS, type EngineLimits } from './engine.ts';
import { PIECE_BYTES, SPARE_PIECES } from './limits.ts';
import { LiveChunks, RecordReader } from './record-reader.ts';

/** A piece that waits for the sink; without bytes it stands for the end of its reader. */
interface Waiting {
  readonly reader: RecordReader;
  readonly piece: Buffer | undefined;
  length: number;
  readonly file: number;
  readonly finished?: () => void;
}

/**
 * Where the pieces of all interfaces become packets, in the order of their arrival. While the sink does not keep up, they
 * wait; when too many do, the oldest is cut into records all the same, but these are counted instead of handed on: a
 * reader that lost its place in the bytes could not go on.
 */
export class LiveFeed implements CaptureSink {
  /** Packets delivered and packets thrown away, of each interface. */
  readonly received: number[];
  readonly thrownAway: number[];
  readonly #sink: CaptureSink;
  readonly #limits: EngineLimits;
  readonly #packet = new Packet();
  readonly #chunks = new LiveChunks();
  readonly #full: () => void;
  readonly #failed: (error: unknown) => void;
  #left: number;
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  readonly #free: Buffer[] = [];
  #stalled = false;
  #dropping = false;

  /** `full` is told once `most` packets were handed on, `failed` what the sink threw. */
  constructor(
    sink: CaptureSink,
    interfaces: number,
    most: number,
    full: () => void,
    failed: (error: unknown) => void,
    limits: EngineLimits = ENGINE_LIMITS,
  ) {
    this.#limits = limits;
    this.#sink = sink;
    this.#left = most;
    this.#full = full;
    this.#failed = failed;
    this.received = new Array<number>(interfaces).fill(0);
    this.thrownAway = new Array<number>(interfaces).fill(0);
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** A reader for one run of the engine of interface `file`. */
  openReader(file: number): RecordReader {
    return new RecordReader(file, this.#packet, this, this.#chunks, this.#limits.capture);
  }

  /** A buffer for the next piece. */
  takePiece(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
  }

  /** Takes `piece[0 … length)` for a reader, and the buffer itself back. */
  push(reader: RecordReader, file: number, piece: Buffer, length: number): void {
    if (length === 0) {
      this.#giveBack(piece);
      return;
    }
    this.#queuedBytes += length;
    // Small pieces wait together: as many of them would not be as many bytes.
    const last = this.#stalled ? this.#queue.at(-1) : undefined;
    if (last?.reader === reader && last.piece !== undefined && last.length + length <= last.piece.length) {
      last.length += piece.copy(last.piece, last.length, 0, length);
      this.#giveBack(piece);
      return;
    }
    this.#queue.push({ reader, piece, length, file });
    if (!this.#stalled) this.#work();
    else if (this.#queue.length > this.#limits.live.queuedPieces) this.#dropOldest();
  }

  /** Resolves when all that was pushed for the reader has been taken or thrown away, and its last record judged. */
  finish(reader: RecordReader, file: number): Promise<void> {
    return new Promise((finished) => {
      this.#queue.push({ reader, piece: undefined, length: 0, file, finished });
      if (!this.#stalled) this.#work();
    });
  }

  /** The sink of the parsers. */
  packet(packet: Packet): void {
    const { file } = packet;
    this.received[file] = (this.received[file] ?? 0) + 1;
    if (this.#dropping) {
      this.thrownAway[file] = (this.thrownAway[file] ?? 0) + 1;
    } else if (this.#left > 0) {
      this.#left -= 1;
      this.#sink.packet(packet);
      if (this.#left === 0) this.#full();
    }
  }

  dropped(from: number, to: number): void {
    this.#sink.dropped?.(from, to);
  }

  drained(): Promise<void> | undefined {
    return undefined;
  }

  /** Nothing more is handed on; what waits is thrown away. */
  close(): void {
    this.#left = 0;
    this.#stalled = false;
    this.#work();
  }

  #work(): void {
    while (this.#queue.length > 0) {
      this.#take();
      const drained = this.#left > 0 ? this.#sink.drained() : undefined;
      if (drained !== undefined) {
        this.#stalled = true;
        drained.then(() => this.#goOn(), this.#failed);
        return;
      }
    }
  }

  #goOn(): void {
    if (!this.#stalled) return;
    this.#stalled = false;
    this.#work();
  }

  /** Some are kept for the next pieces; what a long queue needed is let go. */
  #giveBack(piece: Buffer): void {
    if (this.#free.length < SPARE_PIECES) this.#free.push(piece);
  }

  #dropOldest(): void {
    this.#dropping = true;
    this.#take();
    this.#dropping = false;
  }

  #take(): void {
    const waiting = this.#queue.shift();
    if (waiting === undefined) return;
    const { reader, piece, length, finished } = waiting;
    this.#queuedBytes -= length;
    try {
      if (piece !== undefined) {
        reader.push(piece, length);
        this.#giveBack(piece);
      } else {
        reader.finish();
      }
    } catch (error) {
      // Only the sink throws.
      this.#failed(error);
    }
    finished?.();
  }
}
