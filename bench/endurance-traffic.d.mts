import type { Packet } from '../dissectors/core/packet.ts';

/** For the tests that are written in TypeScript; said in full where it is defined. */
export function feedFourWeeks(
  packet: Packet,
  push: () => void,
  counts: { readonly sessions: number; readonly messages: number },
  progress: (sessions: number, messages: number) => void,
): number;
