/** Bounds of live capture: what may wait, for how long, and how often is tried again. */

/** Bytes taken from an engine's pipe at a time, and size of what waits in the queue. */
export const PIECE_BYTES = 256 * 1024;

/** Pieces that may wait for a sink that does not keep up, 32 MiB; then the oldest is thrown away and counted. */
export const QUEUED_PIECES = 128;

/** Buffers for pieces that are kept when none waits. */
export const SPARE_PIECES = 4;

/**
 * The kernel hands an engine its packets in blocks: full ones at once, others when they are as old as the engine wishes
 * (TPACKET_V3), at worst twice that. What is younger is lost when the engine is ended, so it is given this long before.
 */
export const BLOCK_SECONDS = { dumpcap: 0.5, tcpdump: 2, cap: 0 } as const;

/** After being asked to end, an engine has this long to hand over what it holds. */
export const STOP_SECONDS = 3;

/** Waits before an engine that died is started again: doubled each time, up to the longest. */
export const FIRST_RETRY_SECONDS = 0.5;
export const LONGEST_RETRY_SECONDS = 30;

/** An engine that ran for so long is not to blame for the deaths before: the waits begin anew. */
export const HEALTHY_SECONDS = 30;

/** How often an interface is looked at: is it there, is it up. */
export const LOOK_SECONDS = 1;

/** How long tcpdump may take to answer a question for its counts. */
export const ANSWER_SECONDS = 1;

/** Of what an engine says on standard error, the last lines are kept, each cut to a length in characters. */
export const KEPT_LINES = 16;
export const LINE_CHARACTERS = 300;

/** Longest interface name that is passed on; Linux has 15, others more. */
export const NAME_CHARACTERS = 64;

/** Packets of several interfaces that wait to be put in order: so many bytes, and how often it is seen who waited enough. */
export const MERGED_BYTES = 32 * 1024 * 1024;
export const MERGE_LOOKS_PER_SECOND = 4;
