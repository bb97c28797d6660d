const FIRST_CAPACITY = 256;

/** Whole numbers 0 … 2^32 - 1, to which more are appended: 4 bytes each, copied when the room doubles. */
export class NumberList {
  length = 0;
  #numbers = new Uint32Array(FIRST_CAPACITY);

  at(place: number): number {
    return place < this.length ? (this.#numbers[place] ?? 0) : 0;
  }

  push(value: number): void {
    if (this.length === this.#numbers.length) this.#grow();
    this.#numbers[this.length] = value;
    this.length += 1;
  }

  set(place: number, value: number): void {
    if (place < this.length) this.#numbers[place] = value;
  }

  /** The numbers so far: a view, good until the next push. */
  view(): Uint32Array {
    return this.#numbers.subarray(0, this.length);
  }

  /** Lets the first ones go; the others move up. */
  dropFirst(count: number): void {
    if (count < this.length) this.#numbers.copyWithin(0, count, this.length);
    this.length = Math.max(0, this.length - count);
  }

  /** Lets the last ones go, but for so many. */
  cutTo(length: number): void {
    this.length = Math.min(this.length, length);
  }

  /** How many are smaller than `value`; the list must be in ascending order. */
  countBelow(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
