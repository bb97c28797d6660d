import type { Dialect } from '../../schemas/registry.ts';
import type { Sender } from './message.ts';

/**
 * What a login, logout or keep-alive message says of its numbering. The table of §6.2.1 and the field number
 * these messages differently (field notes §3.1), so that an id alone means two things; who sent it, and whether the
 * body is a reply (it has `Ret`), tell them apart. Undefined where the message fits both.
 */
export function dialectEvidence(id: number, from: Sender, value: unknown): Dialect | undefined {
  if (id === 999) return 'spec';
  if (typeof value !== 'object' || value === null) return undefined;
  const reply = 'Ret' in value;
  const fromDevice = from === 'device';
  switch (id) {
    case 1000: // spec LOGIN_REQ and LOGIN_RSP, field LOGIN_REQ
      return reply ? 'spec' : undefined;
    case 1001: // spec LOGOUT_REQ, field LOGIN_RSP
      return reply ? 'field' : 'spec';
    case 1002: // spec LOGOUT_RSP, field LOGOUT_REQ
      return reply ? 'spec' : 'field';
    case 1003: // spec FORCELOGOUT_REQ (PU to CU), field LOGOUT_RSP
      return reply ? 'field' : fromDevice ? 'spec' : undefined;
    case 1004: // spec FORCELOGOUT_RSP, field FORCELOGOUT_REQ
      return reply ? 'spec' : 'field';
    case 1005: // spec KEEPALIVE_REQ, field FORCELOGOUT_RSP, which some devices send without Ret (field notes §2)
      return !reply && 'Name' in value && value.Name === 'KeepAlive' ? 'spec' : undefined;
    case 1006: // spec KEEPALIVE_RSP, field KEEPALIVE_REQ
      return reply ? 'spec' : 'field';
    case 1007: // field KEEPALIVE_RSP
      return 'field';
    default:
      return undefined;
  }
}

/** Whether an id belongs to the block that the dialects number differently. */
export function isDialectal(id: number): boolean {
  return id >= 999 && id <= 1007;
}
