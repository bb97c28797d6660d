import type { Rows } from '../model/contract.ts';

/** Rows asked for around those that are shown, in screens above and below: paging then finds them there. */
const AHEAD = 2;
const LONGEST_FETCH = 1000;

export type Fetch<R> = (start: number, count: number) => Promise<Rows<R>>;

/** What is there of a list that is elsewhere: the latest answer, and whether a newer one is on its way. */
export class RowWindow<R> {
  #answer: Rows<R> | undefined = undefined;
  #fetch: Fetch<R>;
  #busy = false;
  /** Asked for while an answer was on its way. */
  #next: { readonly top: number; readonly height: number; readonly ahead: number } | undefined = undefined;
  #generation = 0;
  readonly #changed: () => void;

  /** @param changed a new answer is there */
  constructor(fetch: Fetch<R>, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  get total(): number {
    return this.#answer?.total ?? 0;
  }

  get version(): number {
    return this.#answer?.version ?? -1;
  }

  get answer(): Rows<R> | undefined {
    return this.#answer;
  }

  /** Nothing has been answered since the list was made or became another one. */
  get fresh(): boolean {
    return this.#answer === undefined;
  }

  row(position: number): R | undefined {
    const answer = this.#answer;
    return answer === undefined ? undefined : answer.rows[position - answer.start];
  }

  covers(top: number, height: number): boolean {
    const answer = this.#answer;
    if (answer === undefined) return false;
    const end = Math.min(top + height, answer.total);
    return top >= answer.start && end <= answer.start + answer.rows.length;
  }

  /** Another list from now on. The rows of the old one stay until the first answer. */
  replace(fetch: Fetch<R>): void {
    this.#fetch = fetch;
    this.#generation += 1;
    this.#busy = false;
    this.#next = undefined;
  }

  /** Asks for the rows at `top`, and so many screens `ahead` of them on either side. */
  ask(top: number, height: number, ahead = AHEAD): void {
    if (this.#busy) {
      this.#next = { top, height, ahead };
      return;
    }
    this.#busy = true;
    const generation = this.#generation;
    const start = Math.max(0, top - ahead * height);
    const count = Math.min(LONGEST_FETCH, (2 * ahead + 1) * height);
    const done = (answer: Rows<R> | undefined) => {
      if (generation !== this.#generation) return;
      this.#busy = false;
      if (answer !== undefined) this.#answer = answer;
      const next = this.#next;
      this.#next = undefined;
      if (answer !== undefined) this.#changed();
      if (next !== undefined) this.ask(next.top, next.height, next.ahead);
    };
    // A model that answers no more says so itself (onBroken); the rows that are there stay.
    this.#fetch(start, count).then(done, () => done(undefined));
  }
}
