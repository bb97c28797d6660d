import type { LimitName } from './run-limits.ts';

/** What a limit may be set to. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Only even numbers: what is halved again and again. */
  readonly even?: boolean;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;
const TiB = 1024 * GiB;

/** More of anything does not fit the tables in which it is kept (2^24 entries of a Map), or a buffer. */
const NUMBERS: Bounds = { least: 1, most: 10_000_000 };
const BYTES: Bounds = { least: 1, most: GiB };
/** A timer of Node's waits for 24 days at most. */
const SECONDS: Bounds = { least: 0.001, most: 86_400 };

/** A record must have room for its own header; a file for a few of them. */
const FILE_BYTES: Bounds = { least: 64 * KiB, most: TiB };
const TIMER_SECONDS: Bounds = { least: 0.05, most: 86_400 };
const POINTS: Bounds = { least: 2, most: 100_000, even: true };
/** Walked by recursion: some 100 bytes of stack a level and walker. */
const NESTING: Bounds = { least: 1, most: 1000 };

/** Limits whose bounds do not follow from their names. */
const OWN: { readonly [Name in LimitName]?: Bounds } = {
  'conversations.bodies.nesting': NESTING,
  'conversations.bodies.bytes': { least: 1, most: 64 * MiB },
  'conversations.bitRatePoints': POINTS,
  // Each login looks at all of them.
  'conversations.sessionsPerSocket': { least: 1, most: 10_000 },
  // 8 bytes each.
  'extract.framesTimed': { least: 1, most: 100_000_000 },
  'extract.bytes': { least: 1, most: 1024 * TiB },
  // Descriptors, of which a process usually has 1024.
  'extract.openFiles': { least: 1, most: 512 },
  'capture.standardRecordBytes': { least: 64, most: 256 * MiB },
  'capture.largeRecordBytes': { least: 64, most: 256 * MiB },
  'capture.packetOptionBytes': { least: 64, most: 16 * MiB },
  // What is looked at must hold the fixed part of a block.
  'capture.heldBlockBytes': { least: 64, most: 16 * MiB },
  'capture.nameBytes': { least: 1, most: 64 * KiB },
  'capture.decompressedBytes': { least: 1, most: 1024 * TiB },
  'capture.decompressionRatio': { least: 1, most: 1_000_000 },
  'filter.expressionUnits': { least: 1, most: MiB },
  'filter.nesting': NESTING,
  'filter.setMembers': { least: 1, most: 1_000_000 },
  'filter.matchedUnits': { least: 1, most: 16 * MiB },
  'filter.patternInstructions': { least: 1, most: 100_000 },
  // Longer ones were cut before (src/rules/sample.ts).
  'report.pointerUnits': { least: 1, most: 1024 },
  // The head of a report is never left out.
  'report.markdownBytes': { least: 1000, most: GiB },
  'dashboard.spoolBytes': { least: 64 * KiB, most: TiB },
  'dashboard.frameRatePoints': POINTS,
  'dashboard.activityPoints': POINTS,
  'dashboard.keyFrames': { least: 1, most: 100_000 },
  'dashboard.stalls': { least: 1, most: 10_000 },
  // Those that are searched at a time, and one.
  'dashboard.lists': { least: 3, most: 1000 },
  // The screen asks for up to a thousand.
  'dashboard.rows': { least: 1000, most: 100_000 },
  'dashboard.bodyLines': { least: 1, most: 1_000_000 },
  // Compared with each other, at worst each with each.
  'dashboard.comparedLines': { least: 1, most: 20_000 },
  // A piece is 256 KiB.
  'live.queuedPieces': { least: 1, most: 4096 },
  'live.stopSeconds': TIMER_SECONDS,
  'live.firstRetrySeconds': TIMER_SECONDS,
  'live.longestRetrySeconds': TIMER_SECONDS,
  'live.healthySeconds': TIMER_SECONDS,
  'live.lookSeconds': TIMER_SECONDS,
  'live.answerSeconds': TIMER_SECONDS,
  'live.keptLines': { least: 1, most: 10_000 },
  'live.lineCharacters': { least: 16, most: 64 * KiB },
  'ring.temporaryFiles': { least: 2, most: 10_000 },
  'ring.temporaryFileBytes': FILE_BYTES,
  'ring.folderFileBytes': FILE_BYTES,
  // What waits is in pieces of up to a packet.
  'ring.waitingBytes': { least: MiB, most: GiB },
};

/** The bounds of a limit: bytes, seconds or numbers by its name, unless it has its own. */
export function boundsOf(name: string): Bounds {
  const own: ReadonlyMap<string, Bounds> = new Map(Object.entries(OWN));
  const bounds = own.get(name);
  if (bounds !== undefined) return bounds;
  if (/seconds$/i.test(name)) return SECONDS;
  return /bytes(?:InAll)?$|longest\w+$/i.test(name) ? BYTES : NUMBERS;
}
