import type { Packet } from '../../../dissectors/core/packet.ts';
import { Analysis } from '../../analysis/analysis.ts';
import { LiveLosses } from '../../analysis/live-losses.ts';
import { LIVE_SILENCE } from '../../analysis/memory-ceiling.ts';
import type { CaptureFile } from '../../capture/capture-file.ts';
import type { LiveCapture, LiveEvent, LiveSink, LiveStatistics } from '../../capture/live/engine.ts';
import { startLive } from '../../capture/live/start-live.ts';
import type { PacketRing } from '../../capture/ring/packet-ring.ts';
import { beginRing } from '../../capture/ring/ring-plan.ts';
import { analysisOptions } from './analysis-options.ts';
import type { LiveProgress, LiveSource, ModelOptions, Progress } from './contract.ts';
import type { Recorder } from './index/recorder.ts';
import { LIVE_STATISTICS_MILLISECONDS } from './limits.ts';
import type { LiveCeiling } from './live-ceiling.ts';
import type { Input } from './reading.ts';
import { modelRunLimits } from './run-limits.ts';

const MiB = 1024 * 1024;

/** Captures live traffic into the recorder and into a ring, until it is told to end or the engine ends. */
export class LiveReading implements Input, LiveSink {
  readonly analysis: Analysis;
  /** The packets of late; undefined where none are kept. */
  readonly ring: PacketRing | undefined;
  state: Progress['state'] = 'reading';
  readonly bytesTotal = undefined;
  readonly #source: LiveSource;
  readonly #recorder: Recorder;
  readonly #ceiling: LiveCeiling;
  readonly #changed: () => void;
  readonly #problems: string[] = [];
  #problemCount = 0;
  readonly #mostProblems: number;
  #capture: LiveCapture | undefined = undefined;
  #statistics: LiveStatistics | undefined = undefined;
  /** Packets so far. */
  #packets = 0;
  /** Capture time of the last packet, and how long there was none. */
  #captureSeconds = 0;
  #quietSeconds = 0;
  readonly #losses: LiveLosses;
  /** The user has ended it; else it was an option. */
  #cancelled = false;

  /**
   * @param changed told whenever there is something new
   * @throws errors of the system, where the ring has no place
   */
  constructor(
    options: ModelOptions,
    source: LiveSource,
    recorder: Recorder,
    ceiling: LiveCeiling,
    changed: () => void,
  ) {
    this.#source = source;
    this.#recorder = recorder;
    this.#ceiling = ceiling;
    this.#changed = changed;
    this.#mostProblems = modelRunLimits(options.limits).dashboard.liveProblems;
    const { limits } = ceiling.ceiling;
    this.analysis = new Analysis({ ...analysisOptions(options), ...recorder.wishes, limits }, recorder);
    this.#losses = new LiveLosses(this.analysis);
    const tell = (text: string) => this.#tell(text);
    this.ring =
      source.ring &&
      beginRing(source.ring, {
        trouble: (path, why) => tell(`packets are not kept: ${why} (${path}); it is tried again`),
        resumed: (path) => tell(`packets are kept again (${path})`),
        enough: () => this.#capture?.stop(),
      });
  }

  get bytesRead(): number {
    return this.analysis.bytes;
  }

  get files(): readonly CaptureFile[] {
    return this.#capture?.files() ?? [];
  }

  get live(): LiveProgress {
    const statistics = this.#statistics;
    const { oldest } = this.ring ?? {};
    const leftOut = this.ring?.statistics().leftOut ?? 0;
    return {
      problems: [...this.#problems],
      problemCount: this.#problemCount,
      ...(statistics !== undefined && { statistics }),
      ...(this.ring !== undefined && {
        ring: { seconds: oldest === undefined ? 0 : this.#captureSeconds - oldest.seconds, leftOut },
      }),
    };
  }

  async run(): Promise<void> {
    const { engine, options, places, durationSeconds } = this.#source;
    const capture = startLive(engine, options, places, this);
    this.#capture = capture;
    const ticking = setInterval(() => this.#tick(capture), LIVE_STATISTICS_MILLISECONDS);
    const ending =
      durationSeconds === undefined ? undefined : setTimeout(() => capture.stop(), durationSeconds * 1000);
    try {
      const { problems } = await capture.ended;
      for (const { message } of problems) this.#tell(message);
      this.#statistics = await capture.statistics();
      this.#losses.take(this.#statistics, this.#captureSeconds, this.#now);
      this.analysis.end();
      this.#recorder.ended(this.analysis, this.files);
    } finally {
      clearInterval(ticking);
      clearTimeout(ending);
      // What was captured is kept, whatever went wrong.
      await this.ring?.finish();
    }
    this.state = this.#cancelled ? 'cancelled' : 'done';
    this.#changed();
  }

  packet(packet: Packet): void {
    // Packets that were thrown away unseen have numbers too. What is shown, and what the ring finds again, counts without them.
    const { number } = packet;
    this.#packets += 1;
    packet.number = this.#packets;
    this.#captureSeconds = packet.seconds;
    this.#quietSeconds = 0;
    this.#recorder.packet(packet);
    this.ring?.packet(packet);
    this.analysis.push(packet);
    packet.number = number;
  }

  dropped(from: number, to: number): void {
    this.#losses.noted(from, to);
  }

  /** A live capture never waits: what is paused is the telling. Between two rounds of reads whoever waits for the thread has a turn. */
  drained(): undefined {
    this.#changed();
  }

  event(event: LiveEvent): void {
    this.#losses.event(event);
    if (event.kind !== 'started') this.#tell(event.problem.message);
    else if (event.again) this.#tell(`${event.interface}: packets are being captured again`);
    this.#changed();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#capture?.stop();
  }

  kill(): void {
    this.#cancelled = true;
    this.#capture?.kill();
  }

  pause(paused: boolean): void {
    if (this.state === 'reading' || this.state === 'paused') this.state = paused ? 'paused' : 'reading';
  }

  /** Each second. */
  #tick(capture: LiveCapture): void {
    this.#quietSeconds += LIVE_STATISTICS_MILLISECONDS / 1000;
    this.ring?.tick();
    this.analysis.passTime(this.#now);
    this.analysis.flows.closeSilent(this.#now, LIVE_SILENCE);
    this.#holdMemory();
    capture.statistics().then(
      (statistics) => {
        this.#statistics = statistics;
        this.#losses.take(statistics, this.#captureSeconds, this.#now);
        this.#changed();
      },
      // The engine has just ended; `ended` says why.
      () => undefined,
    );
  }

  #holdMemory(): void {
    const { ceiling } = this.#ceiling;
    if (!this.#ceiling.look()) return;
    this.analysis.trim();
    this.#recorder.rules.conformance.trim();
    if (ceiling.lowered > 1) return;
    this.#tell(
      `memory is near its ceiling of ${ceiling.bytes / MiB} MiB (--max-memory): what is oldest is let go`,
    );
  }

  get #now(): number {
    return this.#captureSeconds + this.#quietSeconds;
  }

  #tell(message: string): void {
    this.#problemCount += 1;
    this.#problems.push(message);
    if (this.#problems.length > this.#mostProblems) this.#problems.shift();
  }
}
