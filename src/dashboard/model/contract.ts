import type { LimitChanges } from '../../analysis/limit-changes.ts';
import type { EngineName, LiveOptions, LiveStatistics } from '../../capture/live/engine.ts';
import type { EnginePlaces } from '../../capture/live/engine-commands.ts';
import type { CaptureError } from '../../capture/read-captures.ts';
import type { RingPlan } from '../../capture/ring/ring-plan.ts';
import type { Completions } from '../../filter/completions.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
import type { LadderWindow, MessageBytes, MessageDetail, StreamDetail } from './contract-details.ts';
import type {
  Compared,
  Comparison,
  ExtractRequest,
  FilterCheck,
  FindQuery,
  Found,
  JobProgress,
  Outcome,
  SaveRequest,
} from './contract-jobs.ts';
import type { ListName, MessageKind, Moment, RowOf, Rows, Scope, View } from './contract-rows.ts';
import type { ModelRunLimits } from './run-limits.ts';

export type * from './contract-details.ts';
export type * from './contract-jobs.ts';
export type * from './contract-rows.ts';
export { SORTS } from './contract-rows.ts';

/**
 * What the screen may ask and what it is told. Everything is plain data that can be cloned from thread to thread.
 *
 * Each answer that depends on what has been read says the `version` of the data it was made from. The version grows
 * with the data, at most some ten times a second, and each growth is notified (`onChange`): a panel whose answer has an
 * older version asks again for the rows it shows. Strings are as the capture has them: whoever draws them passes
 * them through src/report/format/safe-text.ts. Passwords and keys are replaced already, unless the model was made
 * with `showSecrets`.
 */

/** How the model is to be made. */
export interface ModelOptions {
  /** As on the command line; `-` is standard input. Empty where there is a live source. */
  readonly paths: readonly string[];
  /** Live traffic in the place of files. */
  readonly live?: LiveSource;
  /** Where bodies of control messages are kept, in a file without a name: `tmpdir()`, which the command line knows. */
  readonly temporaryFolder: string;
  readonly dialect?: 'auto' | 'field' | 'spec';
  readonly key?: Uint8Array;
  readonly ports?: readonly number[];
  readonly showSecrets?: boolean;
  /** Stop after this many packets. */
  readonly maxPackets?: number;
  /** What is to be otherwise than usual, of files as of live traffic. */
  readonly limits?: LimitChanges<ModelRunLimits>;
  /** Seeds the flow table's hash. */
  readonly seed?: number;
}

/** A live capture: what `startLive` is to be called with (src/capture/live/start-live.ts), and what is kept of it. */
export interface LiveSource {
  readonly engine: EngineName;
  readonly options: LiveOptions;
  readonly places: EnginePlaces;
  /** Where packets are kept for a second look; absent: nowhere. */
  readonly ring?: RingPlan;
  /** Memory of the whole process. */
  readonly ceilingBytes: number;
  /** The capture ends after so many seconds. */
  readonly durationSeconds?: number;
}

/** What is known of a live capture beside its packets. */
export interface LiveProgress {
  /** What the engine says, asked each second. */
  readonly statistics?: LiveStatistics;
  /** What went wrong, the latest last. */
  readonly problems: readonly string[];
  /** How often something went wrong: of very many problems the oldest are forgotten. */
  readonly problemCount: number;
  /** The packets that are kept: those of the last `seconds`; `leftOut` were not. Absent where none are. */
  readonly ring?: { readonly seconds: number; readonly leftOut: number };
}

export interface FileError extends CaptureError {
  readonly path: string;
}

/** Where the reading stands, and how good the capture is as far as it has been read. */
export interface Progress {
  readonly version: number;
  /** A live capture that is paused goes on; nothing of it is told until it is resumed. */
  readonly state: 'reading' | 'paused' | 'done' | 'cancelled';
  /** Of live traffic. */
  readonly live?: LiveProgress;
  /** Bytes of the files, before decompression. */
  readonly bytesRead: number;
  /** Unknown for a pipe. */
  readonly bytesTotal?: number;
  readonly packets: number;
  readonly messages: number;
  readonly controlMessages: number;
  readonly invalidMessages: number;
  readonly sessions: number;
  readonly flows: number;
  readonly streams: number;
  readonly findings: FindingCounts;
  /** Time of the first packet, which `elapsed` of every row counts from. */
  readonly origin?: Moment;
  readonly errors: readonly FileError[];
  readonly quality: Quality;
}

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
}

export interface Quality {
  readonly gaps: number;
  readonly gapBytes: number;
  readonly undecodedPackets: number;
  /** Packets that were lost on the way to us, as far as anybody says so; of a file known when it has been read. */
  readonly dropped: number;
  readonly evictedFlows: number;
  /** The oldest messages that made room for newer ones: lists begin behind them. */
  readonly evictedMessages: number;
  /** Why bodies of control messages cannot be shown, or not all of them; absent while they can. */
  readonly bodiesLost?: string;
  /** Limits that were reached, and how often something was left out for each. */
  readonly limits: readonly { readonly limit: string; readonly reached: number }[];
}

/**
 * The model as the screen sees it: `openModel(options)` of ../worker/open-model.ts makes one in a thread of its own,
 * `new LocalModel(options)` of ./local-model.ts one in this thread. *Cheap* calls answer within a few milliseconds, however large the capture and also
 * while it is being read; *slow* ones read a file again or look through many messages, report `onJob`, and end
 * early, with undefined or `cancelled`, at the next `cancelJob`, or when the next slow call of their kind begins. A call rejects
 * only when the model is broken or closed.
 */
export interface DashboardModel {
  /** Told at most some ten times a second, and once when all is read. Cheap. */
  onChange(listener: (progress: Progress) => void): void;
  onJob(listener: (progress: JobProgress) => void): void;
  /** Told once when the model broke: its worker ended with an error. No call will be answered any more. */
  onBroken(listener: (message: string) => void): void;

  /** Cheap. */
  progress(): Promise<Progress>;
  /** Cheap; a filter over bodies goes on in the background (`searching`). */
  rows<L extends ListName>(list: L, view: View, start: number, count: number): Promise<Rows<RowOf[L]>>;
  /** The message ids that occur in a scope, in order of id. Cheap. */
  kinds(scope: Scope): Promise<readonly MessageKind[]>;
  /** Where in a list the thing of this number is (in a folded list of messages: the run that holds it), or the row nearest before it. Cheap. */
  position(list: ListName, view: View, number: number): Promise<number | undefined>;
  /** Cheap. */
  session(number: number): Promise<SessionRecord | undefined>;
  /** Cheap: the body of a control message is decoded anew. */
  message(number: number): Promise<MessageDetail | undefined>;
  /** Slow: the first bytes of a media message, read again from the files, or from the ring of a live capture. */
  messageBytes(number: number): Promise<MessageBytes | undefined>;
  /** Cheap. */
  ladder(session: number, start: number, count: number): Promise<LadderWindow>;
  /** Cheap. */
  stream(number: number): Promise<StreamDetail | undefined>;
  /** Slow. */
  find(query: FindQuery): Promise<Found | undefined>;
  /** Cheap. `column` counts UTF-16 units from 1. */
  completions(filter: string, column: number): Promise<Completions>;
  /** Cheap: an error while typing. */
  checkFilter(filter: string): Promise<FilterCheck>;
  /** Cheap. */
  compare(pair: Comparison): Promise<Compared | undefined>;
  /** Slow. */
  save(request: SaveRequest): Promise<Outcome>;
  /** Slow. */
  extract(request: ExtractRequest): Promise<Outcome>;

  /** Ends the reading; what was read stays. */
  cancelLoading(): void;
  /** Ends the slow call that is under way. */
  cancelJob(): void;
  /** Reading waits, or goes on. */
  pause(paused: boolean): void;
  /** Forgets the messages and findings so far; sessions, flows and streams stay. */
  clear(): void;
  /** Ends the worker; never rejects. */
  close(): Promise<void>;
}
