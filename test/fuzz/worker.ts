import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { loadCorpus } from './corpus.ts';
import { counters } from './counters.ts';
import { Guidance } from './guidance.ts';
import { Maker } from './maker.ts';
import { minimise } from './minimise.ts';
import { type Failure, tryInput } from './outcome.ts';
import { SavedInputs } from './saved-inputs.ts';
import { Blackboard, type Job, type Told } from './shared.ts';
import type { Target } from './target.ts';
import { allTargets } from './targets/all.ts';

/** How long one target is tried before it is the next one's turn. */
const TURN_SECONDS = 1;

const job: Job = workerData;
const board = new Blackboard(job.board);
const known = new Set<string>(job.known);
const tell = (told: Told) => parentPort?.postMessage(told);

async function attempt(target: Target, input: Buffer): Promise<Failure | undefined> {
  board.write(job.targets.indexOf(target.name), input);
  return tryInput(target, input);
}

/** One target and what came of it. */
class Trial {
  readonly #maker: Maker;
  readonly #saved: SavedInputs | undefined;
  readonly #digest = createHash('sha256');
  /** What it begins with, as it is: between inputs that are made, so that short runs get to those too. */
  readonly #first: readonly Buffer[];
  readonly #savedBefore: number;
  #begun = 0;
  #tried = 0;

  constructor(target: Target) {
    const guided = job.places > 0 && !(job.inputs > 0 && target.dependsOnTime);
    const guidance = guided ? new Guidance(job.places) : undefined;
    this.#maker = new Maker(target, job.seed, guidance);
    this.#saved = job.corpus === undefined ? undefined : new SavedInputs(job.corpus, target.name);
    const seeds = job.withSeeds || guided ? target.seeds : [];
    const saved = this.#saved?.read() ?? [];
    this.#savedBefore = saved.length;
    this.#first = [...saved, ...seeds];
  }

  get tried(): number {
    return this.#tried;
  }

  async next(): Promise<void> {
    const first = this.#tried % 2 === 0 ? this.#first[this.#begun] : undefined;
    if (first !== undefined) this.#begun += 1;
    await this.#try(first ?? this.#maker.make());
  }

  tell(): void {
    const { target, guidance } = this.#maker;
    // What was saved is replaced once guidance has seen all of it.
    if (guidance !== undefined && this.#begun >= this.#savedBefore) this.#saved?.write(guidance.inputs());
    const { places = 0, size: kept = 0 } = guidance ?? {};
    const digest = job.inputs > 0 ? this.#digest.copy().digest('hex').slice(0, 16) : '';
    tell({ kind: 'count', target: target.name, tried: this.#tried, places, kept, digest });
  }

  async #try(input: Buffer): Promise<void> {
    const { target, guidance } = this.#maker;
    this.#tried += 1;
    if (job.inputs > 0) this.#digest.update(input);
    counters.fill(0, 0, job.places);
    let reached = false;
    const run = async (bytes: Buffer) => {
      await target.run(bytes);
      // A slow input is run again: only the first time counts.
      if (!reached) guidance?.consider(input, counters);
      reached = true;
    };
    const failure = await attempt({ ...target, run }, input);
    if (failure !== undefined) await report(target, input, failure);
  }
}

async function report(target: Target, input: Buffer, failure: Failure): Promise<void> {
  if (known.has(failure.signature)) return;
  known.add(failure.signature);
  const same = async (smaller: Buffer) => (await attempt(target, smaller))?.signature === failure.signature;
  const smallest = await minimise(input, target.kind, same);
  tell({ kind: 'failure', failure, input: smallest, from: input.length });
}

/** The same number of inputs for each target, one target after the other: nothing depends on the clock. */
async function byNumber(trials: readonly Trial[]): Promise<void> {
  for (const trial of trials) {
    while (trial.tried < job.inputs) await trial.next();
    trial.tell();
  }
}

async function byTime(trials: readonly Trial[]): Promise<void> {
  const end = performance.now() + 1000 * job.seconds;
  for (let turn = 0; performance.now() < end; turn++) {
    const trial = trials[turn % trials.length];
    if (trial === undefined) break;
    const until = performance.now() + 1000 * TURN_SECONDS;
    while (performance.now() < until) await trial.next();
    trial.tell();
  }
}

const all = allTargets(await loadCorpus(job.root));
const trials = job.targets
  .flatMap((name) => all.filter((target) => target.name === name))
  .map((target) => new Trial(target));
tell({ kind: 'ready' });
await (job.inputs > 0 ? byNumber(trials) : byTime(trials));
tell({ kind: 'done' });
