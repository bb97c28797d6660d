import { describeMessage } from '../../schemas/registry.ts';
import type { SessionState } from '../session/session.ts';
import type { Judge, Observers } from './rule.ts';
import type { Turn } from './turn.ts';

/** Requests may be under way on one socket while the session ends on another. */
const CROSSING_SECONDS = 1;

/** When the session ended, on which socket, and the holes until then. */
interface Ending {
  over: boolean;
  time: number;
  flow: number;
  losses: number;
}

export function overState(): Ending {
  return { over: false, time: 0, flow: 0, losses: 0 };
}

/** Watches that the client asks for nothing under the id of a session that has ended in this way. */
export function nothingAfter<B extends string>(
  ending: SessionState,
  broken: (turn: Turn, judge: Judge<B, Ending>, seconds: number) => void,
): Observers<B, Ending> {
  return {
    message(turn, judge) {
      const { state } = judge;
      if (turn.session?.state !== ending) {
        // The id has been given out again on the same socket.
        state.over = false;
        return;
      }
      if (!state.over) {
        Object.assign(state, { over: true, time: turn.time, flow: turn.flow.number, losses: judge.losses });
        judge.obeyed();
      } else if (turn.from === 'client' && isRequest(turn)) {
        const seconds = turn.time - state.time;
        if (turn.flow.number === state.flow || seconds > CROSSING_SECONDS) broken(turn, judge, seconds);
      }
    },
  };
}

function isRequest({ dialect, header }: Turn): boolean {
  return describeMessage(dialect, header.messageId, 'client')?.reply !== undefined;
}
