import type { Moment } from '../contract.ts';

/** Seconds between two moments. */
export function secondsBetween(from: Moment, to: Moment): number {
  return to.seconds - from.seconds + (to.nanoseconds - from.nanoseconds) / 1e9;
}
