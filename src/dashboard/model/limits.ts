const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** What of the model's bounds grows with the capture. */
export interface RecordLimits {
  /** Messages indexed, some 90 bytes each; the oldest make room for newer ones. */
  readonly messages: number;
  /** Bytes of bodies on disk; the oldest make room for newer ones, and cannot be shown any more. */
  readonly spoolBytes: number;
  /** Bytes of bodies gathered before they are written. */
  readonly spoolBatchBytes: number;
  /** Findings listed, some 40 bytes each; the oldest make room for newer ones, and are counted only. */
  readonly findings: number;
  /** Messages whose findings by rules are shown beside them: the latest of them. */
  readonly judgedMessages: number;
  /** Flows remembered, up to 1 kB each; those that ended first make room for newer ones. */
  readonly flows: number;
  /** Media streams listed; those that are over make room for newer ones. */
  readonly streams: number;
}

/** What of one stream is remembered. */
export interface WatchLimits {
  /** Key frames: the latest. */
  readonly keyFrames: number;
  /** Pauses: the longest. */
  readonly stalls: number;
  /** Points of the frame rate over time, as of the bit rate; even. */
  readonly frameRatePoints: number;
  /** Points of a sparkline; even. */
  readonly activityPoints: number;
}

/** What of one message is shown. */
export interface DetailLimits {
  /** Lines of its body. */
  readonly bodyLines: number;
  /** UTF-16 units of one line of a body that is no JSON. */
  readonly lineUnits: number;
  /** Bytes of its body in hex, as `show` prints. */
  readonly hexBytes: number;
}

/** Every bound of the dashboard's model; what reaching one means is said where it is declared. */
export interface ModelLimits extends RecordLimits, WatchLimits, DetailLimits {
  /** What happened to a live capture, as far as it is told: the latest. */
  readonly liveProblems: number;
  /** Lists of messages or findings that are kept up to date; the longest unused is forgotten. */
  readonly lists: number;
  /** Rows that one request answers. */
  readonly rows: number;
  /** Lines of each side that are compared. */
  readonly comparedLines: number;
}

export const MODEL_LIMITS: ModelLimits = {
  messages: 4_000_000,
  spoolBytes: 2 * GiB,
  spoolBatchBytes: 256 * KiB,
  findings: 2_000_000,
  judgedMessages: 100_000,
  liveProblems: 20,
  flows: 100_000,
  streams: 32_768,
  keyFrames: 600,
  stalls: 20,
  frameRatePoints: 600,
  activityPoints: 60,
  lists: 8,
  rows: 1000,
  bodyLines: 20_000,
  lineUnits: 65_536,
  hexBytes: 4096,
  comparedLines: 1500,
};

/** What a live dashboard takes beside the heap and the buffers of the model's thread, under load. Measured. */
export const PROCESS_BYTES = 96 * MiB;

/** The least ceiling of a live dashboard, in MiB: two threads with our code in them leave little room below it. */
export const LEAST_DASHBOARD_MIB = 208;

/**
 * What a live dashboard takes more than the lines of `live`, whatever it watches: the screen's thread, and our code in two
 * threads. Measured: 40 MiB.
 */
const SCREEN_BYTES = 40 * MiB;

/** What is taken by a live dashboard before it has seen anything; of the rest of the ceiling the index gets a part. */
const FIXED_BYTES = 140 * MiB;
const INDEX_SHARE = 0.25;

/** How the bytes of the index are shared out, in thousandths, and how many one entry takes (measured, rounded up). */
const INDEX = {
  messages: { part: 550, bytesEach: 110 },
  findings: { part: 120, bytesEach: 60 },
  judgedMessages: { part: 30, bytesEach: 200 },
  flows: { part: 130, bytesEach: 1200 },
  streams: { part: 170, bytesEach: 10 * KiB },
} as const;

/** What the index of a live capture keeps within a ceiling for the whole process, and what the index and the screen take of it. */
export function liveRecordLimits(ceilingBytes: number): {
  readonly records: RecordLimits;
  readonly besideBytes: number;
} {
  const bytes = Math.max(0, ceilingBytes - FIXED_BYTES) * INDEX_SHARE;
  const most = (kind: keyof typeof INDEX) => {
    const { part, bytesEach } = INDEX[kind];
    return Math.max(256, Math.min(MODEL_LIMITS[kind], Math.floor((bytes * part) / 1000 / bytesEach)));
  };
  const { spoolBytes, spoolBatchBytes } = MODEL_LIMITS;
  return {
    records: {
      messages: most('messages'),
      findings: most('findings'),
      judgedMessages: most('judgedMessages'),
      flows: most('flows'),
      streams: most('streams'),
      spoolBytes,
      spoolBatchBytes,
    },
    besideBytes: SCREEN_BYTES + bytes,
  };
}

/** Rows looked at in one go, between which requests are answered: by their columns, as messages, with their bodies read. */
export const ROWS_AT_ONCE = { columns: 65_536, messages: 8192, bodies: 256 } as const;

/** Milliseconds between two questions to the engine of a live capture how much it dropped. */
export const LIVE_STATISTICS_MILLISECONDS = 1000;

/** Milliseconds between two notifications. */
export const CHANGE_MILLISECONDS = 100;

/** The same of a live capture, which goes on for ever: keys are answered between. */
export const LIVE_CHANGE_MILLISECONDS = 200;

/** An analysis of ring files beside that of the live capture gets this part of what its ceiling allows. */
export const AGAIN_SCALE = 0.2;

/** Read at a time: some five hundred messages where all is control traffic. Between two chunks the screen is answered. */
export const MODEL_CHUNK_BYTES = 128 * 1024;
