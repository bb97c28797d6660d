import { setImmediate as turn } from 'node:timers/promises';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { Analysis } from '../../analysis/analysis.ts';
import { LIVE_SILENCE } from '../../analysis/memory-ceiling.ts';
import type { CaptureFile } from '../../capture/capture-file.ts';
import type { LiveCapture, LiveEvent, LiveSink, LiveStatistics } from '../../capture/live/engine.ts';
import { startLive } from '../../capture/live/start-live.ts';
import { analysisOptions } from './analysis-options.ts';
import type { LiveSource, ModelOptions, Progress } from './contract.ts';
import type { Recorder } from './index/recorder.ts';
import { LIVE_ANALYSIS_LIMITS, LIVE_STATISTICS_MILLISECONDS, MODEL_LIMITS } from './limits.ts';
import type { Input } from './reading.ts';

/** Captures live traffic into the recorder, until it is told to end or the engine ends. */
export class LiveReading implements Input, LiveSink {
  readonly analysis: Analysis;
  state: Progress['state'] = 'reading';
  readonly bytesTotal = undefined;
  readonly #source: LiveSource;
  readonly #recorder: Recorder;
  readonly #changed: () => void;
  readonly #problems: string[] = [];
  #capture: LiveCapture | undefined = undefined;
  #statistics: LiveStatistics | undefined = undefined;
  /** Capture time of the last packet, and how long there was none. */
  #captureSeconds = 0;
  #quietSeconds = 0;

  constructor(options: ModelOptions, source: LiveSource, recorder: Recorder, changed: () => void) {
    this.#source = source;
    this.#recorder = recorder;
    this.#changed = changed;
    const wishes = { ...analysisOptions(options), ...recorder.wishes, limits: LIVE_ANALYSIS_LIMITS };
    this.analysis = new Analysis(wishes, recorder);
  }

  get bytesRead(): number {
    return this.analysis.bytes;
  }

  get files(): readonly CaptureFile[] {
    return this.#capture?.files() ?? [];
  }

  get live(): Progress['live'] {
    const statistics = this.#statistics;
    return { problems: [...this.#problems], ...(statistics !== undefined && { statistics }) };
  }

  async run(): Promise<void> {
    const { engine, options, places } = this.#source;
    const capture = startLive(engine, options, places, this);
    this.#capture = capture;
    const asking = setInterval(() => {
      this.#quietSeconds += LIVE_STATISTICS_MILLISECONDS / 1000;
      this.analysis.flows.closeSilent(this.#captureSeconds + this.#quietSeconds, LIVE_SILENCE);
      this.#ask(capture);
    }, LIVE_STATISTICS_MILLISECONDS);
    try {
      const { problems, reason } = await capture.ended;
      for (const { message } of problems) this.#tell(message);
      this.#statistics = await capture.statistics();
      this.analysis.end();
      this.#recorder.ended(this.analysis, this.files);
      this.state = reason === 'stopped' ? 'cancelled' : 'done';
    } finally {
      clearInterval(asking);
      this.#changed();
    }
  }

  packet(packet: Packet): void {
    this.#captureSeconds = packet.seconds;
    this.#quietSeconds = 0;
    this.#recorder.packet(packet);
    this.analysis.push(packet);
  }

  /** A live capture never waits: what is paused is the telling. */
  drained(): Promise<void> {
    this.#changed();
    return turn();
  }

  event(event: LiveEvent): void {
    if (event.kind !== 'started') this.#tell(event.problem.message);
    else if (event.again) this.#tell(`${event.interface}: packets are being captured again`);
    this.#changed();
  }

  cancel(): void {
    this.#capture?.stop();
  }

  kill(): void {
    this.#capture?.kill();
  }

  pause(paused: boolean): void {
    if (this.state === 'reading' || this.state === 'paused') this.state = paused ? 'paused' : 'reading';
  }

  #ask(capture: LiveCapture): void {
    capture.statistics().then(
      (statistics) => {
        this.#statistics = statistics;
        const { kernelDropped = 0, interfaceDropped = 0, ownDropped } = statistics;
        if (kernelDropped + interfaceDropped + ownDropped > 0) this.#recorder.rules.conformance.dropped();
        this.#changed();
      },
      // The engine has just ended; `ended` says why.
      () => undefined,
    );
  }

  #tell(message: string): void {
    this.#problems.push(message);
    if (this.#problems.length > MODEL_LIMITS.liveProblems) this.#problems.shift();
  }
}
