/** Bounds of the ring files. */
export interface RingLimits {
  /** Files of a temporary ring. */
  readonly temporaryFiles: number;
  /** Bytes of each: 256 MiB with four files, some two seconds of a full gigabit, some hours of control messages. */
  readonly temporaryFileBytes: number;
  /** A folder that was given without a word on sizes gets files of this size, all of which are kept. */
  readonly folderFileBytes: number;
  /** Bytes that may wait for the disk; when it takes more time than that, the file is ended and packets are left out. */
  readonly waitingBytes: number;
  /** After a failure, how often it is tried again. */
  readonly retrySeconds: number;
  /** Names that are taken are stepped over, so many times. */
  readonly nameAttempts: number;
}

export const RING_LIMITS: RingLimits = {
  temporaryFiles: 4,
  temporaryFileBytes: 64 * 1024 * 1024,
  folderFileBytes: 64 * 1024 * 1024,
  waitingBytes: 16 * 1024 * 1024,
  retrySeconds: 5,
  nameAttempts: 100,
};

/** Size of the pieces that wait: PcapngWriter's batches, and single packets larger than these. */
export const PIECE_BYTES = 256 * 1024;

/** Buffers for pieces that are kept when none waits: a disk that was behind once is no reason to hold them for ever. */
export const SPARE_PIECES = 32;

/** Files that are open at a time to be read once more, and bytes read of one between two turns. */
export const OPEN_FILES = 16;
export const READ_BYTES = 256 * 1024;
