import type { Packet } from '../../dissectors/core/packet.ts';
import type { Flow } from './flow.ts';
import type { ReassemblyLimits } from './reassembly-limits.ts';
import { sequenceDistance } from './sequence.ts';
import type { StreamDirection } from './stream-direction.ts';

/**
 * What the peer has acknowledged beyond the bytes captured, and how long the holes below it may still be filled:
 * a capture with several queues or taps shows acknowledgements before the data that they answer.
 */

/** Notes an acknowledgement beyond `stream.next`. */
export function noteAcknowledged(
  stream: StreamDirection,
  flow: Flow,
  acknowledgement: number,
  packet: Packet,
): void {
  if (!stream.holeAcknowledged) {
    stream.holeAcknowledged = true;
    stream.acknowledged = acknowledgement;
    startGrace(stream, flow, packet);
  } else if (sequenceDistance(acknowledgement, stream.acknowledged) > 0) {
    stream.acknowledged = acknowledgement;
  }
}

/** From now on the holes below the newest acknowledgement have their time to be filled. */
export function startGrace(stream: StreamDirection, flow: Flow, packet: Packet): void {
  stream.graceAcknowledged = stream.acknowledged;
  stream.gracePackets = flow.packets;
  stream.graceSeconds = packet.seconds;
  stream.graceNanoseconds = packet.nanoseconds;
}

export function isGraceOver(
  stream: StreamDirection,
  flow: Flow,
  packet: Packet,
  limits: ReassemblyLimits,
): boolean {
  return (
    flow.packets - stream.gracePackets >= limits.acknowledgedHolePackets ||
    elapsedSeconds(packet, stream.graceSeconds, stream.graceNanoseconds) >= limits.acknowledgedHoleSeconds
  );
}

/** Whether a hole is known by what lies behind it, a segment or the FIN, and was acknowledged when the grace began. */
export function hasHoleToGiveUp(stream: StreamDirection): boolean {
  const waiting = stream.pending[0];
  if (waiting === undefined && !stream.finSeen) return false;
  const holeEnd = waiting?.sequence ?? stream.finSequence;
  return (
    sequenceDistance(holeEnd, stream.next) > 0 && sequenceDistance(stream.graceAcknowledged, holeEnd) >= 0
  );
}

/** Bytes behind the last captured ones that the peer has acknowledged, or that lie before the FIN. */
export function missingAtTheEnd(stream: StreamDirection): number {
  if (stream.finSeen) return sequenceDistance(stream.finSequence, stream.next);
  if (!stream.holeAcknowledged) return 0;
  const missing = sequenceDistance(stream.acknowledged, stream.next);
  // One number alone may be that of a FIN that was not captured.
  return missing > 1 ? missing : 0;
}

/** From a time to that of the packet; negative where the clock was set back. */
export function elapsedSeconds(packet: Packet, seconds: number, nanoseconds: number): number {
  return packet.seconds - seconds + (packet.nanoseconds - nanoseconds) / 1e9;
}
