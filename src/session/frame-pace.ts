/** How frames of one kind followed each other, in seconds since their stream began. */
export class FramePace {
  count = 0;
  longestPause = 0;
  #first = 0;
  #last = 0;

  frame(at: number): void {
    if (this.count === 0) this.#first = at;
    else if (at - this.#last > this.longestPause) this.longestPause = at - this.#last;
    this.#last = at;
    this.count += 1;
  }

  /** When the last one came. */
  get last(): number {
    return this.#last;
  }

  /** Mean seconds from one to the next; undefined of fewer than two, or of frames that all came at once. */
  get interval(): number | undefined {
    const seconds = this.#last - this.#first;
    return this.count > 1 && seconds > 0 ? seconds / (this.count - 1) : undefined;
  }
}
