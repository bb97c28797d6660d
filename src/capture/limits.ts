/**
 * Bytes asked for in one read. Each read wakes another thread, which costs 25 µs on a quiet machine, and several times
 * that on a busy one: with smaller chunks it becomes a tenth of the run.
 */
export const CHUNK_BYTES = 1024 * 1024;

/**
 * Bounds of the capture reader. No length found in a file is trusted with memory: buffers grow with the bytes
 * that were really read, and never beyond these.
 */
export interface CaptureLimits {
  /** The largest record accepted of every file (usually MAXIMUM_SNAPLEN of libpcap and tshark). */
  readonly standardRecordBytes: number;
  /** The largest record accepted where the file's own snap length, or its link type, says that records are larger. */
  readonly largeRecordBytes: number;
  /** All options of one packet block together. */
  readonly packetOptionBytes: number;
  /** Of an interface description or statistics block, this much is looked at; what follows is passed over. */
  readonly heldBlockBytes: number;
  /** Interfaces of one file, all its sections together. */
  readonly interfaces: number;
  /** Longest interface name or description kept, in bytes. */
  readonly nameBytes: number;
  /** Decompressed bytes waiting to be read; a decompressor that is ahead by more is held back. */
  readonly decompressedAheadBytes: number;
  /** Decompressed bytes of one file. */
  readonly decompressedBytes: number;
  /**
   * Decompressed bytes for each byte of the file so far, of which a short file counts as 64 KiB. Captures of real traffic
   * shrink to a third, of nothing but keepalives to a thirtieth; what swells a thousandfold is made to keep its reader busy.
   */
  readonly decompressionRatio: number;
}

export const CAPTURE_LIMITS: CaptureLimits = {
  standardRecordBytes: 262_144,
  largeRecordBytes: 16 * 1024 * 1024,
  packetOptionBytes: 256 * 1024,
  heldBlockBytes: 64 * 1024,
  interfaces: 65_536,
  nameBytes: 256,
  decompressedAheadBytes: 4 * 1024 * 1024,
  decompressedBytes: 1024 * 1024 * 1024 * 1024,
  decompressionRatio: 250,
};

const LINKTYPE_DBUS = 231;
const LINKTYPE_USBPCAP = 249;

/**
 * Largest captured length to believe, in bytes. As libpcap does it, a file that announces a larger snap length
 * may use it, and D-Bus and USBPcap records are large by nature; both only up to `largeRecordBytes`.
 */
export function largestRecord(linkType: number, snapLength: number, limits: CaptureLimits): number {
  const { standardRecordBytes, largeRecordBytes } = limits;
  if (linkType === LINKTYPE_DBUS || linkType === LINKTYPE_USBPCAP) return largeRecordBytes;
  return Math.min(Math.max(snapLength, standardRecordBytes), largeRecordBytes);
}
