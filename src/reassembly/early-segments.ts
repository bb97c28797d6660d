import { copyBytes } from '../../dissectors/core/bytes.ts';
import { sequenceAdd, sequenceDistance } from './sequence.ts';
import type { StreamDirection } from './stream-direction.ts';

/** A segment, or a part of one, that arrived before its turn: a copy, since the read buffer moves on. */
export interface EarlySegment {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** Read buffer and offset that it was copied from, for DeliveredHistory; −1: none that could be found again. */
  readonly chunk: number;
  readonly origin: number;
  /** Bytes cut off its end by the snap length. */
  readonly cut: number;
  readonly packet: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** The record that carried a segment. */
export interface Carrier {
  readonly number: number;
  readonly chunk: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

/**
 * Puts the parts of the segment `bytes[start … end)` that are new among those that wait; the first arrival
 * keeps its bytes. The segment lies at or behind `stream.next`. Answers how many bytes were new.
 */
export function holdEarly(
  stream: StreamDirection,
  sequence: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  cut: number,
  carrier: Carrier,
): number {
  const base = stream.next;
  const pending = stream.pending;
  let at = sequenceDistance(sequence, base);
  const stop = at + end - start;
  // Offset in `bytes` of the stream position p is `shift + p`.
  const shift = start - at;
  let fresh = 0;
  let index = firstEndingAfter(pending, base, at);
  while (at < stop) {
    const waiting = pending[index];
    const from = waiting === undefined ? stop : sequenceDistance(waiting.sequence, base);
    const until = Math.min(from, stop);
    if (at < until) {
      pending.splice(index, 0, {
        sequence: sequenceAdd(base, at),
        bytes: copyBytes(bytes, shift + at, shift + until),
        chunk: carrier.chunk,
        origin: shift + at,
        cut: until === stop ? cut : 0,
        packet: carrier.number,
        seconds: carrier.seconds,
        nanoseconds: carrier.nanoseconds,
      });
      fresh += until - at;
      index += 1;
    }
    if (waiting === undefined || from >= stop) break;
    const overlapEnd = Math.min(from + waiting.bytes.length, stop);
    const overlapStart = Math.max(from, at);
    stream.retransmittedBytes += overlapEnd - overlapStart;
    for (let p = overlapStart; p < overlapEnd; p++) {
      if (waiting.bytes[p - from] !== bytes[shift + p]) stream.conflictingBytes += 1;
    }
    at = overlapEnd;
    index += 1;
  }
  stream.pendingBytes += fresh;
  return fresh;
}

/** Index of the first waiting segment that ends behind the position `at` (relative to `base`). */
function firstEndingAfter(pending: readonly EarlySegment[], base: number, at: number): number {
  let low = 0;
  let high = pending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const piece = pending[middle] as EarlySegment;
    if (sequenceDistance(piece.sequence, base) + piece.bytes.length > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
