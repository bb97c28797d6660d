import { setTimeout as delay } from 'node:timers/promises';
import type { CaptureFile } from '../capture-file.ts';
import type { InterfaceStatistics, LiveEvent, LiveProblem, Unknown } from './engine.ts';
import type { ChildEngine, EngineCommand } from './engine-commands.ts';
import { openEnginePipe } from './engine-pipe.ts';
import { EngineProcess } from './engine-process.ts';
import { explainDeath } from './engine-words.ts';
import { InterfaceDrops, interfaceState } from './interface-state.ts';
import type { LiveLimits } from './limits.ts';
import type { LiveFeed } from './live-feed.ts';
import type { LiveSource, SourcePlace } from './live-source.ts';
import { problemOf, wordDeath } from './problem.ts';
import { pump } from './pump.ts';
import type { RecordReader } from './record-reader.ts';

/** One interface captured by child processes, one after the other where the interface or the engine fails. */
export class ChildSource implements LiveSource {
  readonly ended: Promise<LiveProblem | undefined>;
  readonly #name: string;
  readonly #at: number;
  readonly #engine: ChildEngine;
  readonly #command: () => EngineCommand;
  readonly #temporaryFolder: string;
  readonly #feed: LiveFeed;
  readonly #limits: LiveLimits;
  readonly #event: (event: LiveEvent) => void;
  readonly #interfaceDrops: InterfaceDrops;
  readonly #over = new AbortController();
  #process: EngineProcess | undefined;
  #reader: RecordReader | undefined;
  #state: InterfaceStatistics['state'] = 'starting';
  /** Of the runs before the present one. */
  #bytesBefore = 0;
  #kernelDroppedBefore = 0;
  /** A run ended without telling what the kernel had dropped. */
  #dropsUntold = false;
  #runs = 0;
  #everReady = false;
  #failures = 0;
  /** Why nothing comes at present, as it was last told; an engine may go on while its interface is down. */
  #lost: LiveProblem['code'] | undefined;

  constructor(
    place: SourcePlace,
    engine: ChildEngine,
    command: () => EngineCommand,
    temporaryFolder: string,
  ) {
    this.#temporaryFolder = temporaryFolder;
    this.#name = place.name;
    this.#at = place.at;
    this.#feed = place.feed;
    this.#limits = place.limits;
    this.#event = place.event;
    this.#engine = engine;
    this.#command = command;
    this.#interfaceDrops = new InterfaceDrops(place.name);
    this.ended = this.#live();
  }

  stop(hurry: boolean): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    void this.#process?.stop(hurry);
  }

  kill(): void {
    this.#over.abort();
    this.#process?.kill();
  }

  async statistics(): Promise<InterfaceStatistics> {
    await this.#process?.ask();
    const child = this.#process;
    const told = child?.kernelDropped;
    const kernelUnknown = this.#dropsUntold || (child !== undefined && told === undefined);
    const kernelDropped = this.#kernelDroppedBefore + (told ?? 0);
    const interfaceDropped = this.#interfaceDrops.take();
    const unknown: Unknown[] = [];
    if (kernelUnknown) unknown.push('kernelDropped');
    if (interfaceDropped === undefined) unknown.push('interfaceDropped');
    if (this.#engine === 'cap') unknown.push('kernelTime');
    return {
      interface: this.#name,
      state: this.#lost === undefined ? this.#state : 'waiting',
      received: this.#feed.received[this.#at] ?? 0,
      ...((!kernelUnknown || kernelDropped > 0) && { kernelDropped }),
      ...(interfaceDropped !== undefined && { interfaceDropped }),
      unknown,
      ownDropped: this.#feed.thrownAway[this.#at] ?? 0,
      restarts: Math.max(0, this.#runs - 1),
    };
  }

  file(): CaptureFile {
    const reader = this.#reader;
    return {
      path: this.#name,
      format: reader?.parser?.format ?? 'unknown',
      bytes: this.#bytesBefore + (reader?.bytes ?? 0),
      packets: this.#feed.received[this.#at] ?? 0,
      interfaces: reader?.interfaces() ?? [],
    };
  }

  async #live(): Promise<LiveProblem | undefined> {
    for (;;) {
      const problem = await this.#run();
      if (this.#over.signal.aborted) break;
      if (!this.#everReady) {
        this.#state = 'ended';
        this.#event({ kind: 'given-up', interface: this.#name, problem });
        return problem;
      }
      this.#state = 'waiting';
      this.#lose(problem);
      await this.#wait();
      if (this.#over.signal.aborted) break;
    }
    this.#state = 'ended';
    return undefined;
  }

  /** One child, from its start until all its packets have been handed over; why it ended. */
  async #run(): Promise<LiveProblem> {
    const ready = () => this.#ready();
    const pipe = openEnginePipe(this.#temporaryFolder);
    const child = new EngineProcess(this.#engine, this.#command(), ready, this.#limits, pipe);
    this.#process = child;
    this.#runs += 1;
    const reader = this.#feed.openReader(this.#at);
    this.#bytesBefore += this.#reader?.bytes ?? 0;
    this.#reader = reader;
    const healthy = setTimeout(() => {
      this.#failures = 0;
    }, this.#limits.healthySeconds * 1000);
    const looking = setInterval(() => this.#look(), this.#limits.lookSeconds * 1000);
    // A pipe that fails tells no more than one that ends: the child's exit does.
    await pump(child.source, reader, this.#at, this.#feed).catch(() => undefined);
    // A stream that makes no sense any more is of no use: its writer is ended, and another begun.
    if (reader.damage !== undefined) child.kill();
    await child.gone();
    await this.#feed.finish(reader, this.#at);
    clearTimeout(healthy);
    clearInterval(looking);
    this.#process = undefined;
    if (child.kernelDropped === undefined) this.#dropsUntold ||= this.#everReady;
    else this.#kernelDroppedBefore += child.kernelDropped;
    return this.#whatHappened(child, reader);
  }

  #whatHappened(child: EngineProcess, reader: RecordReader): LiveProblem {
    const place = { interface: this.#name, engine: this.#engine };
    if (child.missing !== undefined) {
      this.#failures += 1;
      return problemOf('engine-missing', place, child.missing);
    }
    const { code, words } = explainDeath(child.words.lines);
    // The engine's words first; then what the kernel says of the interface; then how the process ended.
    const { link } = interfaceState(this.#name);
    const cause =
      code !== 'engine-died'
        ? code
        : link === 'missing'
          ? 'no-such-interface'
          : link === 'down'
            ? 'interface-down'
            : code;
    if (cause !== 'interface-down' && cause !== 'no-such-interface') this.#failures += 1;
    if (reader.damage?.code === 'corrupt') return problemOf('damaged', place, reader.damage.text);
    return problemOf(cause, place, wordDeath(words, child.exit));
  }

  #ready(): void {
    const again = this.#everReady;
    this.#everReady = true;
    this.#state = 'capturing';
    this.#lost = undefined;
    this.#event({ kind: 'started', interface: this.#name, again });
  }

  /** Says that nothing comes any more: once for each reason, however often it is tried in vain. */
  #lose(problem: LiveProblem): void {
    if (this.#lost === problem.code) return;
    this.#lost = problem.code;
    this.#event({ kind: 'lost', interface: this.#name, problem });
  }

  /** libpcap keeps an interface that goes down and takes it up again by itself; that nothing comes is said by us. */
  #look(): void {
    if (this.#state !== 'capturing') return;
    const { link } = interfaceState(this.#name);
    if (link === 'down') {
      this.#lose(problemOf('interface-down', { interface: this.#name, engine: this.#engine }, ''));
    } else if (link === 'up' && this.#lost !== undefined) {
      this.#ready();
    }
  }

  /** Waits for the next attempt: longer each time, and until the interface is there and up. */
  async #wait(): Promise<void> {
    const { signal } = this.#over;
    const { firstRetrySeconds, longestRetrySeconds, lookSeconds } = this.#limits;
    const seconds = Math.min(firstRetrySeconds * 2 ** this.#failures, longestRetrySeconds);
    try {
      await delay(seconds * 1000, undefined, { signal });
      for (;;) {
        const { link } = interfaceState(this.#name);
        if (link === 'up' || link === 'unknown') return;
        await delay(lookSeconds * 1000, undefined, { signal });
      }
    } catch {
      // Stopped while waiting.
    }
  }
}
