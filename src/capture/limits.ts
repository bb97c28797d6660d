/**
 * Bounds of the capture reader. No length found in a file is trusted with memory: buffers grow with the bytes
 * that were really read, and never beyond these.
 */

/**
 * Bytes asked for in one read. Each read wakes another thread, which costs 25 µs on a quiet machine, and several times
 * that on a busy one: with smaller chunks it becomes a tenth of the run.
 */
export const CHUNK_BYTES = 1024 * 1024;

/** The largest record that every reader accepts (MAXIMUM_SNAPLEN of libpcap and tshark). */
export const STANDARD_RECORD_BYTES = 262_144;

/** The largest record accepted where the file's own snap length, or its link type, says that records are larger. */
export const LARGE_RECORD_BYTES = 16 * 1024 * 1024;

/** All options of one packet block together. */
export const PACKET_OPTION_BYTES = 256 * 1024;

/** Of an interface description or statistics block, this much is looked at; what follows is passed over. */
export const HELD_BLOCK_BYTES = 64 * 1024;

/** Interfaces of one file, all its sections together. */
export const MOST_INTERFACES = 65_536;

/** Longest interface name or description kept, in bytes. */
export const NAME_BYTES = 256;

/** Decompressed bytes waiting to be read; a decompressor that is ahead by more is held back. */
export const DECOMPRESSED_AHEAD_BYTES = 4 * 1024 * 1024;

const LINKTYPE_DBUS = 231;
const LINKTYPE_USBPCAP = 249;

/**
 * Largest captured length to believe, in bytes. As libpcap does it, a file that announces a larger snap length
 * may use it, and D-Bus and USBPcap records are large by nature; both only up to {@link LARGE_RECORD_BYTES}.
 */
export function largestRecord(linkType: number, snapLength: number): number {
  if (linkType === LINKTYPE_DBUS || linkType === LINKTYPE_USBPCAP) return LARGE_RECORD_BYTES;
  return Math.min(Math.max(snapLength, STANDARD_RECORD_BYTES), LARGE_RECORD_BYTES);
}
