import { Worker } from 'node:worker_threads';
import { failureOf } from './outcome.ts';
import type { Results } from './results.ts';
import { Blackboard, type Job, type Told } from './shared.ts';

/** An input that takes longer is a hang. Short ones are measured by the thread itself. */
const HANG_SECONDS = 20;
const HEAP_MEGABYTES = 1024;

/** One thread that fuzzes until it is done, hangs or dies. */
export class Attempt {
  readonly #worker: URL;
  readonly #results: Results;
  readonly #memory = new SharedArrayBuffer(Blackboard.bytes);
  readonly #board = new Blackboard(this.#memory);
  readonly #job: Job;
  #lost: string | undefined;

  constructor(worker: URL, job: Omit<Job, 'board' | 'known'>, results: Results) {
    this.#worker = worker;
    this.#results = results;
    this.#job = { ...job, board: this.#memory, known: results.signatures };
  }

  /** Answers the target at which the thread was lost; undefined when it came to its end. */
  run(): Promise<string | undefined> {
    const worker = new Worker(this.#worker, {
      workerData: this.#job,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    this.#results.begin();
    return new Promise((resolve) => {
      let seen = -1;
      let since = performance.now();
      const watch = setInterval(() => {
        const { written } = this.#board;
        if (written !== seen) {
          seen = written;
          since = performance.now();
        } else if (written > 0 && performance.now() - since > 1000 * HANG_SECONDS) {
          this.#lose(`does not come back within ${HANG_SECONDS} s`, 'hang');
          void worker.terminate();
        }
      }, 500);
      worker.on('message', (told: Told) => {
        if (told.kind === 'failure') this.#results.failed(told.failure, Buffer.from(told.input), told.from);
        else if (told.kind === 'count') this.#results.count(told.target, told);
      });
      worker.on('error', (error) => this.#lose(error.message, 'dies'));
      worker.on('exit', () => {
        clearInterval(watch);
        resolve(this.#lost);
      });
    });
  }

  #lose(text: string, how: string): void {
    const target = this.#job.targets[this.#board.target] ?? 'unknown';
    const input = this.#board.read();
    this.#lost = target;
    this.#results.failed(failureOf(target, text, how), input, input.length);
  }
}
