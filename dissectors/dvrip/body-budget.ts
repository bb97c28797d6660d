/**
 * Bytes of message bodies, and of pieces of them, that wait to become complete, over all streams together: the
 * bounds of one stream do not help against very many streams.
 */
export class BodyBudget {
  /** How often something was not kept because the limit was reached. */
  refused = 0;
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get used(): number {
    return this.#used;
  }

  take(bytes: number): boolean {
    if (this.#used + bytes > this.#limit) {
      this.refused += 1;
      return false;
    }
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
