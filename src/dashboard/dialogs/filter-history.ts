/** Filters kept. */
const LONGEST = 100;

/** The filters that were used, latest last. */
export class FilterHistory {
  readonly #filters: string[] = [];
  /** Where the stepping is; at the length of the list is what was being typed. */
  #at = 0;
  #typed = '';

  add(filter: string): void {
    const text = filter.trim();
    if (text !== '') {
      const before = this.#filters.indexOf(text);
      if (before !== -1) this.#filters.splice(before, 1);
      this.#filters.push(text);
      if (this.#filters.length > LONGEST) this.#filters.shift();
    }
    this.#at = this.#filters.length;
  }

  /** The filter before or after; `typed` comes back behind the latest one. */
  step(direction: -1 | 1, typed: string): string {
    if (this.#at >= this.#filters.length) this.#typed = typed;
    this.#at = Math.max(0, Math.min(this.#filters.length, this.#at + direction));
    return this.#filters[this.#at] ?? this.#typed;
  }
}
