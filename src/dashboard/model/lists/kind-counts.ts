import type { MessageKind } from '../contract.ts';
import type { MessageMemory } from '../index/message-memory.ts';
import { FLAG } from '../index/message-page.ts';
import type { GrowingList } from './growing-list.ts';

/** How many messages of each id a list has; counts on from where it was when it is asked again. */
export class KindCounts {
  /** Unfolded, without a filter. */
  readonly list: GrowingList;
  readonly #memory: MessageMemory;
  readonly #kinds = new Map<
    number,
    { readonly id: number; readonly name: string; count: number; readonly media: boolean }
  >();
  #counted = 0;
  #first = 0;

  constructor(list: GrowingList, memory: MessageMemory) {
    this.list = list;
    this.#memory = memory;
  }

  /** In order of id. */
  all(): readonly MessageKind[] {
    const { index } = this.#memory;
    const { total } = this.list;
    if (this.#first !== index.first || total < this.#counted) {
      // Messages have gone.
      this.#kinds.clear();
      this.#counted = 0;
      this.#first = index.first;
    }
    for (; this.#counted < total; this.#counted++) this.#count(this.list.entry(this.#counted).number);
    return [...this.#kinds.values()].map((kind) => ({ ...kind })).sort((a, b) => a.id - b.id);
  }

  #count(number: number): void {
    const { index } = this.#memory;
    const page = index.page(number);
    const row = index.rowOf(number);
    const id = page.id[row] ?? 0;
    const known = this.#kinds.get(id);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const media = ((page.flags[row] ?? 0) & FLAG.media) !== 0;
    this.#kinds.set(id, { id, name: index.nameOf(number), count: 1, media });
  }
}
