import type { Judge, Observers } from './rule.ts';
import type { Turn } from './turn.ts';

/** What a rule remembers, where that does all of its looking: the logic that several rules share. */
interface Hearing<B extends string, S> {
  message(turn: Turn, judge: Judge<B, S>): void;
  media(turn: Turn, judge: Judge<B, S>): void;
  end(judge: Judge<B, S>): void;
}

/** Hands every event on to the state. */
export function heardByState<B extends string, S extends Hearing<B, S>>(): Observers<B, S> {
  return {
    message: (turn, judge) => judge.state.message(turn, judge),
    media: (turn, judge) => judge.state.media(turn, judge),
    end: (judge) => judge.state.end(judge),
  };
}
