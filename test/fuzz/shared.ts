import type { Failure } from './outcome.ts';

/** What the fuzzing thread is to do. */
export interface Job {
  readonly root: string;
  readonly seed: number;
  readonly seconds: number;
  /** This many inputs for each target instead of a time; 0 for a time. */
  readonly inputs: number;
  /** How many places are counted; 0 without guidance. */
  readonly places: number;
  /** Where what guidance keeps is kept between runs. */
  readonly corpus: string | undefined;
  /** Names, in the order in which they have their turns. */
  readonly targets: readonly string[];
  /** Runs the seeds themselves first. */
  readonly withSeeds: boolean;
  /** Signatures of failures that need not be told again. */
  readonly known: readonly string[];
  readonly board: SharedArrayBuffer;
}

/** How far a target came. */
export interface Count {
  readonly tried: number;
  /** Places reached, and inputs kept. */
  readonly places: number;
  readonly kept: number;
  /** Of all inputs in order, where their number was asked for. */
  readonly digest: string;
}

/** What it tells. */
export type Told =
  | { readonly kind: 'ready' | 'done' }
  | ({ readonly kind: 'count'; readonly target: string } & Count)
  | {
      readonly kind: 'failure';
      readonly failure: Failure;
      readonly input: Uint8Array;
      readonly from: number;
    };

const FRONT = 12;

/** Where the thread writes each input before it is tried, so that one that never comes back is known. */
export class Blackboard {
  static readonly bytes = 2 * 1024 * 1024;
  readonly #numbers: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#numbers = new Int32Array(memory, 0, FRONT / 4);
    this.#bytes = new Uint8Array(memory, FRONT);
  }

  /** Inputs written so far. */
  get written(): number {
    return Atomics.load(this.#numbers, 0);
  }

  get target(): number {
    return Atomics.load(this.#numbers, 1);
  }

  write(target: number, input: Uint8Array): void {
    this.#bytes.set(input.subarray(0, this.#bytes.length));
    Atomics.store(this.#numbers, 1, target);
    Atomics.store(this.#numbers, 2, Math.min(input.length, this.#bytes.length));
    Atomics.add(this.#numbers, 0, 1);
  }

  read(): Buffer {
    return Buffer.from(this.#bytes.slice(0, Atomics.load(this.#numbers, 2)));
  }
}
