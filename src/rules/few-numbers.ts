/**
 * Numbers by numbers, of which there are few: the ids of one flow. As a list of pairs it takes a tenth of the memory of a
 * Map, and there may be a hundred thousand flows.
 */
export class FewNumbers {
  readonly #most: number;
  /** Key, value, key, value, … */
  readonly #pairs: number[] = [];

  /** Of more keys than `most`, those beyond are not kept. */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: number): number | undefined {
    const place = this.#placeOf(key);
    return place === -1 ? undefined : this.#pairs[place + 1];
  }

  set(key: number, value: number): void {
    const place = this.#placeOf(key);
    if (place !== -1) this.#pairs[place + 1] = value;
    else if (this.#pairs.length < 2 * this.#most) this.#pairs.push(key, value);
  }

  #placeOf(key: number): number {
    for (let at = 0; at < this.#pairs.length; at += 2) if (this.#pairs[at] === key) return at;
    return -1;
  }
}
