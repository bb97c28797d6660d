import { randomInt } from 'node:crypto';
import type { Packet } from '../../dissectors/core/packet.ts';
import type { Dialect } from '../../schemas/registry.ts';
import { Analysis, type AnalysisListener, type AnalysisOptions } from '../analysis/analysis.ts';
import { type CaptureFile, readCaptures } from '../capture/read-captures.ts';
import type { CommandOptions } from './command.ts';
import { EXIT, usageError } from './failure.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';

/** One run of the analysis over what the command line names. */
export class Run {
  readonly output: Output;
  readonly dialect: Dialect;
  readonly #paths: readonly string[];
  readonly #options: CommandOptions;
  readonly #stop = new AbortController();
  #stoppedBy: 'SIGINT' | 'SIGTERM' | undefined = undefined;

  constructor(paths: readonly string[], options: CommandOptions) {
    if (paths.length === 0) {
      throw usageError('no capture file given; name one, or - for standard input (dvrscope -h shows examples)');
    }
    this.#paths = paths;
    this.#options = options;
    this.dialect = options.dialect === 'spec' ? 'spec' : 'field';
    this.output = new Output(process.stdout, () => this.#stop.abort());
  }

  /** Ends the reading early: everything that was asked for has been seen. */
  stop(): void {
    this.#stop.abort();
  }

  /**
   * Reads all files through a new analysis. `seen` is called for each packet before it is analysed; flows and
   * messages go to the listener.
   */
  async read(
    listener: AnalysisListener,
    wishes: Pick<AnalysisOptions, 'tap' | 'keptMediaBytes'> = {},
    seen?: (packet: Packet) => void,
  ): Promise<{ readonly analysis: Analysis; readonly files: readonly CaptureFile[] }> {
    const options = this.#options;
    const analysis = new Analysis(
      {
        dialect: this.dialect,
        ports: options.decodeAs ?? [],
        seed: randomInt(0x7fff_ffff),
        ...wishes,
      },
      listener,
    );
    const progress = options.quiet === true ? undefined : Progress.on(process.stderr, process.stdout);
    const removeHandlers = this.#catchSignals();
    const files = await readCaptures(
      this.#paths,
      {
        packet: (packet) => {
          seen?.(packet);
          analysis.push(packet);
        },
        drained: () => this.output.drained(),
      },
      {
        signal: this.#stop.signal,
        ...(progress !== undefined && { onProgress: (read, total) => progress.show(read, total) }),
        ...(options.count !== undefined && { maxPackets: options.count }),
      },
    );
    analysis.end();
    progress?.clear();
    removeHandlers();
    return { analysis, files };
  }

  /** Writes what is left, says what could not be read, and sets the exit code. */
  async finish(files: readonly CaptureFile[]): Promise<void> {
    await this.output.drained();
    let unread = false;
    for (const { error } of files) {
      if (error === undefined) continue;
      unread = true;
      process.stderr.write(`dvrscope: ${error.message}\n`);
    }
    if (this.output.closed) process.exitCode = EXIT.done;
    else if (this.#stoppedBy === 'SIGINT') process.exitCode = EXIT.interrupted;
    else if (this.#stoppedBy === 'SIGTERM') process.exitCode = EXIT.terminated;
    else if (unread) process.exitCode = EXIT.input;
  }

  /** The first signal ends the reading, so that what was read is shown; a second SIGINT ends the process. */
  #catchSignals(): () => void {
    const interrupt = () => {
      if (this.#stoppedBy !== undefined) process.exit(EXIT.interrupted);
      this.#stoppedBy = 'SIGINT';
      this.#stop.abort();
    };
    const terminate = () => {
      this.#stoppedBy ??= 'SIGTERM';
      this.#stop.abort();
    };
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', terminate);
    return () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
    };
  }
}

/** The files of a command: its arguments, and those given with `-r`. */
export function inputPaths(files: readonly string[], options: CommandOptions): readonly string[] {
  return [...files, ...(options.readFile ?? [])];
}
