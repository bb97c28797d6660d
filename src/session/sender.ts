import { type Dialect, describeMessage } from '../../schemas/registry.ts';
import { PROTOCOL_TCP, type Side } from '../reassembly/flow.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import type { Sender } from './message.ts';

/**
 * Who sent a message. On TCP the side of the well-known port is the device; elsewhere the first message that
 * only one of the two may send tells, and until it comes who opened the connection is taken for the client.
 * Datagrams are judged one by one: both sides of discovery use the same port, and whoever probes may be probed.
 */
export function senderOf(dialect: Dialect, dvrip: DvripFlow, side: Side, id: number): Sender {
  if (dvrip.deviceSide === -1 || dvrip.flow.protocol !== PROTOCOL_TCP) {
    const from = onlySender(dialect, id);
    if (from !== undefined) dvrip.deviceSide = from === 'device' ? side : opposite(side);
    else if (dvrip.deviceSide === -1) return side === dvrip.flow.client ? 'client' : 'device';
  }
  return side === dvrip.deviceSide ? 'device' : 'client';
}

/** The one who may send the id; nobody where both may, as in logins (active registration, §4.1.2). */
function onlySender(dialect: Dialect, id: number): Sender | undefined {
  const from = describeMessage(dialect, id)?.from;
  // In the dialect of the specification the number 1000 is a request or a reply, whoever sends it (§6.2.1).
  if (describeMessage(dialect, id, 'client')?.from !== from) return undefined;
  return from === 'client' || from === 'device' ? from : undefined;
}

function opposite(side: Side): Side {
  return side === 0 ? 1 : 0;
}
