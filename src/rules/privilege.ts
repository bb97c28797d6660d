import { saysDone } from '../../schemas/return-codes.ts';
import type { Turn } from './turn.ts';

/**
 * What a client may ask before it has logged in: the login itself, the negotiation of keys (field notes §8), a claim,
 * which carries the id of another socket's login or negotiates keys, discovery, and what newer firmware answers
 * to anybody (1660, for which there is a rule of its own).
 */
const FOR_ANYBODY: ReadonlySet<number> = new Set([
  1000, 1008, 1010, 1413, 1417, 1424, 1434, 1530, 1532, 1660,
]);

/** Whether a request asks for something that needs a login. */
export function needsLogin(id: number): boolean {
  return !FOR_ANYBODY.has(id);
}

/** Whether the device did what it was asked. */
export function isGranted(reply: Turn): boolean {
  return reply.ret !== undefined && saysDone(reply.ret);
}
