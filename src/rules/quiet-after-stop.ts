import type { MediaKind } from './media-requests.ts';
import type { Judge } from './rule.ts';
import { RunningStreams } from './running-streams.ts';
import type { Turn } from './turn.ts';

/** What was in flight on another connection when the stop was answered. */
const SLACK_SECONDS = 2;

/** Whether data ends once the last stream of its kind was stopped; the state of the rules that ask for it. */
export class QuietAfterStop {
  readonly #streams: RunningStreams;
  readonly #isData: (messageId: number) => boolean;
  /** When nothing was to come any more, and the holes then; undefined while data is expected. */
  #since: number | undefined = undefined;
  #losses = 0;

  constructor(kind: MediaKind, isData: (messageId: number) => boolean) {
    this.#streams = new RunningStreams(kind);
    this.#isData = isData;
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
    if (this.#since === undefined || !this.#isData(turn.header.messageId)) return;
    const seconds = turn.time - this.#since;
    if (seconds <= SLACK_SECONDS) return;
    // A start may be in a hole, or be older than the capture.
    judge.missing(turn, { seconds }, this.#losses);
    this.#since = undefined;
  }

  end(judge: Judge<'{seconds}', QuietAfterStop>): void {
    if (this.#since !== undefined) judge.obeyed();
  }
}
