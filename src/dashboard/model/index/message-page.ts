/** Messages in one page of the index. */
export const PAGE_ROWS = 16_384;

/** Bits of `flags`. */
export const FLAG = {
  /** Sent by side 1 of its flow. */
  side1: 1,
  device: 1 << 1,
  specDialect: 1 << 2,
  media: 1 << 3,
  valid: 1 << 4,
  encrypted: 1 << 5,
  /** Came in several packets; byte 12 of the header says how many. */
  fragmented: 1 << 6,
  /** The body is text: decoding it again gives its content. */
  content: 1 << 7,
  /** Keepalives, media, progress: folded into runs. */
  repeats: 1 << 8,
  /** Said before the login that made the session; the message itself names none. */
  beforeLogin: 1 << 9,
} as const;

/** Where the worst severity stands in `flags`: 0 none, 1 note, 2 warning, 3 error. */
export const SEVERITY_SHIFT = 10;

/** Values of `bodyAt` that are no place. */
export const NO_BODY = 0;
export const BODY_LOST = -1;

/** The columns of a run of messages: one array each, some 90 bytes a message. Nothing is allocated per message. */
export class MessagePage {
  readonly seconds = new Float64Array(PAGE_ROWS);
  readonly nanoseconds = new Uint32Array(PAGE_ROWS);
  readonly flow = new Uint32Array(PAGE_ROWS);
  /** 0 = none. */
  readonly session = new Uint32Array(PAGE_ROWS);
  readonly id = new Uint16Array(PAGE_ROWS);
  /** Place of the name among the names of the index. */
  readonly name = new Uint16Array(PAGE_ROWS);
  readonly flags = new Uint16Array(PAGE_ROWS);
  /** Session id and sequence number of the header. */
  readonly sessionId = new Uint32Array(PAGE_ROWS);
  readonly sequence = new Uint32Array(PAGE_ROWS);
  readonly length = new Uint32Array(PAGE_ROWS);
  /** Version, reserved 1, reserved 2, byte 12, byte 13 of the header: five bytes a message. */
  readonly header = new Uint8Array(PAGE_ROWS * 5);
  /** NaN = none. */
  readonly ret = new Float64Array(PAGE_ROWS);
  /** Seconds from the request; NaN = none. */
  readonly response = new Float64Array(PAGE_ROWS);
  /** Number of the request that it answers, and of the first answer to it; 0 = none. */
  readonly replyTo = new Float64Array(PAGE_ROWS);
  readonly answer = new Float64Array(PAGE_ROWS);
  readonly lastPacket = new Float64Array(PAGE_ROWS);
  /** Last packet minus first. */
  readonly packetSpan = new Uint32Array(PAGE_ROWS);
  /** Place in the spool of bodies, NO_BODY or BODY_LOST. */
  readonly bodyAt = new Float64Array(PAGE_ROWS);
}
