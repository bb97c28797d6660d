const NO_BYTES = Buffer.alloc(0);

/**
 * One captured record: a view that the capture reader fills anew for each record (house, «the hot path»).
 * Nothing of it may be kept beyond the call that hands it over; copy what must live longer.
 *
 * `bytes` stays intact a while longer than the call: until the reader has moved on by
 * {@link RECENT_CHUNKS} chunks, so that a retransmission can be compared with what came first.
 */
export class Packet {
  /** Record number, from 1, counted over all files in the order read (as Wireshark counts frames). */
  number = 0;
  /** Capture time: whole seconds since 1970 UTC (may be negative or beyond 2^32) … */
  seconds = 0;
  /** … and 0 … 999,999,999. */
  nanoseconds = 0;
  /** LINKTYPE_ number of the interface that saw it. */
  linkType = 0;
  /** The read buffer; the record's captured bytes are `bytes[start … end)`. */
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;
  /** Bytes on the wire; more than `end - start` when the snap length cut the packet. */
  wireLength = 0;
  /** Index of the capture file, from 0, in the order read. */
  file = 0;
  /** Offset of `start` in that file (after decompression). */
  fileOffset = 0;
  /** Counts the read buffers, from 0, over all files. */
  chunk = 0;
}

/** How many read buffers, the current one included, stay intact. */
export const RECENT_CHUNKS = 4;
