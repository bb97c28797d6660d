import type { Packet } from '../../dissectors/core/packet.ts';
import type { TimeOrigin } from '../report/message-fields.ts';

/** Takes down the time of the first packet, from which relative times count. */
export function firstPacket(origin: TimeOrigin): (packet: Packet) => void {
  let first = true;
  return (packet) => {
    if (!first) return;
    first = false;
    origin.seconds = packet.seconds;
    origin.nanoseconds = packet.nanoseconds;
  };
}
