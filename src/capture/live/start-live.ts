import type { CaptureFile } from '../capture-file.ts';
import { ChildSource } from './child-source.ts';
import {
  ENGINE_LIMITS,
  type EngineName,
  type InterfaceStatistics,
  type LiveCapture,
  type LiveEnd,
  type LiveEvent,
  type LiveOptions,
  type LiveProblem,
  type LiveSink,
  type LiveStatistics,
} from './engine.ts';
import { type EnginePlaces, engineCommand } from './engine-commands.ts';
import { isPipe } from './interface-state.ts';
import { BLOCK_SECONDS } from './limits.ts';
import { LiveFeed } from './live-feed.ts';
import type { LiveSource, SourcePlace } from './live-source.ts';
import { PipeSource } from './pipe-source.ts';
import { TimeMerger } from './time-merger.ts';

const NO_END = 2 ** 52;

/**
 * Captures with an engine that {@link chooseEngine} has found fit. Names that are pipes are read as such whatever the
 * engine. Never fails itself: what goes wrong is told to the sink and by `ended`.
 */
export function startLive(
  engine: EngineName,
  options: LiveOptions,
  places: EnginePlaces,
  sink: LiveSink,
): LiveCapture {
  return new Capture(engine, options, places, sink);
}

class Capture implements LiveCapture {
  readonly engine: EngineName;
  readonly ended: Promise<LiveEnd>;
  readonly #sources: readonly LiveSource[];
  readonly #feed: LiveFeed;
  readonly #merger: TimeMerger | undefined;
  readonly #sink: LiveSink;
  #reason: 'stopped' | 'count' | undefined;
  #thrown: { readonly error: unknown } | undefined;

  constructor(engine: EngineName, options: LiveOptions, places: EnginePlaces, sink: LiveSink) {
    this.engine = engine;
    this.#sink = sink;
    const { interfaces, limits = ENGINE_LIMITS } = options;
    if (interfaces.length > 1) {
      const hold = engine === 'pipe' ? BLOCK_SECONDS.tcpdump : BLOCK_SECONDS[engine];
      const fail = (error: unknown) => this.#fail(error);
      this.#merger = new TimeMerger(sink, interfaces.length, hold, fail, limits.live);
    }
    const feed = new LiveFeed(
      this.#merger ?? sink,
      interfaces.length,
      options.maxPackets ?? NO_END,
      () => this.#end('count'),
      (error) => this.#fail(error),
      limits,
    );
    this.#feed = feed;
    this.#sources = interfaces.map((name, at) => {
      const event = (one: LiveEvent) => this.#tell(one);
      const place: SourcePlace = { name, at, feed, event, limits: limits.live };
      if (isPipe(name) || engine === 'pipe') return new PipeSource(place);
      const command = () => engineCommand(engine, name, options, places);
      return new ChildSource(place, engine, command, places.temporaryFolder);
    });
    this.ended = this.#finish();
  }

  files(): readonly CaptureFile[] {
    return this.#sources.map((source) => source.file());
  }

  async statistics(): Promise<LiveStatistics> {
    const interfaces = await Promise.all(this.#sources.map((source) => source.statistics()));
    const kernelDropped = sumOf(interfaces, ({ kernelDropped }) => kernelDropped);
    const interfaceDropped = sumOf(interfaces, ({ interfaceDropped }) => interfaceDropped);
    const unknown = new Set(interfaces.flatMap((one) => one.unknown));
    return {
      received: sumOf(interfaces, ({ received }) => received) ?? 0,
      ...(kernelDropped !== undefined && { kernelDropped }),
      ...(interfaceDropped !== undefined && { interfaceDropped }),
      ownDropped: sumOf(interfaces, ({ ownDropped }) => ownDropped) ?? 0,
      queuedBytes: this.#feed.queuedBytes,
      restarts: sumOf(interfaces, ({ restarts }) => restarts) ?? 0,
      unknown: [...unknown],
      interfaces,
    };
  }

  stop(): void {
    this.#end('stopped');
  }

  kill(): void {
    this.#reason ??= 'stopped';
    for (const source of this.#sources) source.kill();
    this.#feed.close();
  }

  #tell(event: LiveEvent): void {
    try {
      this.#sink.event(event);
    } catch (error) {
      this.#fail(error);
    }
  }

  #end(reason: 'stopped' | 'count'): void {
    this.#reason ??= reason;
    for (const source of this.#sources) source.stop(reason === 'count');
  }

  #fail(error: unknown): void {
    this.#thrown ??= { error };
    this.#merger?.drop();
    this.kill();
  }

  async #finish(): Promise<LiveEnd> {
    const ends = await Promise.all(this.#sources.map(({ ended }) => ended));
    if (this.#thrown !== undefined) throw this.#thrown.error;
    this.#merger?.end();
    const problems = ends.filter((end): end is LiveProblem => end !== undefined);
    const failed = problems.length === this.#sources.length;
    return { reason: this.#reason ?? (failed ? 'failed' : 'input-ended'), problems };
  }
}

function sumOf(
  interfaces: readonly InterfaceStatistics[],
  count: (one: InterfaceStatistics) => number | undefined,
): number | undefined {
  let sum: number | undefined;
  for (const one of interfaces) {
    const value = count(one);
    if (value !== undefined) sum = (sum ?? 0) + value;
  }
  return sum;
}
