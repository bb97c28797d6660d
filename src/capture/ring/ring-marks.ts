/** Where a packet's block begins in a file of the ring, so that reading may begin there. */
interface Mark {
  readonly number: number;
  readonly offset: number;
  /** Interfaces described before it. */
  readonly interfaces: number;
}

/** How reading comes to a packet: from the beginning to `head`, for the descriptions, and on from `offset`, where packet `number` lies. */
export interface Shortcut {
  readonly head: number;
  readonly offset: number;
  readonly number: number;
}

/** More than this of a file are not kept: every other one goes. */
const MOST_MARKS = 1024;

/** Marks of one file, from its beginning on. */
export class RingMarks {
  #marks: Mark[] = [];
  /** One in so many is kept, of those that are offered. */
  #stride = 1;
  #offered = 0;

  /** Packet `number` will begin at `offset`, after so many descriptions of interfaces. */
  add(number: number, offset: number, interfaces: number): void {
    this.#offered += 1;
    if (this.#offered % this.#stride !== 0) return;
    this.#marks.push({ number, offset, interfaces });
    if (this.#marks.length <= MOST_MARKS) return;
    this.#marks = this.#marks.filter((_, place) => place % 2 === 0);
    this.#stride *= 2;
  }

  /** The shortcut to a packet, over the first `packets` packets of the file only; undefined where there is none. */
  to(number: number, first: number, packets: number): Shortcut | undefined {
    const [head] = this.#marks;
    if (head === undefined) return undefined;
    // Behind another description, reading from the head would not know its interface.
    const mark = this.#marks.findLast(
      (one) => one.number <= number && one.number - first <= packets && one.interfaces === head.interfaces,
    );
    if (mark === undefined || mark === head) return undefined;
    return { head: head.offset, offset: mark.offset, number: mark.number };
  }
}
