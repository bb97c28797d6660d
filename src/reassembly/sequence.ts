/**
 * TCP sequence numbers as wrapped signed 32-bit integers (RFC 9293 §3.4): they live on a ring, so only
 * differences have a sign. No other file compares them.
 */

/** How far `a` lies ahead of `b` (negative: behind), −2^31 … 2^31 − 1. */
export function sequenceDistance(a: number, b: number): number {
  return (a - b) | 0;
}

export function sequenceAdd(sequence: number, bytes: number): number {
  return (sequence + bytes) | 0;
}
