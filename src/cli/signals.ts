import { EXIT } from './failure.ts';

/** The first signal ends the reading, so that what was read is shown; a second SIGINT ends the process. */
export class Signals {
  stoppedBy: 'SIGINT' | 'SIGTERM' | undefined = undefined;
  readonly #stop: () => void;
  readonly #interrupt = () => {
    if (this.stoppedBy !== undefined) process.exit(EXIT.interrupted);
    this.stoppedBy = 'SIGINT';
    this.#stop();
  };
  readonly #terminate = () => {
    this.stoppedBy ??= 'SIGTERM';
    this.#stop();
  };

  constructor(stop: () => void) {
    this.#stop = stop;
    process.on('SIGINT', this.#interrupt);
    process.on('SIGTERM', this.#terminate);
  }

  /** Leaves signals to the system again. */
  release(): void {
    process.off('SIGINT', this.#interrupt);
    process.off('SIGTERM', this.#terminate);
  }
}
