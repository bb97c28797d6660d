import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { loadCorpus } from './corpus.ts';
import { minimise } from './minimise.ts';
import { mutateBody } from './mutate-body.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateCapture } from './mutate-capture.ts';
import { mutateText } from './mutate-text.ts';
import { type Failure, tryInput } from './outcome.ts';
import { Random } from './random.ts';
import type { Job, Told } from './shared.ts';
import { Blackboard } from './shared.ts';
import type { InputKind, Target } from './target.ts';
import { allTargets } from './targets/all.ts';

const MUTATORS: Readonly<Record<InputKind, typeof mutateBytes>> = {
  bytes: mutateBytes,
  body: mutateBody,
  capture: mutateCapture,
  text: mutateText,
};

const LONGEST_INPUT = 1_200_000;
/** How long one target is tried before it is the next one's turn. */
const TURN_SECONDS = 1;
/** Makes inputs for one target: its seeds, changed in a few ways at a time. */
class Maker {
  readonly target: Target;
  /** Its own, so that its inputs do not depend on how fast the others are. */
  readonly #random: Random;
  tried = 0;

  constructor(target: Target, seed: number) {
    this.target = target;
    this.#random = new Random(seed ^ createHash('sha256').update(target.name).digest().readInt32LE());
  }

  make(): Buffer {
    const random = this.#random;
    const { kind, seeds } = this.target;
    let input = random.pick(seeds) ?? Buffer.alloc(0);
    for (let i = random.few(9); i > 0; i--) {
      const next = MUTATORS[kind](random, input, random.pick(seeds) ?? input);
      if (next.length <= LONGEST_INPUT) input = next;
    }
    return input;
  }
}

const job: Job = workerData;
const board = new Blackboard(job.board);
const known = new Set<string>(job.known);
const tell = (told: Told) => parentPort?.postMessage(told);

async function report(maker: Maker, input: Buffer, failure: Failure): Promise<void> {
  if (known.has(failure.signature)) return;
  known.add(failure.signature);
  const { target } = maker;
  const same = async (smaller: Buffer) => (await attempt(target, smaller))?.signature === failure.signature;
  const smallest = await minimise(input, target.kind, same);
  tell({ kind: 'failure', failure, input: smallest, from: input.length });
}

async function attempt(target: Target, input: Buffer): Promise<Failure | undefined> {
  board.write(job.targets.indexOf(target.name), input);
  return tryInput(target, input);
}

async function main(): Promise<void> {
  const all = allTargets(await loadCorpus(job.root));
  const makers = job.targets
    .flatMap((name) => all.filter((target) => target.name === name))
    .map((target) => new Maker(target, job.seed));
  tell({ kind: 'ready' });
  if (job.withSeeds) {
    for (const maker of makers) {
      for (const seed of maker.target.seeds) {
        const failure = await attempt(maker.target, seed);
        maker.tried += 1;
        if (failure !== undefined) await report(maker, seed, failure);
      }
    }
  }
  const end = performance.now() + 1000 * job.seconds;
  for (let turn = 0; performance.now() < end; turn++) {
    const maker = makers[turn % makers.length];
    if (maker === undefined) break;
    const until = performance.now() + 1000 * TURN_SECONDS;
    while (performance.now() < until) {
      const input = maker.make();
      const failure = await attempt(maker.target, input);
      maker.tried += 1;
      if (failure !== undefined) await report(maker, input, failure);
    }
    tell({ kind: 'count', target: maker.target.name, tried: maker.tried });
  }
  tell({ kind: 'done' });
}

await main();
