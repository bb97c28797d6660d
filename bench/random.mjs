/** Marsaglia's xorshift32: the same numbers on every machine, so that a capture is the same file everywhere. */
export class Random {
  #state;

  /** @param {number} seed not 0 */
  constructor(seed) {
    this.#state = seed | 0;
  }

  /** @param {number} bound above 0 @returns {number} 0 … bound - 1 */
  below(bound) {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % bound;
  }
}
