import type { CaptureError, CaptureInterface } from './capture-file.ts';

/** Where reading had to stop, and why; the reader adds the file's name. */
export interface Damage {
  readonly code: CaptureError['code'];
  /** Offset of the record or block concerned, after decompression. */
  readonly offset: number;
  /** What was expected and what is there. */
  readonly text: string;
}

/**
 * Cuts a run of capture bytes into records. Bytes are pushed in pieces of any size; each complete record becomes
 * one call of the sink, with no copy and no allocation.
 */
export interface RecordParser {
  readonly format: 'pcap' | 'pcapng';
  /** Set once the bytes make no sense; nothing more may be pushed then. */
  readonly damage: Damage | undefined;
  /** All the packets asked for have been handed over; a rest may be left that is never asked for again. */
  readonly full: boolean;
  /** Records that took a packet number, as Wireshark gives them one, but hold no packet. */
  readonly otherRecords: number;
  /**
   * Answers how many of `bytes[start … end)` are done with; the rest must come again, at the front of the next
   * piece. A rest is never longer than the largest record that is believed (limits.ts).
   */
  push(bytes: Uint8Array, start: number, end: number): number;
  /** No more bytes will come; `rest` of them were not done with. Answers the damage, if that is inside a record. */
  finish(bytes: Uint8Array, start: number, end: number): Damage | undefined;
  interfaces(): readonly CaptureInterface[];
}
