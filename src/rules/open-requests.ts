import type { Turn } from './turn.ts';

/** More requests than a client sends between two answers. */
const KEPT = 32;

/** What requests said, until they are answered. */
export class OpenRequests<T> {
  /** Made with the first of them: there are very many flows. */
  #open: Map<number, T> | undefined = undefined;

  ask(turn: Turn, what: T): void {
    this.#open ??= new Map();
    if (this.#open.size >= KEPT) {
      for (const oldest of this.#open.keys()) {
        this.#open.delete(oldest);
        break;
      }
    }
    this.#open.set(turn.number, what);
  }

  /** What the request said that the turn answers; it is answered now. */
  answered(turn: Turn): T | undefined {
    const number = turn.asked?.number;
    if (number === undefined || this.#open === undefined) return undefined;
    const what = this.#open.get(number);
    this.#open.delete(number);
    if (this.#open.size === 0) this.#open = undefined;
    return what;
  }
}
