import { describeMessage } from '../../schemas/registry.ts';
import { FewNumbers } from './few-numbers.ts';
import type { Turn } from './turn.ts';

/** Ids of answers that are remembered of one flow: no conversation has more at once. */
const MOST_IDS = 64;

/** The sequence number of the latest answer of each id on one flow. */
export class LatestAnswers {
  readonly #sequences = new FewNumbers(MOST_IDS);

  /**
   * Whether an answer has a request, repeats the answer before of its id, or has none; undefined for what is no answer, and
   * for what comes in pieces (§3.2) or by datagram, where everybody hears the answers to everybody.
   */
  judge(turn: Turn): 'asked' | 'again' | 'unasked' | undefined {
    const { messageId, sequence } = turn.header;
    const definition = describeMessage(turn.dialect, messageId, turn.from);
    if (definition?.replyTo === undefined || turn.flow.protocol !== 'tcp') return undefined;
    // From the wrong side it answers nothing.
    if (definition.from !== 'either' && definition.from !== turn.from) return undefined;
    if (turn.asked === undefined) return this.#sequences.get(messageId) === sequence ? 'again' : 'unasked';
    // A later piece of an answer in pieces.
    if (turn.responseSeconds === undefined) return undefined;
    this.#sequences.set(messageId, sequence);
    return 'asked';
  }
}
