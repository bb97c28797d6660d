import { type Dialect, describeMessage } from '../../schemas/registry.ts';
import { PROTOCOL_TCP, type Side } from '../reassembly/flow.ts';
import { isDialectal } from './dialect.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import type { Sender } from './message.ts';

/**
 * Who sent a message. On TCP the messages tell: the first that only one of the two may send. Until it comes the side of
 * the well-known port is taken for the device, or else who opened the connection for the client. (Active registration,
 * §4.1.2, turns both around.) Datagrams are judged one by one: both sides of discovery use the same port, and
 * whoever probes may be probed.
 */
export function senderOf(dialect: Dialect, dvrip: DvripFlow, side: Side, id: number): Sender {
  if (!dvrip.rolesSettled) {
    const from = onlySender(dialect, id);
    if (from !== undefined) learn(dvrip, side, id, from);
    else if (dvrip.deviceSide === -1) return side === dvrip.flow.client ? 'client' : 'device';
  }
  return side === dvrip.deviceSide ? 'device' : 'client';
}

/** From now on this side is the device. */
export function settleRoles(dvrip: DvripFlow, deviceSide: Side): void {
  dvrip.deviceSide = deviceSide;
  dvrip.rolesSettled = true;
}

function learn(dvrip: DvripFlow, side: Side, id: number, from: Sender): void {
  const deviceSide = from === 'device' ? side : opposite(side);
  if (dvrip.flow.protocol !== PROTOCOL_TCP) {
    dvrip.deviceSide = deviceSide;
  } else if (dvrip.deviceSide === -1 || dvrip.deviceSide === deviceSide) {
    settleRoles(dvrip, deviceSide);
  } else if (!isDialectal(id)) {
    // One message against the port may be a client that tries ids out; against both sides it is not.
    dvrip.roleDoubts |= 1 << side;
    if (dvrip.roleDoubts === 3) settleRoles(dvrip, deviceSide);
  }
}

/** The one who may send the id; nobody where both may, as in logins and claims (active registration, §4.1.2). */
function onlySender(dialect: Dialect, id: number): Sender | undefined {
  const from = describeMessage(dialect, id)?.from;
  // In the dialect of the specification the number 1000 is a request or a reply, whoever sends it (§6.2.1).
  if (describeMessage(dialect, id, 'client')?.from !== from) return undefined;
  return from === 'client' || from === 'device' ? from : undefined;
}

function opposite(side: Side): Side {
  return side === 0 ? 1 : 0;
}
