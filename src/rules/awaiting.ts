import type { Asked } from '../session/exchanges.ts';
import { PATIENCE_SECONDS, SLOW_REQUESTS } from './patience.ts';
import type { Judge, Observers } from './rule.ts';
import type { Turn } from './turn.ts';

/** Requests that wait at once, of one flow; the oldest beyond are not judged. */
const MOST_WAITING = 64;

interface Waiting {
  readonly asked: Asked;
  readonly time: number;
  readonly losses: number;
  /** A request that was sent later has been answered: devices work through those of a connection in order. */
  overtaken: boolean;
}

/** What waits for its answer, in order of sending. */
export interface Awaiting {
  readonly waiting: Waiting[];
}

export function awaitingState(): Awaiting {
  return { waiting: [] };
}

interface Options<B extends string> {
  /** Which requests are to be answered. */
  readonly wants: (turn: Turn) => boolean;
  /** After so many seconds one is taken to be forgotten, though the connection goes on. */
  readonly overdue: number;
  readonly unanswered: (asked: Asked, waited: number, since: number, judge: Judge<B, Awaiting>) => void;
}

/** Watches that requests are answered: while the connection lasts, and when it ends. */
export function answersTo<B extends string>(options: Options<B>): Observers<B, Awaiting> {
  return {
    message(turn, judge) {
      const { waiting } = judge.state;
      if (turn.asked !== undefined) {
        if (settle(waiting, turn.asked)) judge.obeyed();
      } else if (options.wants(turn)) {
        const asked = turn.cite();
        if (turn.pairDoubt === undefined) wait(waiting, { asked, time: turn.time, losses: judge.losses });
        else judge.unsure(turn.pairDoubt);
      }
      const [oldest] = waiting;
      if (oldest === undefined || turn.time - oldest.time < options.overdue) return;
      waiting.shift();
      options.unanswered(oldest.asked, turn.time - oldest.time, oldest.losses, judge);
    },
    unanswered({ asked, waited }, judge) {
      const { doubt } = asked;
      const known = judge.state.waiting.find((other) => other.asked.number === asked.number);
      if (known === undefined) return;
      const forgotten = known.overtaken && !SLOW_REQUESTS.has(asked.name);
      if (doubt !== undefined) judge.unsure(doubt);
      else if (waited < PATIENCE_SECONDS && !forgotten) judge.unsure('ended');
      else options.unanswered(asked, waited, known.losses, judge);
    },
  };
}

/** Where an older one of its kind waits, whatever happened to its answer may make the two change places. */
function wait(waiting: Waiting[], request: Omit<Waiting, 'overtaken'>): void {
  let { losses } = request;
  for (const { asked, losses: before } of waiting) {
    if (asked.id === request.asked.id && before < losses) losses = before;
  }
  if (waiting.length >= MOST_WAITING) waiting.shift();
  waiting.push({ ...request, losses, overtaken: false });
}

/** Takes the request out of those that wait; false where it is not among them. */
function settle(waiting: Waiting[], { number, side }: Asked): boolean {
  for (const other of waiting) {
    if (other.asked.number < number && other.asked.side === side) other.overtaken = true;
  }
  const at = waiting.findIndex(({ asked }) => asked.number === number);
  if (at !== -1) waiting.splice(at, 1);
  return at !== -1;
}
