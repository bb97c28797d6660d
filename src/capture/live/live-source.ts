import type { CaptureFile } from '../capture-file.ts';
import type { InterfaceStatistics, LiveEvent, LiveProblem } from './engine.ts';
import type { LiveLimits } from './limits.ts';
import type { LiveFeed } from './live-feed.ts';

/** What every source of packets answers, be it a child process or a pipe. */
export interface LiveSource {
  /** Resolves when no more packets will come: with why, unless it was stopped or its input is done. */
  readonly ended: Promise<LiveProblem | undefined>;
  statistics(): Promise<InterfaceStatistics>;
  file(): CaptureFile;
  /** `hurry`: what is still on its way is of no interest. */
  stop(hurry: boolean): void;
  kill(): void;
}

/** What a source is told of the capture that it belongs to. */
export interface SourcePlace {
  /** The interface, and which it is among those asked for. */
  readonly name: string;
  readonly at: number;
  readonly feed: LiveFeed;
  readonly event: (event: LiveEvent) => void;
  readonly limits: LiveLimits;
}
