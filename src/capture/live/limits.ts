/** Bounds of live capture: what may wait, for how long, and how often is tried again. */
export interface LiveLimits {
  /** Pieces (PIECE_BYTES) that may wait for a sink that does not keep up; then the oldest is thrown away and counted. */
  readonly queuedPieces: number;
  /** After being asked to end, an engine has this long to hand over what it holds. */
  readonly stopSeconds: number;
  /** Waits before an engine that died is started again: doubled each time, up to the longest. */
  readonly firstRetrySeconds: number;
  readonly longestRetrySeconds: number;
  /** An engine that ran for so long is not to blame for the deaths before: the waits begin anew. */
  readonly healthySeconds: number;
  /** How often an interface is looked at: is it there, is it up. */
  readonly lookSeconds: number;
  /** How long tcpdump may take to answer a question for its counts. */
  readonly answerSeconds: number;
  /** Of what an engine says on standard error, the last lines are kept, each cut to a length in characters. */
  readonly keptLines: number;
  readonly lineCharacters: number;
  /** Bytes of packets of several interfaces that wait to be put in order. */
  readonly mergedBytes: number;
}

export const LIVE_LIMITS: LiveLimits = {
  queuedPieces: 256,
  stopSeconds: 3,
  firstRetrySeconds: 0.5,
  longestRetrySeconds: 30,
  healthySeconds: 30,
  lookSeconds: 1,
  answerSeconds: 1,
  keptLines: 16,
  lineCharacters: 300,
  mergedBytes: 32 * 1024 * 1024,
};

/** Most bytes taken from an engine's pipe at a time, and size of what waits in the queue: 16 MiB in all. */
export const PIECE_BYTES = 64 * 1024;

/** Buffers for pieces that are kept when none waits: memory that is given back and taken again leaves holes. */
export const SPARE_PIECES = 64;

/**
 * The kernel hands an engine its packets in blocks: full ones at once, others when they are as old as the engine wishes
 * (TPACKET_V3), at worst twice that. What is younger is lost when the engine is ended, so it is given this long before.
 */
export const BLOCK_SECONDS = { dumpcap: 0.5, tcpdump: 2, cap: 0 } as const;

/** Longest interface name that is passed on; Linux has 15, others more. */
export const NAME_CHARACTERS = 64;

/** How often it is seen which of the packets that wait to be put in order have waited for long enough. */
export const MERGE_LOOKS_PER_SECOND = 4;
