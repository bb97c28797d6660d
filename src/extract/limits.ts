/** The bounds of an extraction. */
export interface ExtractLimits {
  /** Files made; what would begin more is left out and counted. */
  readonly files: number;
  /** Bytes written in all; the first that would go beyond is left out and counted, as all after it. */
  readonly bytes: number;
  /** Files open at once; the longest unused is closed and later opened again. */
  readonly openFiles: number;
  /** Bytes gathered for one open file before they are written. */
  readonly batchBytes: number;
  /** Gaps listed for one file; its missing bytes are counted beyond. */
  readonly gapsListed: number;
  /** Archives of several messages that wait for their next piece at once. */
  readonly openArchives: number;
  /** Video frames whose times are kept for recordings, 8 bytes each; a recording ends where they do. */
  readonly framesTimed: number;
}

export const EXTRACT_LIMITS: ExtractLimits = {
  files: 10_000,
  bytes: 1024 * 1024 * 1024 * 1024,
  openFiles: 64,
  batchBytes: 64 * 1024,
  gapsListed: 1000,
  openArchives: 256,
  framesTimed: 16_000_000,
};
