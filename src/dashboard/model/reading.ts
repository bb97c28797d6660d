import { setImmediate as turn } from 'node:timers/promises';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { Analysis } from '../../analysis/analysis.ts';
import { type CaptureFile, type CaptureSink, readCaptures } from '../../capture/read-captures.ts';
import { analysisOptions } from './analysis-options.ts';
import type { ModelOptions, Progress } from './contract.ts';
import type { Recorder } from './index/recorder.ts';
import { MODEL_CHUNK_BYTES } from './limits.ts';
import { modelRunLimits } from './run-limits.ts';

/** Where packets come from, as the model sees it. */
export interface Input {
  readonly analysis: Analysis;
  readonly state: Progress['state'];
  readonly bytesRead: number;
  /** Undefined where nobody knows. */
  readonly bytesTotal: number | undefined;
  readonly files: readonly CaptureFile[];
  readonly live: Progress['live'];
  /** Ends when nothing more will come. Rejects for our own mistakes only. */
  run(): Promise<void>;
  /** Ends in order: what was read stays. */
  cancel(): void;
  /** Ends at once. */
  kill(): void;
  pause(paused: boolean): void;
}

/** Reads the captures once, into the recorder. Between two chunks whoever waits for the thread has a turn. */
export class Reading implements Input, CaptureSink {
  readonly live = undefined;
  readonly analysis: Analysis;
  state: Progress['state'] = 'reading';
  bytesRead = 0;
  bytesTotal: number | undefined = undefined;
  files: readonly CaptureFile[] = [];
  readonly #options: ModelOptions;
  readonly #recorder: Recorder;
  readonly #changed: () => void;
  readonly #stop = new AbortController();
  #resume: (() => void) | undefined = undefined;

  /** @param changed told whenever there is something new */
  constructor(options: ModelOptions, recorder: Recorder, changed: () => void) {
    this.#options = options;
    this.#recorder = recorder;
    this.#changed = changed;
    this.analysis = new Analysis({ ...analysisOptions(options), ...recorder.wishes }, recorder);
  }

  async run(): Promise<void> {
    const { maxPackets, limits } = this.#options;
    this.files = await readCaptures(this.#options.paths, this, {
      signal: this.#stop.signal,
      onProgress: (read, total) => {
        this.bytesRead = read;
        this.bytesTotal = total;
      },
      chunkBytes: MODEL_CHUNK_BYTES,
      limits: modelRunLimits(limits).capture,
      ...(maxPackets !== undefined && { maxPackets }),
    });
    this.analysis.end();
    this.#recorder.ended(this.analysis, this.files);
    this.state = this.#stop.signal.aborted ? 'cancelled' : 'done';
    this.#changed();
  }

  packet(packet: Packet): void {
    this.#recorder.packet(packet);
    this.analysis.push(packet);
  }

  dropped(from: number, to: number): void {
    this.analysis.dropped(from, to);
  }

  drained(): Promise<void> {
    this.#changed();
    return this.state === 'paused' ? this.#paused() : turn();
  }

  cancel(): void {
    this.#stop.abort();
    this.#resume?.();
  }

  kill(): void {
    this.cancel();
  }

  pause(paused: boolean): void {
    if (paused && this.state === 'reading') this.state = 'paused';
    if (!paused && this.state === 'paused') {
      this.state = 'reading';
      this.#resume?.();
    }
    this.#changed();
  }

  #paused(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }
}
