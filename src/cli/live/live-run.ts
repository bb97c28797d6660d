import { randomInt } from 'node:crypto';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { Analysis, type AnalysisListener } from '../../analysis/analysis.ts';
import { GapCauses } from '../../analysis/gap-causes.ts';
import { LiveLosses } from '../../analysis/live-losses.ts';
import { DEFAULT_CEILING_MIB, LIVE_SILENCE, MemoryCeiling } from '../../analysis/memory-ceiling.ts';
import type { CaptureFile } from '../../capture/capture-file.ts';
import type { LiveCapture, LiveEnd, LiveEvent, LiveOptions } from '../../capture/live/engine.ts';
import { startLive } from '../../capture/live/start-live.ts';
import type { PacketRing, RingEvents } from '../../capture/ring/packet-ring.ts';
import { collectGarbage, memoryTaken } from '../../dashboard/worker/memory-taken.ts';
import type { EventRecord, StatisticsRecord } from '../../report/records/live-records.ts';
import type { MediaStream } from '../../session/media-stream.ts';
import { configuredLimits, type RunLimitChanges, type RunLimits } from '../config/run-limits.ts';
import { ENGINE_PLACES } from '../engine-places.ts';
import { EXIT, Failure } from '../failure.ts';
import { Output } from '../output.ts';
import { Signals } from '../signals.ts';
import { captureOptions, engineFor } from './capture-options.ts';
import { clockTime, engineEvent, spoolEvent } from './event-records.ts';
import { GarbageWatch } from './garbage-watch.ts';
import type { LiveCommandOptions } from './live-options.ts';
import { openRing, type SpoolPlace } from './open-ring.ts';
import { type Moment, StatisticsRecords } from './statistics-records.ts';

const MiB = 1024 * 1024;

/** Who is told of a live capture, beside what an analysis tells. */
export interface LiveObserver extends AnalysisListener {
  /** Before it is analysed. */
  packet(packet: Packet): void;
  /** Called each second with the time of the capture, in seconds. */
  tick(seconds: number): void;
  event(record: EventRecord): void;
  statistics(record: StatisticsRecord): void;
  /** What the rules remembered and let go before its time. */
  readonly ruleScopesLetGo: number;
  /** The limits have become lower. */
  trim(): void;
}

export interface LiveOutcome {
  readonly analysis: Analysis;
  readonly files: readonly CaptureFile[];
  readonly end: LiveEnd;
  readonly last: StatisticsRecord;
}

/** One live capture, from the choice of an engine to its end. */
export class LiveRun {
  readonly output: Output;
  readonly ceiling: MemoryCeiling;
  readonly #limits: RunLimits;
  readonly #options: LiveCommandOptions;
  readonly #capturing: LiveOptions;
  readonly #signals: Signals;
  readonly #gaps = new GapCauses();
  #capture: LiveCapture | undefined = undefined;
  #analysed: Analysis | undefined = undefined;
  #ring: PacketRing | undefined = undefined;
  #spoolPlace: SpoolPlace | undefined = undefined;
  #lastHeard = performance.now();
  #captureSeconds = 0;
  #captureNanoseconds = 0;
  #losses: LiveLosses | undefined = undefined;
  #asking = false;

  /** @param changes limits that the configuration sets */
  constructor(options: LiveCommandOptions, changes: RunLimitChanges | undefined) {
    this.#limits = configuredLimits(changes);
    this.#capturing = captureOptions(options, this.#limits);
    this.#options = options;
    this.ceiling = new MemoryCeiling((options.maxMemory ?? DEFAULT_CEILING_MIB) * MiB, 0, changes);
    this.output = new Output(process.stdout, { closed: () => this.stop(), writing: () => undefined });
    this.output.lineBuffered = options.lineBuffered === true;
    this.#signals = new Signals(() => this.stop());
    process.on('exit', this.#leave);
  }

  /** Ends the capture in order. */
  stop(): void {
    this.#capture?.stop();
  }

  /** The media streams of a session, as far as they are kept. */
  streamsOf(session: number): readonly MediaStream[] {
    return this.#analysed?.conversations.media.ofSession(session) ?? [];
  }

  /** Why the capture was ended by a signal; undefined where it was not. */
  get stoppedBy(): 'SIGINT' | 'SIGTERM' | undefined {
    return this.#signals.stoppedBy;
  }

  /**
   * Captures until somebody or something ends it.
   *
   * @throws Failure where no engine may capture, or the ring has no place
   */
  async run(observer: LiveObserver): Promise<LiveOutcome> {
    const engine = await engineFor(this.#options.engine, this.#capturing);
    const ring = this.#openRing(observer);
    const analysis = this.#analysis(observer);
    this.#analysed = analysis;
    const garbage = new GarbageWatch(this.ceiling);
    const losses = new LiveLosses(analysis);
    this.#losses = losses;
    const capture = startLive(engine, this.#capturing, ENGINE_PLACES, {
      packet: (packet) => {
        this.#captureSeconds = packet.seconds;
        this.#captureNanoseconds = packet.nanoseconds;
        observer.packet(packet);
        ring?.packet(packet);
        analysis.push(packet);
      },
      dropped: (from, to) => losses.noted(from, to),
      drained: () => {
        this.#lastHeard = performance.now();
        garbage.look(analysis.bytes);
        return this.output.drained();
      },
      event: (event) => this.#tell(observer, event),
    });
    this.#capture = capture;
    // A signal may have come while the engine was chosen.
    if (this.#signals.stoppedBy !== undefined) capture.stop();
    const records = new StatisticsRecords(analysis, this.#gaps, this.ceiling, capture.engine);
    const timers = this.#timers(capture, analysis, records, observer);
    let end: LiveEnd;
    try {
      end = await capture.ended;
    } finally {
      for (const timer of timers) clearInterval(timer);
      process.off('SIGHUP', this.#reopen);
    }
    // Before the flows end: what they lack then may have been dropped.
    const statistics = await capture.statistics();
    const dropped = losses.take(statistics, this.#captureSeconds, this.#now);
    this.#gaps.settle(dropped, this.#captureSeconds);
    analysis.end();
    this.#gaps.settle(dropped, this.#captureSeconds);
    await ring?.end();
    const last = records.make(statistics, this.#moment(true, observer));
    return { analysis, files: capture.files(), end, last };
  }

  /** Writes what is left, and sets the exit code. */
  async finish({ end }: LiveOutcome): Promise<void> {
    await this.output.written();
    this.#signals.release();
    process.off('exit', this.#leave);
    const { stoppedBy } = this.#signals;
    if (this.output.failure !== undefined) {
      throw new Failure(EXIT.input, `standard output: cannot be written to (${this.output.failure})`);
    }
    if (this.output.closed) process.exitCode = EXIT.done;
    else if (stoppedBy === 'SIGINT') process.exitCode = EXIT.interrupted;
    else if (stoppedBy === 'SIGTERM') process.exitCode = EXIT.terminated;
    else if (end.problems.length > 0) process.exitCode = EXIT.input;
  }

  #analysis(observer: LiveObserver): Analysis {
    const { dialect, decodeAs = [], key } = this.#options;
    // The observer's methods are its own: what is told of gaps is counted on the way.
    const listener: AnalysisListener = {
      message: (message) => observer.message?.(message),
      streamFinding: (dvrip, side, finding) => observer.streamFinding?.(dvrip, side, finding),
      unanswered: (dvrip, request) => observer.unanswered?.(dvrip, request),
      mediaStreamEnded: (stream) => observer.mediaStreamEnded?.(stream),
      sessionEnded: (session) => observer.sessionEnded?.(session),
      sessionLetGo: (session, streams) => observer.sessionLetGo?.(session, streams),
      flowEnded: (flow, dvrip) => observer.flowEnded?.(flow, dvrip),
      dropped: (from, to) => observer.dropped?.(from, to),
      settled: (until) => observer.settled?.(until),
      gap: (stream, length, cause, seconds) => this.#gaps.gap(stream, length, cause, seconds),
    };
    const { limits } = this.ceiling;
    const options = { dialect, ports: decodeAs, limits, seed: randomInt(0x7fff_ffff) };
    return new Analysis({ ...options, ...(key !== undefined && { key }) }, listener);
  }

  #openRing(observer: LiveObserver): PacketRing | undefined {
    const events: RingEvents = {
      trouble: (path, why) => observer.event(spoolEvent('spool-trouble', path, why, new Date())),
      resumed: (path) => observer.event(spoolEvent('spool-resumed', path, undefined, new Date())),
      enough: () => this.stop(),
    };
    const opened = openRing(this.#options, events, this.#limits.ring);
    this.#ring = opened?.ring;
    this.#spoolPlace = opened?.place;
    process.on('SIGHUP', this.#reopen);
    return opened?.ring;
  }

  #timers(
    capture: LiveCapture,
    analysis: Analysis,
    records: StatisticsRecords,
    observer: LiveObserver,
  ): readonly NodeJS.Timeout[] {
    const { autostop, statisticsInterval = 10 } = this.#options;
    let seconds = 0;
    const ticking = setInterval(() => {
      seconds += 1;
      this.#ring?.tick();
      const now = this.#now;
      analysis.passTime(now);
      analysis.flows.closeSilent(now, LIVE_SILENCE);
      observer.tick(now);
      this.#holdMemory(analysis, observer);
      const due = seconds % statisticsInterval === 0;
      if (this.#asking) return;
      this.#asking = true;
      void capture.statistics().then((statistics) => {
        this.#asking = false;
        const dropped = this.#losses?.take(statistics, this.#captureSeconds, this.#now) === true;
        this.#gaps.settle(dropped, this.#captureSeconds);
        if (due) observer.statistics(records.make(statistics, this.#moment(false, observer)));
        this.output.flush();
      });
    }, 1000);
    if (autostop?.duration === undefined) return [ticking];
    return [ticking, setTimeout(() => this.stop(), autostop.duration * 1000)];
  }

  #moment(final: boolean, { ruleScopesLetGo }: LiveObserver): Moment {
    const ring = this.#ring?.statistics();
    const place = this.#spoolPlace;
    return {
      final,
      now: new Date(),
      captureSeconds: this.#captureSeconds,
      captureNanoseconds: this.#captureNanoseconds,
      ruleScopesLetGo,
      memoryBytes: process.memoryUsage.rss(),
      spool: ring === undefined || place === undefined ? undefined : { ...place, ...ring },
    };
  }

  /** Capture time at present, in seconds, as far as the last packet and the clock tell. */
  get #now(): number {
    return this.#captureSeconds + (performance.now() - this.#lastHeard) / 1000;
  }

  #holdMemory(analysis: Analysis, observer: LiveObserver): void {
    const { ceiling } = this;
    if (ceiling.isNear(memoryTaken())) collectGarbage();
    if (!ceiling.sample(memoryTaken())) return;
    analysis.trim();
    observer.trim();
    if (ceiling.lowered > 1) return;
    observer.event({
      schema: 'dvrscope.event/1',
      time: clockTime(new Date()),
      event: 'memory-near-ceiling',
      text: `memory is near its ceiling of ${ceiling.bytes / MiB} MiB (--max-memory): what is oldest is let go`,
    });
  }

  #tell(observer: LiveObserver, event: LiveEvent): void {
    this.#losses?.event(event);
    observer.event(engineEvent(event, this.#capture?.engine, new Date()));
  }

  readonly #reopen = () => this.#ring?.reopen();

  /** A second signal ends the process wherever it is. */
  readonly #leave = () => {
    this.#capture?.kill();
    this.#ring?.discard();
  };
}
