import type { LadderFlow, Rung } from '../../report/ladder/ladder.ts';
import type { MessageRecord } from '../../report/records/schemas.ts';
import type { MediaStreamRecord } from '../../report/records/stream-schema.ts';
import type { Severity } from '../../rules/catalogue.ts';
import type { MessageRow, StreamRow } from './contract-rows.ts';

// One thing whole.

/** A field of the header, and where it stands in its 20 bytes. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
  readonly meaning?: string;
  readonly offset: number;
  readonly length: number;
}

/** A line of the body as it is shown: JSON is laid out anew, text that is none as it is. */
export interface BodyLine {
  readonly text: string;
  /** JSON pointer of the member or element that begins on the line; absent for closing brackets and plain text. */
  readonly pointer?: string;
  /** Its bytes in the body, key and all. */
  readonly offset?: number;
  readonly length?: number;
  /** What the schema says of the key: type and meaning. */
  readonly type?: string;
  readonly meaning?: string;
  /** Findings at this very line: places in `MessageDetail.findings`. */
  readonly findings: readonly number[];
}

export interface DetailFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly text: string;
  readonly pointer?: string;
  /** Bytes of the body that it concerns. */
  readonly offset?: number;
  readonly length?: number;
  /** Index of the line that shows it; absent where it concerns the message as a whole. */
  readonly line?: number;
}

export interface MessageDetail {
  readonly version: number;
  readonly row: MessageRow;
  /** As `messages --json --body` prints it. */
  readonly record: MessageRecord;
  /** Who sent it to whom. */
  readonly sender: string;
  readonly receiver: string;
  /** Section and chapter of the specification; absent for an id that nobody has named. */
  readonly section?: string;
  /** What it is for, what its body is, in one sentence each. */
  readonly purpose?: string;
  readonly carries?: string;
  readonly header: readonly HeaderField[];
  readonly headerBytes: Uint8Array;
  readonly body: MessageBody;
  readonly findings: readonly DetailFinding[];
  readonly exchange: { readonly request?: MessageRow; readonly reply?: MessageRow };
}

export interface MessageBody {
  /**
   * `here`: lines and bytes are shown. `elsewhere`: media, which `messageBytes` reads again from the files, or from the ring. `lost`: it cannot be shown,
   * `why` says the reason.
   */
  readonly state: 'here' | 'elsewhere' | 'lost';
  readonly why?: string;
  /** Of a text body. */
  readonly kind?: 'json' | 'empty' | 'encrypted' | 'not-json';
  readonly encoding?: string;
  /** Bytes behind the text. */
  readonly trailer?: number;
  readonly lines: readonly BodyLine[];
  /** Lines left out because there are too many. */
  readonly linesLeft: number;
  /** The beginning of the body; bytes of secrets are zeros. */
  readonly bytes: Uint8Array;
  /** Ranges `[start, end)` of `bytes` that hold secrets; to be shown as `**`. */
  readonly masked: readonly (readonly [number, number])[];
  /** Bytes of the body on the wire; those never captured; those that the stream ended before. */
  readonly length: number;
  readonly missing: number;
  readonly cut: number;
}

export interface MessageBytes {
  readonly number: number;
  /** Why there are none. */
  readonly why?: string;
  readonly bytes: Uint8Array;
  readonly masked: readonly (readonly [number, number])[];
}

/** A rung with the worst finding of its message for the margin. */
export interface LadderRung extends Rung {
  readonly worst?: Severity;
  readonly ret?: number;
  /** Number of the request that it answers. */
  readonly replyTo?: number;
}

export interface LadderWindow {
  readonly version: number;
  readonly session: number;
  /** The columns: sockets in the order in which they first carried the session. */
  readonly flows: readonly LadderFlow[];
  readonly total: number;
  readonly start: number;
  readonly rungs: readonly LadderRung[];
  readonly searching?: { readonly done: number; readonly of: number };
}

/** A media stream whole, with its series. All times are seconds since it began. */
export interface StreamDetail {
  readonly version: number;
  readonly row: StreamRow;
  readonly record: MediaStreamRecord;
  readonly bitRate: Series;
  readonly videoFrames: Series;
  readonly audioFrames: Series;
  /** When key frames came; the latest, bounded. */
  readonly keyFrames: readonly number[];
  /** Longest pauses between two video frames (audio, where there is no video), longest first. */
  readonly stalls: readonly { readonly at: number; readonly seconds: number }[];
}

/** One value a second for each stretch: bits, frames. */
export interface Series {
  readonly stretchSeconds: number;
  readonly values: readonly number[];
}
