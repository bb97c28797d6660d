import type { Flow, Side, StreamConsumer } from './flow.ts';

/** A segment that arrived before its turn: a copy, since the read buffer moves on. */
export interface PendingSegment {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** Where the copy was made from, for DeliveredHistory. */
  readonly origin: Uint8Array;
  readonly originStart: number;
  readonly chunk: number;
  /** Bytes cut off its end by the snap length. */
  readonly cut: number;
  readonly packet: number;
}

/** One direction of a TCP connection: where it stands, what waits, what was counted. */
export class StreamDirection {
  readonly flow: Flow;
  /** The side of the flow that sends it. */
  readonly side: Side;
  /** Set by the observer when the first bytes, or the first gap, are due. */
  consumer: StreamConsumer | undefined = undefined;

  /** `next` is valid: the first sequence number is known. */
  started = false;
  synSeen = false;
  /** Sequence number of the first byte: behind the SYN, or of the first segment seen. */
  first = 0;
  /** Sequence number of the byte expected next. */
  next = 0;
  finSeen = false;
  /** Sequence number of the FIN. */
  finSequence = 0;
  ended = false;

  /** Sorted by sequence, without overlaps. */
  pending: PendingSegment[] = [];
  pendingBytes = 0;
  /** Highest acknowledgement of the peer that lies beyond `next`; valid with `holeAcknowledged`. */
  acknowledged = 0;
  holeAcknowledged = false;
  /** Flow packet count and capture time when the acknowledgement beyond `next` was seen. */
  holePackets = 0;
  holeSeconds = 0;

  /** Distance bookkeeping of DeliveredHistory. */
  newestEntry = 0;

  // Counters for the report. `bytes` are those delivered; `gapBytes` those known to be missing.
  bytes = 0;
  gaps = 0;
  gapBytes = 0;
  retransmittedBytes = 0;
  outOfOrderSegments = 0;
  conflictingBytes = 0;

  constructor(flow: Flow, side: Side) {
    this.flow = flow;
    this.side = side;
  }
}
