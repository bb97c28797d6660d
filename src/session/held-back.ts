import type { BodyBudget } from '../../dissectors/dvrip/body-budget.ts';
import type { CaptureTime } from '../reassembly/capture-time.ts';
import { sequenceDistance } from '../reassembly/sequence.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';

export interface HoldingLimits {
  /** Pieces of one direction that wait for what they answer; beyond, they are read at once. */
  readonly heldPieces: number;
  /** They wait for so many seconds of capture time at most: a little longer than the hole may take to be given up. */
  readonly heldSeconds: number;
}

/** Reads what one side sent. */
export interface Reader {
  read(bytes: Uint8Array, start: number, end: number, packet: number): void;
  lose(length: number): void;
}

/** What a piece takes beside its bytes: it may be one byte long, and there may be many in each of very many flows. */
const PIECE_BYTES = 256;

interface Piece {
  /** Undefined for bytes that were never captured. */
  readonly bytes: Uint8Array | undefined;
  readonly length: number;
  readonly packet: number;
  /** Its sender had received the other direction up to here, or less. */
  readonly acknowledged: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

/**
 * What a device sent after it had received what the capture shows later, or never: an answer may be captured before
 * its request, where packets come over several taps or queues; and while a request waits behind a hole, its answer is
 * there already. It waits until the other direction has come so far, so that an answer is read behind its request.
 */
export class HeldBack {
  readonly #opposite: StreamDirection;
  readonly #limits: HoldingLimits;
  readonly #time: CaptureTime;
  readonly #budget: BodyBudget;
  readonly #reader: Reader;
  #pieces: Piece[] = [];
  /** Waited for in vain: nothing waits for this part of the other direction again. */
  #forgone: number | undefined = undefined;
  #overdue = false;

  constructor(
    direction: StreamDirection,
    limits: HoldingLimits,
    time: CaptureTime,
    budget: BodyBudget,
    reader: Reader,
  ) {
    this.#opposite = direction.flow.streams[direction.side === 0 ? 1 : 0];
    this.#limits = limits;
    this.#time = time;
    this.#budget = budget;
    this.#reader = reader;
  }

  get waits(): boolean {
    return this.#pieces.length > 0;
  }

  /** Takes a copy of the bytes, unless they may be read at once; false then, and all that waited has been read. */
  hold(bytes: Uint8Array, start: number, end: number, packet: number): boolean {
    if (!this.#mustWait()) return false;
    const full = this.#pieces.length >= this.#limits.heldPieces || this.#overdue;
    if (full || !this.#budget.take(end - start + PIECE_BYTES)) {
      this.#forgone = this.#opposite.acknowledged;
      this.release();
      return false;
    }
    this.#push(Buffer.from(bytes.subarray(start, end)), end - start, packet);
    const [oldest] = this.#pieces;
    const { seconds, nanoseconds } = this.#time;
    const waited =
      oldest === undefined
        ? 0
        : seconds - oldest.seconds + (nanoseconds - oldest.nanoseconds) / 1_000_000_000;
    // The hole itself is given up behind the packet at hand (TcpReassembly): that comes first.
    if (waited >= this.#limits.heldSeconds) this.#overdue = true;
    return true;
  }

  /** The same for bytes that were never captured: they keep their place among those that wait. */
  holdGap(length: number): boolean {
    if (!this.waits) return false;
    if (this.#pieces.length >= this.#limits.heldPieces) {
      this.release();
      return false;
    }
    this.#push(undefined, length, 0);
    return true;
  }

  /** Whether the other direction may still bring what is waited for. */
  get hopes(): boolean {
    return this.waits && this.#opposite.started && !this.#opposite.ended;
  }

  /** It is `now`, in seconds of capture time, and no packet has come: reads what has waited for long enough. */
  passTime(now: number): void {
    const [oldest] = this.#pieces;
    // A hole of which the other direction says more is given up by then.
    if (oldest === undefined || now - oldest.seconds <= this.#limits.heldSeconds + 1) return;
    this.#forgone = this.#opposite.acknowledged;
    this.release();
  }

  /**
   * Reads what has waited: all of it, or what needs no more of the other direction than up to `received`.
   * `behind` bytes that have just been read, nothing is older than these.
   */
  release(received?: number, behind = false): void {
    const { seconds, nanoseconds } = this.#time;
    while (true) {
      const [piece] = this.#pieces;
      if (piece === undefined) break;
      if (received !== undefined && sequenceDistance(piece.acknowledged, received) > 0) break;
      this.#pieces.shift();
      if (behind) this.#time.raiseTo(piece.seconds, piece.nanoseconds);
      else this.#time.set(piece.seconds, piece.nanoseconds);
      const { bytes, length, packet } = piece;
      if (bytes === undefined) {
        this.#reader.lose(length);
      } else {
        this.#budget.give(length + PIECE_BYTES);
        this.#reader.read(bytes, 0, length, packet);
      }
      this.#time.set(seconds, nanoseconds);
    }
    if (!this.waits) this.#overdue = false;
  }

  #mustWait(): boolean {
    if (this.waits) return true;
    const { holeAcknowledged, acknowledged, next } = this.#opposite;
    if (!holeAcknowledged || sequenceDistance(acknowledged, next) <= 0) return false;
    return acknowledged !== this.#forgone && !this.#opposite.ended;
  }

  #push(bytes: Uint8Array | undefined, length: number, packet: number): void {
    const { seconds, nanoseconds } = this.#time;
    const { acknowledged } = this.#opposite;
    this.#pieces.push({ bytes, length, packet, acknowledged, seconds, nanoseconds });
  }
}
