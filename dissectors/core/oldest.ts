/**
 * The oldest entry of a Map or a Set that grows at one end and shrinks at the other. V8 leaves a hole for each entry that
 * was taken out until it builds the table anew, and a new iterator walks over all of them: where a hundred thousand are
 * kept, looking for the first would cost as much as a walk over as many. An iterator that is kept stands behind the holes.
 */
export class Oldest<T> {
  readonly #entries: () => Iterator<T, unknown>;
  #iterator: Iterator<T, unknown> | undefined = undefined;

  /** @param entries the keys or values of one and the same collection, from the first */
  constructor(entries: () => Iterator<T, unknown>) {
    this.#entries = entries;
  }

  /** The oldest entry, which the caller takes out of its collection now; undefined where there is none. */
  take(): T | undefined {
    let next = this.#iterator?.next();
    if (next === undefined || next.done === true) {
      this.#iterator = this.#entries();
      next = this.#iterator.next();
    }
    return next.done === true ? undefined : next.value;
  }
}
