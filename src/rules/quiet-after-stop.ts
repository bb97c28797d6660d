import { heardByState } from './heard-by-state.ts';
import type { MediaKind } from './media-requests.ts';
import type { Judge } from './rule.ts';
import { RunningStreams } from './running-streams.ts';
import type { Turn } from './turn.ts';

/** What was in flight on another connection when the stop was answered. */
const SLACK_SECONDS = 2;

/** Whether data ends once the last stream of its kind was stopped; the state of the rules that ask for it. */
class QuietAfterStop {
  readonly #streams: RunningStreams;
  readonly #data: readonly number[];
  /** When nothing was to come any more, and the holes then; undefined while data is expected. */
  #since: number | undefined = undefined;
  #losses = 0;

  /** `data`: the message ids of the data. */
  constructor(kind: MediaKind, data: readonly number[]) {
    this.#streams = new RunningStreams(kind);
    this.#data = data;
  }

  message(turn: Turn, judge: Judge<'{seconds}', QuietAfterStop>): void {
    const event = this.#streams.take(turn);
    if (event?.what === 'asked to start') {
      this.end(judge);
      this.#since = undefined;
    } else if (event?.what === 'stopped' && this.#streams.running.size === 0 && !this.#streams.forgot) {
      this.#since = turn.time;
      this.#losses = judge.losses;
    }
  }

  media(turn: Turn, judge: Judge<'{seconds}', QuietAfterStop>): void {
    if (this.#since === undefined || !this.#data.includes(turn.header.messageId)) return;
    const seconds = turn.time - this.#since;
    if (seconds <= SLACK_SECONDS) {
      judge.notYet();
      return;
    }
    // A start may be in a hole, or be older than the capture.
    judge.missing(turn, { seconds }, this.#losses);
    this.#since = undefined;
  }

  end(judge: Judge<'{seconds}', QuietAfterStop>): void {
    if (this.#since !== undefined) judge.obeyed();
  }
}

/** What the rules have in common that ask for silence once a stop was answered. */
export function quietAfterStop(kind: MediaKind, ...data: readonly number[]) {
  const observes = heardByState<'{seconds}', QuietAfterStop>();
  const state = () => new QuietAfterStop(kind, data);
  return { level: 'must', scope: 'session', steady: 'once', state, observes } as const;
}
