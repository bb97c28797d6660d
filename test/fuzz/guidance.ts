import type { Random } from './random.ts';

/** An input that reached what no smaller one did. */
interface Kept {
  readonly input: Buffer;
  /** Features that it stands for. */
  stands: number;
}

/** What may be kept for a target. */
export interface GuidanceLimits {
  readonly inputs: number;
  readonly bytes: number;
}

export const GUIDANCE_LIMITS: GuidanceLimits = { inputs: 3000, bytes: 24 * 1024 * 1024 };

/** A feature is a place passed once, twice, three times, up to 7, 15, 31, 127 or more often (as American fuzzy lop counts). */
const STEPS = 8;
const STEP_OF = Uint8Array.from({ length: 256 }, (_, count) => {
  if (count <= 3) return Math.max(0, count - 1);
  return [7, 15, 31, 127, 255].findIndex((most) => count <= most) + 3;
});
/** How much smaller an input must be to stand for what another one stood for. */
const SMALLER = 0.75;
const NEWEST = 64;
/** Owner of a feature that was seen in an input that is no longer kept. */
const NOBODY = -1;

/** Inputs that reach new features are kept, to be changed further; a clearly smaller one takes the place of a larger. */
export class Guidance {
  readonly #limits: GuidanceLimits;
  readonly #owners: Int32Array;
  readonly #kept = new Map<number, Kept>();
  /** Numbers of what is kept, the newest last. */
  #numbers: number[] = [];
  #last = 0;
  #bytes = 0;
  #places = 0;
  readonly #passed: Uint8Array;

  constructor(places: number, limits = GUIDANCE_LIMITS) {
    this.#limits = limits;
    this.#owners = new Int32Array(places * STEPS);
    this.#passed = new Uint8Array(places);
  }

  /** Places reached so far. */
  get places(): number {
    return this.#places;
  }

  get size(): number {
    return this.#kept.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  inputs(): readonly Buffer[] {
    return [...this.#kept.values()].map(({ input }) => input);
  }

  /** Takes note of what an input reached; answers whether it is kept. */
  consider(input: Buffer, counters: Uint8Array): boolean {
    const features = this.#worth(input.length, counters);
    if (features.length === 0) return false;
    const number = ++this.#last;
    const kept = { input: Buffer.from(input), stands: features.length };
    this.#kept.set(number, kept);
    this.#numbers.push(number);
    this.#bytes += input.length;
    for (const feature of features) {
      const before = this.#owners[feature] ?? 0;
      this.#owners[feature] = number;
      const loser = this.#kept.get(before);
      if (loser !== undefined && --loser.stands === 0) this.#drop(before);
    }
    while (this.#kept.size > this.#limits.inputs || this.#bytes > this.#limits.bytes) this.#evict();
    return this.#kept.has(number);
  }

  /** One of what is kept, new ones and small ones more often; undefined while there is nothing. */
  pick(random: Random): Buffer | undefined {
    const all = this.#numbers.length;
    if (random.chance(3)) return this.#at(all - random.few(Math.min(all, NEWEST)));
    const [one, other] = [this.#at(random.below(all)), this.#at(random.below(all))];
    return (one?.length ?? 0) < (other?.length ?? 0) ? one : other;
  }

  #at(place: number): Buffer | undefined {
    return this.#kept.get(this.#numbers[place] ?? 0)?.input;
  }

  /** Features that nothing reached, or only what is larger. */
  #worth(length: number, counters: Uint8Array): readonly number[] {
    const features: number[] = [];
    const places = this.#passed.length;
    // Most are zero: four at a time.
    const words = new Uint32Array(counters.buffer, counters.byteOffset, Math.ceil(places / 4));
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      for (let place = word * 4; place < Math.min(places, word * 4 + 4); place++) {
        const count = counters[place] ?? 0;
        if (count === 0) continue;
        if (this.#passed[place] === 0) {
          this.#passed[place] = 1;
          this.#places += 1;
        }
        const feature = place * STEPS + (STEP_OF[count] ?? 0);
        const owner = this.#owners[feature] ?? 0;
        const larger = owner > 0 && length <= SMALLER * (this.#kept.get(owner)?.input.length ?? 0);
        if (owner === 0 || larger) features.push(feature);
      }
    }
    return features;
  }

  #drop(number: number): void {
    this.#bytes -= this.#kept.get(number)?.input.length ?? 0;
    this.#kept.delete(number);
    this.#numbers = this.#numbers.filter((other) => other !== number);
  }

  /** Lets go of what needs most bytes for a feature. */
  #evict(): void {
    let worst = 0;
    let most = -1;
    for (const [number, { input, stands }] of this.#kept) {
      const cost = input.length / stands;
      if (cost > most) [worst, most] = [number, cost];
    }
    this.#owners.forEach((owner, feature) => {
      if (owner === worst) this.#owners[feature] = NOBODY;
    });
    this.#drop(worst);
  }
}
