import { createHash } from 'node:crypto';
import type { Guidance } from './guidance.ts';
import { mutateBody } from './mutate-body.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateCapture } from './mutate-capture.ts';
import { mutateText } from './mutate-text.ts';
import { Random } from './random.ts';
import type { InputKind, Target } from './target.ts';

const MUTATORS: Readonly<Record<InputKind, typeof mutateBytes>> = {
  bytes: mutateBytes,
  body: mutateBody,
  capture: mutateCapture,
  text: mutateText,
};

const LONGEST_INPUT = 1_200_000;
const NOTHING = Buffer.alloc(0);

/** Makes inputs for one target: its seeds, and what guidance has kept, changed in a few ways at a time. */
export class Maker {
  readonly target: Target;
  readonly guidance: Guidance | undefined;
  /** Its own, so that its inputs do not depend on how fast the others are. */
  readonly #random: Random;

  constructor(target: Target, seed: number, guidance: Guidance | undefined) {
    this.target = target;
    this.guidance = guidance;
    this.#random = new Random(seed ^ createHash('sha256').update(target.name).digest().readInt32LE());
  }

  make(): Buffer {
    const random = this.#random;
    let input = this.#begin();
    for (let i = random.few(9); i > 0; i--) {
      const next = MUTATORS[this.target.kind](random, input, this.#begin());
      if (next.length <= LONGEST_INPUT) input = next;
    }
    return input;
  }

  #begin(): Buffer {
    const random = this.#random;
    const kept = random.chance(4) ? undefined : this.guidance?.pick(random);
    return kept ?? random.pick(this.target.seeds) ?? NOTHING;
  }
}
