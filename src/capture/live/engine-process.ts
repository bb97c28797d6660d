import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type ByteSource, SocketSource, StreamSource } from '../byte-source.ts';
import type { ChildEngine, EngineCommand } from './engine-commands.ts';
import type { EnginePipe } from './engine-pipe.ts';
import { EngineWords, kernelDropsIn } from './engine-words.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.ts';
import { isNotFound, watchedCommand } from './watched-command.ts';

/** One run of an engine: a child process, its bytes, its words, its counts. */
export class EngineProcess {
  readonly source: ByteSource;
  readonly words: EngineWords;
  /** As last told by the child; undefined while it has not. */
  kernelDropped: number | undefined;
  readonly #engine: ChildEngine;
  readonly #blockSeconds: number;
  readonly #limits: LiveLimits;
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #watched: boolean;
  readonly #exited: Promise<void>;
  /** The child could not be started at all: why. */
  #missing: string | undefined;
  #ready: (() => void) | undefined;
  #answered: (() => void) | undefined;
  #asked: Promise<void> | undefined;

  /**
   * @param ready told once packets are being captured
   * @param pipe to write them to; both ends are taken over. Without it they come through a pair of sockets.
   */
  constructor(
    engine: ChildEngine,
    command: EngineCommand,
    ready: () => void,
    limits: LiveLimits = LIVE_LIMITS,
    pipe?: EnginePipe,
  ) {
    this.#limits = limits;
    this.#engine = engine;
    this.#blockSeconds = command.blockSeconds;
    this.#ready = ready;
    this.words = new EngineWords((line) => this.#hear(line, command.ready), limits);
    // A process group of its own: Ctrl-C at the terminal goes to us, and the engine then ends when we tell it to.
    // Standard input stays open as long as we live; the child ends with it, or is ended by who watches it.
    this.#watched = command.watched && process.platform !== 'win32';
    const { program, parameters } = this.#watched
      ? watchedCommand(command.program, command.parameters)
      : command;
    const [child, input, words, source] = start(program, parameters, pipe);
    this.#child = child;
    this.#input = input;
    this.source = source;
    words.on('data', (bytes: Buffer) => this.words.push(bytes));
    input.on('error', () => undefined);
    this.#exited = new Promise((resolve) => {
      child.on('error', (error) => {
        // A signal that could not be delivered comes here too.
        if (child.pid !== undefined) return;
        this.#missing = error.message;
        resolve();
      });
      child.once('close', () => {
        if (this.#watched && isNotFound(child.exitCode)) this.#missing = `${command.program}: not found`;
        resolve();
      });
    });
  }

  get missing(): string | undefined {
    return this.#missing;
  }

  /** Resolves when the child is gone and all that it said has been heard; what it has not been asked for is thrown away. */
  async gone(): Promise<void> {
    await this.source.close();
    await this.#exited;
    this.words.end();
  }

  /** How the child ended, in a few words; empty for an orderly end. */
  get exit(): string {
    const { exitCode, signalCode } = this.#child;
    if (signalCode !== null) return `ended by ${signalCode}`;
    return exitCode === null || exitCode === 0 ? '' : `exit code ${exitCode}`;
  }

  /** Asks a running tcpdump for its counts (SIGUSR1); the others tell at their end, or never. */
  ask(): Promise<void> {
    if (this.#engine !== 'tcpdump' || this.#ready !== undefined) return Promise.resolve();
    this.#asked ??= this.#question().finally(() => {
      this.#asked = undefined;
    });
    return this.#asked;
  }

  /**
   * Lets the child hand over what is on its way (not in a `hurry`), then asks it to end; after a while it is no longer
   * asked.
   */
  async stop(hurry: boolean): Promise<void> {
    if (this.#ready === undefined && !hurry) await this.#within(this.#blockSeconds, this.#exited);
    // Its end would have a watched child killed.
    if (!this.#watched) this.#input.end();
    this.#child.kill('SIGINT');
    await this.#within(this.#limits.stopSeconds, this.#exited);
    this.kill();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #question(): Promise<void> {
    const answer = new Promise<void>((resolve) => {
      this.#answered = resolve;
    });
    this.#child.kill('SIGUSR1');
    await this.#within(this.#limits.answerSeconds, Promise.race([answer, this.#exited]));
  }

  /** Waits for something, but no longer than so many seconds. */
  async #within(seconds: number, event: Promise<void>): Promise<void> {
    const patience = new AbortController();
    const enough = delay(seconds * 1000, undefined, { signal: patience.signal });
    await Promise.race([event, enough.catch(() => undefined)]);
    patience.abort();
  }

  #hear(line: string, ready: RegExp): void {
    if (this.#ready !== undefined && ready.test(line)) {
      const tell = this.#ready;
      this.#ready = undefined;
      tell();
    }
    const drops = kernelDropsIn(line);
    if (drops === undefined) return;
    this.kernelDropped = drops;
    this.#answered?.();
  }
}

/** The child, its standard input, its standard error, and where its packets come. */
function start(
  program: string,
  parameters: readonly string[],
  pipe: EnginePipe | undefined,
): readonly [ChildProcess, Writable, Readable, ByteSource] {
  if (pipe === undefined) {
    const child = spawn(program, parameters, { detached: true });
    return [child, child.stdin, child.stderr, new StreamSource(child.stdout)];
  }
  try {
    const child = spawn(program, parameters, { detached: true, stdio: ['pipe', pipe.write, 'pipe'] });
    const { stdin, stderr } = child;
    if (stdin === null || stderr === null) throw new Error('a child without the pipes that were asked for');
    return [child, stdin, stderr, new SocketSource(pipe.read)];
  } finally {
    // With the child's end it is closed, and we see it.
    closeSync(pipe.write);
  }
}
