import { DEFAULT_CEILING_MIB, limitsFor } from '../../analysis/memory-ceiling.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Every bound of the dashboard's model; what reaching one means is said where it is declared. */
export const MODEL_LIMITS = {
  /** Messages indexed, some 90 bytes each; the oldest make room for newer ones. */
  messages: 4_000_000,
  /** Bytes of bodies on disk; the oldest make room for newer ones, and cannot be shown any more. */
  spoolBytes: 2 * GiB,
  /** Bytes of bodies gathered before they are written. */
  spoolBatchBytes: 256 * KiB,
  /** Findings listed, some 40 bytes each; the oldest make room for newer ones, and are counted only. */
  findings: 2_000_000,
  /** Messages whose findings by rules are shown beside them: the latest of them. */
  judgedMessages: 100_000,
  /** What happened to a live capture, as far as it is told: the latest. */
  liveProblems: 20,
  /** Flows remembered, up to 1 kB each; those that ended first make room for newer ones. */
  flows: 100_000,
  /** Media streams listed; those that are over make room for newer ones. */
  streams: 32_768,
  /** Key frames remembered of one stream: the latest. */
  keyFrames: 600,
  /** Pauses remembered of one stream: the longest. */
  stalls: 20,
  /** Points of the frame rate over time, as of the bit rate; even. */
  frameRatePoints: 600,
  /** Points of a sparkline; even. */
  activityPoints: 60,
  /** Lists of messages or findings that are kept up to date; the longest unused is forgotten. */
  lists: 8,
  /** Rows that one request answers. */
  rows: 1000,
  /** Lines of one body. */
  bodyLines: 20_000,
  /** UTF-16 units of one line of a body that is no JSON. */
  lineUnits: 65_536,
  /** Bytes of one body in hex, as `show` prints. */
  hexBytes: 4096,
  /** Lines of each side that are compared. */
  comparedLines: 1500,
} as const;

/** The same of what grows with the traffic, for live captures, which stand for weeks in a ceiling of memory: some 100 MB in all. */
export const LIVE_MODEL_LIMITS = {
  ...MODEL_LIMITS,
  messages: 500_000,
  findings: 200_000,
  judgedMessages: 20_000,
  flows: 10_000,
  streams: 4096,
} as const;

/** What of the model's bounds grows with the capture. */
export type RecordLimits = Readonly<
  Record<
    'messages' | 'findings' | 'judgedMessages' | 'flows' | 'streams' | 'spoolBytes' | 'spoolBatchBytes',
    number
  >
>;

/** Rows looked at in one go, between which requests are answered: by their columns, as messages, with their bodies read. */
export const ROWS_AT_ONCE = { columns: 65_536, messages: 8192, bodies: 256 } as const;

/** Milliseconds between two questions to the engine of a live capture how much it dropped. */
export const LIVE_STATISTICS_MILLISECONDS = 1000;

/** Milliseconds between two notifications. */
export const CHANGE_MILLISECONDS = 100;

/** What the analysis of live traffic keeps: sessions and flows that have ended make room, as for the lines of `live`. */
export const LIVE_ANALYSIS_LIMITS = limitsFor(DEFAULT_CEILING_MIB * 1024 * 1024);

/** Read at a time: some five hundred messages where all is control traffic. Between two chunks the screen is answered. */
export const MODEL_CHUNK_BYTES = 128 * 1024;
