import { FewNumbers } from './few-numbers.ts';
import type { Turn } from './turn.ts';

/** Ids of requests that are remembered of one flow. */
const MOST_IDS = 64;

/**
 * How sure it is which request an answer belongs to. Answers are paired by their order; where one was lost, or never
 * given, the next would be taken for it.
 */
export class Pairing {
  /** Number of the first message behind the latest hole. */
  #holeAt = 0;
  #losses = 0;
  /** Number of the latest request of each id. */
  readonly #latest = new FewNumbers(MOST_IDS);

  /** To be told of every request and answer that matters, with the holes of the flow so far. */
  take(turn: Turn, losses: number): void {
    if (losses !== this.#losses) this.#holeAt = turn.number;
    this.#losses = losses;
    const { messageId } = turn.header;
    if (turn.asked !== undefined) return;
    this.#latest.set(messageId, turn.number);
  }

  /** `gap`: an answer may have been lost. `no`: the same was asked again, and the numbers do not tell. */
  sure({ asked, header, pairDoubt }: Turn): 'yes' | 'gap' | 'no' {
    if (asked === undefined) return 'no';
    if (pairDoubt !== undefined || asked.number < this.#holeAt) return 'gap';
    const again = (this.#latest.get(asked.id) ?? asked.number) > asked.number;
    return again && header.sequence !== asked.sequence ? 'no' : 'yes';
  }
}
