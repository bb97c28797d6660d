/** Bounds of the ring files. */

/** Files of a temporary ring, and bytes of each: 256 MiB, some two seconds of a full gigabit, some hours of control messages. */
export const TEMPORARY_FILES = 4;
export const TEMPORARY_FILE_BYTES = 64 * 1024 * 1024;

/** A folder that was given without a word on sizes gets files of this size, all of which are kept. */
export const FOLDER_FILE_BYTES = 64 * 1024 * 1024;

/** Bytes that may wait for the disk; when it takes more time than that, the file is ended and packets are left out. */
export const WAITING_BYTES = 16 * 1024 * 1024;

/** Size of the pieces that wait: PcapngWriter's batches, and single packets larger than these. */
export const PIECE_BYTES = 256 * 1024;

/** After a failure, how often it is tried again. */
export const RETRY_SECONDS = 5;

/** Names that are taken are stepped over, so many times. */
export const NAME_ATTEMPTS = 100;
