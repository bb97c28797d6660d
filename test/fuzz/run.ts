import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { loadCorpus } from './corpus.ts';
import { type Failure, failureOf } from './outcome.ts';
import { Blackboard, type Job, type Told } from './shared.ts';
import { allTargets } from './targets/all.ts';

const USAGE = `npm run fuzz -- [--seconds N] [--target NAME,…] [--seed N] [--list]

  --seconds N       how long (60)
  --target NAME,…   only these; --list names them
  --seed N          begins with the same inputs (1)`;

/** An input that takes longer is a hang. Short ones are measured by the thread itself. */
const HANG_SECONDS = 20;
const HEAP_MEGABYTES = 1024;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** The project, seen from test/fuzz/dist/test/fuzz. */
const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const here = join(root, 'test/fuzz');

/** One thread that fuzzes until it is done, hangs or dies; answers whether it was done. */
class Attempt {
  readonly #counts: Map<string, number>;
  readonly #failures: Map<string, Failure>;
  readonly #board = new SharedArrayBuffer(Blackboard.bytes);
  readonly #job: Job;

  constructor(
    job: Omit<Job, 'board' | 'known'>,
    counts: Map<string, number>,
    failures: Map<string, Failure>,
  ) {
    this.#counts = counts;
    this.#failures = failures;
    this.#job = { ...job, board: this.#board, known: [...failures.keys()] };
  }

  run(): Promise<void> {
    const board = new Blackboard(this.#board);
    const worker = new Worker(new URL('worker.js', import.meta.url), {
      workerData: this.#job,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    return new Promise((resolve) => {
      let seen = -1;
      let since = performance.now();
      const before = new Map(this.#counts);
      const watch = setInterval(() => {
        const { written } = board;
        if (written !== seen) {
          seen = written;
          since = performance.now();
        } else if (written > 0 && performance.now() - since > 1000 * HANG_SECONDS) {
          this.#lost(board, `does not come back within ${HANG_SECONDS} s`, 'hang');
          void worker.terminate();
        }
      }, 500);
      worker.on('message', (told: Told) => {
        if (told.kind === 'failure') this.#failed(told.failure, Buffer.from(told.input), told.from);
        else if (told.kind === 'count') {
          this.#counts.set(told.target, told.tried + (before.get(told.target) ?? 0));
        }
      });
      worker.on('error', (error) => this.#lost(board, error.message, 'dies'));
      worker.on('exit', () => {
        clearInterval(watch);
        resolve();
      });
    });
  }

  #lost(board: Blackboard, text: string, how: string): void {
    const target = this.#job.targets[board.target] ?? 'unknown';
    const input = board.read();
    this.#failed(failureOf(target, text, how), input, input.length);
  }

  #failed(failure: Failure, input: Buffer, from: number): void {
    if (this.#failures.has(failure.signature)) return;
    this.#failures.set(failure.signature, failure);
    const hash = createHash('sha256').update(input).digest('hex').slice(0, 8);
    const file = join(here, 'cases', `${failure.target}.${hash}.bin`);
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, input);
    console.log(`FAILED ${failure.target}: ${failure.text}`);
    console.log(`       ${failure.signature}`);
    console.log(`       ${input.length} of ${from} bytes: ${file}`);
  }
}

async function main(): Promise<void> {
  const targets = allTargets(await loadCorpus(root));
  if (values.list) {
    for (const { name, about, seeds } of targets)
      console.log(`${name.padEnd(13)} ${seeds.length} seeds: ${about}`);
    return;
  }
  const asked = values.target.split(',').filter((name) => name !== '');
  const unknown = asked.find((name) => !targets.some((target) => target.name === name));
  const seconds = Number(values.seconds);
  const seed = Number(values.seed);
  if (unknown !== undefined || !(seconds > 0) || !Number.isSafeInteger(seed)) {
    console.error(
      `${unknown === undefined ? 'a number is none' : `no target is called ${unknown}`}\n\n${USAGE}`,
    );
    process.exitCode = 2;
    return;
  }
  const names = targets.map(({ name }) => name).filter((name) => asked.length === 0 || asked.includes(name));
  const counts = new Map<string, number>();
  const failures = new Map<string, Failure>();
  const start = performance.now();
  for (let round = 0; ; round++) {
    const left = seconds - (performance.now() - start) / 1000;
    if (left <= 0) break;
    const job = { root, seed: seed + round, seconds: left, targets: names, withSeeds: round === 0 };
    await new Attempt(job, counts, failures).run();
  }
  let sum = 0;
  for (const [name, tried] of counts) {
    sum += tried;
    console.log(`${name.padEnd(13)} ${String(tried).padStart(9)} inputs`);
  }
  const spent = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(`${sum} inputs in ${spent} minutes, seed ${seed}; ${failures.size} failures`);
  if (failures.size > 0) process.exitCode = 1;
}

if (values.help) console.log(USAGE);
else await main();
