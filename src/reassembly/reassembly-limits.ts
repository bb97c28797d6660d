export interface ReassemblyLimits {
  /** Bytes that wait behind a hole, per direction. */
  readonly pendingBytes: number;
  /** Segments that wait behind a hole, per direction. */
  readonly pendingSegments: number;
  /** Bytes that wait behind holes, over all flows, with SEGMENT_OVERHEAD for each segment. */
  readonly pendingBytesInAll: number;
  /**
   * A hole that the peer has acknowledged stays open for so many more packets of the flow, and no longer
   * than so many seconds: a capture may show an acknowledgement before the data that it answers.
   */
  readonly acknowledgedHolePackets: number;
  readonly acknowledgedHoleSeconds: number;
  /**
   * The first segments of a direction whose SYN was not captured are held back, so many and no longer than so
   * many seconds, unless the peer acknowledges them: the first one captured need not be the first one sent.
   */
  readonly openingSegments: number;
  readonly openingSeconds: number;
}

/** What a segment that waits costs beside its bytes: its buffer, its entry. Many are one byte long in an attack. */
export const SEGMENT_OVERHEAD = 512;
