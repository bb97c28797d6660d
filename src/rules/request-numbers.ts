import { describeMessage } from '../../schemas/registry.ts';
import type { Turn } from './turn.ts';

/**
 * Whether a message counts in the numbering of its socket (§3.1): a request of the client over TCP. Answers repeat or
 * come near the number of their request, and what a device pushes has counters of its own (field notes §4).
 */
export function isNumbered(turn: Turn): boolean {
  if (turn.from !== 'client' || turn.asked !== undefined || turn.flow.protocol !== 'tcp') return false;
  const definition = describeMessage(turn.dialect, turn.header.messageId, 'client');
  return definition === undefined || definition.reply !== undefined;
}

/** What is remembered of the requests on one socket. */
export interface Numbering {
  /** The number of the last; undefined before the first. */
  last: number | undefined;
  /** The number that it should have had, where it had another. */
  due: number | undefined;
  /** The holes until then. */
  losses: number;
}

/** Two numbers that follow each other. */
export interface Succession {
  readonly before: number;
  readonly now: number;
  /** The distance as wrapped 32-bit numbers. */
  readonly step: number;
  /** Bytes between the two were not captured. */
  readonly holed: boolean;
}

export function newNumbering(): Numbering {
  return { last: undefined, due: undefined, losses: 0 };
}

/** Takes a request, and gives what it follows; undefined for the first, and for a login, which may count anew. */
export function follow(turn: Turn, numbering: Numbering): Succession | undefined {
  const { last: before, due, losses } = numbering;
  const now = turn.header.sequence;
  const step = before === undefined ? 0 : (now - before) | 0;
  // A message in several packets is complete later than it began, and one that never is counts twice.
  if (before !== undefined && turn.fragments > 1 && step <= 0) return undefined;
  // One wrong number is one breach: the count may go on as if it had been right.
  const goesOn = due !== undefined && now === (due + 1) >>> 0;
  const expected = before === undefined ? 0 : (before + 1) >>> 0;
  numbering.due = now === expected || goesOn ? undefined : expected;
  numbering.last = now;
  numbering.losses = turn.losses;
  if (before === undefined || turn.name === 'LOGIN_REQ') return undefined;
  return { before, now, step: goesOn ? 1 : step, holed: turn.losses !== losses };
}

/** After it the numbers begin again at 0. */
export const HIGHEST_NUMBER = 0xffff_ffff;
