import { setImmediate as turn } from 'node:timers/promises';
import type { JobProgress } from '../contract.ts';

/** A slow call under way: whether it is still wanted, and how far it is. */
export class Job {
  readonly kind: JobProgress['job'];
  readonly #stop = new AbortController();
  readonly #tell: (progress: JobProgress) => void;
  #share = 0;

  constructor(kind: JobProgress['job'], tell: (progress: JobProgress) => void) {
    this.kind = kind;
    this.#tell = tell;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get cancelled(): boolean {
    return this.#stop.signal.aborted;
  }

  cancel(): void {
    this.#stop.abort();
  }

  /** Says how far it is, a hundred times at most. */
  reached(done: number, of: number): void {
    const share = of > 0 ? Math.min(1, done / of) : 1;
    if (share < 1 && share - this.#share < 0.01) return;
    this.#share = share;
    this.#tell({ job: this.kind, share });
  }

  /** Lets others have the thread for a while; answers whether the job is still wanted. */
  async breathe(): Promise<boolean> {
    await turn();
    return !this.cancelled;
  }
}
