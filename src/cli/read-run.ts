import { randomInt } from 'node:crypto';
import type { Packet } from '../../dissectors/core/packet.ts';
import { Analysis, type AnalysisListener, type AnalysisOptions } from '../analysis/analysis.ts';
import { type CaptureFile, readCaptures } from '../capture/read-captures.ts';
import { safeLine } from '../report/format/safe-text.ts';
import { plural } from '../report/format/table.ts';
import { type CommandOptions, inputPaths } from './command.ts';
import { loadLimits, type RunLimits } from './config/run-limits.ts';
import { EXIT, Failure, usageError } from './failure.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import { Signals } from './signals.ts';

/** One run of the analysis over what the command line names. */
export class Run {
  readonly output: Output;
  readonly #paths: readonly string[];
  readonly #options: CommandOptions;
  readonly #stop = new AbortController();
  readonly #signals: Signals;
  readonly #progress: Progress | undefined;

  constructor(paths: readonly string[], options: CommandOptions) {
    if (paths.length === 0) {
      throw usageError(
        'no capture file given; name one, or - for standard input (dvrscope -h shows examples)',
      );
    }
    this.#paths = paths;
    this.#options = options;
    this.#progress = options.quiet === true ? undefined : Progress.on(process.stderr);
    this.output = new Output(process.stdout, {
      closed: () => this.stop(),
      writing: () => {
        if (process.stdout.isTTY === true) this.#progress?.clear();
      },
    });
    this.#signals = new Signals(() => this.stop());
  }

  /** Ends the reading early: everything that was asked for has been seen. */
  stop(): void {
    this.#stop.abort();
  }

  /** A signal has ended the reading early. */
  get interrupted(): boolean {
    return this.#signals.stoppedBy !== undefined;
  }

  /**
   * Reads all files through a new analysis. `seen` is called for each packet before it is analysed; flows and
   * messages go to the listener. The limits are those of the configuration in the working directory, unless others
   * are wished for.
   */
  async read(
    listener: AnalysisListener,
    wishes: Pick<AnalysisOptions, 'tap' | 'keptMediaBytes' | 'mediaTap'> & {
      readonly limits?: RunLimits;
    } = {},
    seen?: (packet: Packet) => void,
  ): Promise<{ readonly analysis: Analysis; readonly files: readonly CaptureFile[] }> {
    const options = this.#options;
    const limits = wishes.limits ?? (await loadLimits());
    const analysis = new Analysis(
      {
        dialect: options.dialect,
        ports: options.decodeAs ?? [],
        seed: randomInt(0x7fff_ffff),
        ...(options.key !== undefined && { key: options.key }),
        ...wishes,
        limits,
      },
      listener,
    );
    const progress = this.#progress;
    const files = await readCaptures(
      this.#paths,
      {
        packet: (packet) => {
          seen?.(packet);
          analysis.push(packet);
        },
        dropped: (from, to) => analysis.dropped(from, to),
        drained: () => this.output.drained(),
      },
      {
        signal: this.#stop.signal,
        limits: limits.capture,
        ...(progress !== undefined && { onProgress: (read, total) => progress.show(read, total) }),
        ...(options.count !== undefined && { maxPackets: options.count }),
      },
    );
    analysis.end();
    progress?.clear();
    return { analysis, files };
  }

  /** Writes what is left, says what could not be read, and sets the exit code. */
  async finish(files: readonly CaptureFile[]): Promise<void> {
    await this.output.written();
    this.#signals.release();
    if (this.output.failure !== undefined) {
      throw new Failure(EXIT.input, `standard output: cannot be written to (${this.output.failure})`);
    }
    let unread = false;
    for (const file of files) {
      if (file.error === undefined) continue;
      unread = true;
      process.stderr.write(`dvrscope: ${safeLine(wordUnread(file, file.error.message))}\n`);
    }
    if (this.output.closed) process.exitCode = EXIT.done;
    else if (this.#signals.stoppedBy === 'SIGINT') process.exitCode = EXIT.interrupted;
    else if (this.#signals.stoppedBy === 'SIGTERM') process.exitCode = EXIT.terminated;
    else if (unread) process.exitCode = EXIT.input;
  }
}

export { inputPaths };

/** Whether there is nothing to report on but that no file is a capture. */
export function noneIsCapture(files: readonly CaptureFile[]): boolean {
  return files.length > 0 && files.every((file) => file.error !== undefined && file.format === 'unknown');
}

function wordUnread(file: CaptureFile, message: string): string {
  if (file.error?.code === 'not-found') return `${message}; check the path`;
  if (file.packets === 0) return message;
  return `${message}; ${plural(file.packets, 'packet')} before that could be read`;
}
