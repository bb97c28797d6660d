import { heardByState } from './heard-by-state.ts';
import { Playbacks } from './playbacks.ts';
import type { Judge } from './rule.ts';
import type { Turn } from './turn.ts';

/** A recording that is played sends something all the time; a device may need a while for the next disk. */
const SILENCE_SECONDS = 30;

type EndJudge = Judge<'{seconds}', EndFlags>;

/** Whether recordings say that they are over (§4.9.1); the state of the rules that ask for it. */
class EndFlags {
  readonly #messageId: number;
  readonly #playbacks = new Playbacks();

  /** `messageId`: of the data. */
  constructor(messageId: number) {
    this.#messageId = messageId;
  }

  /** Any control message of the session. */
  message(turn: Turn, judge: EndJudge): void {
    for (const playback of this.#playbacks.running) {
      const { heard, at, losses } = playback;
      if (playback.messageId !== this.#messageId || playback.paused || heard === undefined) continue;
      const seconds = turn.time - heard;
      if (seconds <= SILENCE_SECONDS) continue;
      judge.missing(at, { seconds }, losses);
      // It counts as ended until more of it comes.
      playback.heard = undefined;
    }
    if (turn.name.startsWith('PLAY_')) this.#playbacks.take(turn, judge.losses);
  }

  media(turn: Turn, judge: EndJudge): void {
    if (turn.header.messageId !== this.#messageId) return;
    if (this.#playbacks.data(turn) !== undefined) judge.obeyed();
  }

  end(judge: EndJudge): void {
    for (const { messageId, heard } of this.#playbacks.running) {
      if (messageId === this.#messageId && heard !== undefined) judge.unsure('ended');
    }
  }
}

/** What the rules have in common that ask for the end of a recording. */
export function endFlag(messageId: number) {
  const observes = heardByState<'{seconds}', EndFlags>();
  return {
    level: 'must',
    severity: 'warning',
    scope: 'session',
    state: () => new EndFlags(messageId),
    observes,
  } as const;
}
