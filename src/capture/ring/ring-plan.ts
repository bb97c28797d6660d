import type { RingLimits } from './limits.ts';
import { type Enough, PacketRing, type RingEvents, type Rotation } from './packet-ring.ts';
import { placeOf } from './ring-place.ts';

/** A ring before it is begun: plain data, for the thread that will write it. */
export interface RingPlan {
  /** A folder that is there, or a file. */
  readonly path: string;
  /** Files of the name of `path` with a number and a time. */
  readonly numbered: boolean;
  /** The folder goes with the capture; who made it removes it. */
  readonly temporary: boolean;
  readonly rotation: Rotation;
  readonly enough: Enough;
  readonly limits: RingLimits;
}

/** @throws errors of the system, where there is no such place */
export function beginRing(
  { path, numbered, rotation, enough, limits }: RingPlan,
  events: RingEvents,
): PacketRing {
  return new PacketRing(placeOf(path, numbered), rotation, enough, events, limits);
}
