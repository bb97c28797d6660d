import type { Addressing } from './flow-table.ts';

/** A TCP segment as the packet decoder leaves it. */
export interface Segment extends Addressing {
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payloadStart: number;
  readonly payloadEnd: number;
  /** Payload length on the wire; more than `payloadEnd - payloadStart` where the snap length cut it. */
  readonly payloadWireLength: number;
}
