import type { EarlySegment } from './early-segments.ts';
import type { Flow, Side, StreamConsumer } from './flow.ts';

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
  /** Started without a SYN and nothing delivered yet: an earlier segment may still move the start back. */
  startOpen = false;
  /** Sequence number of the first byte: behind the SYN, or of the first segment seen. */
  first = 0;
  /** Sequence number of the byte expected next. */
  next = 0;
  finSeen = false;
  /** Sequence number of the FIN. */
  finSequence = 0;
  ended = false;

  /** Segments before their turn, sorted by sequence, without overlaps. */
  pending: EarlySegment[] = [];
  pendingBytes = 0;
  /** The peer has acknowledged bytes beyond `next`, … */
  holeAcknowledged = false;
  /** … at most up to here; */
  acknowledged = 0;
  /** and up to here at the time below (packets of the flow, capture time), from which the grace runs. */
  graceAcknowledged = 0;
  gracePackets = 0;
  graceSeconds = 0;
  graceNanoseconds = 0;

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
