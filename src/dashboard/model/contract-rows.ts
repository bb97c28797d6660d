import type { FilterError } from '../../filter/span.ts';
import type { FlowRecord, SessionRecord } from '../../report/records/schemas.ts';
import type { MediaStreamRecord } from '../../report/records/stream-schema.ts';
import type { Severity } from '../../rules/catalogue.ts';

export interface Moment {
  readonly seconds: number;
  readonly nanoseconds: number;
}

// Lists. `rows` answers the rows at `start … start + count` of the sorted and filtered list, and its length.

export type ListName = 'sessions' | 'flows' | 'findings' | 'rules' | 'streams' | 'messages';

/** Which messages, findings or streams: all of them, or those of one session or flow. */
export type Scope =
  | { readonly of: 'all' }
  | { readonly of: 'session'; readonly session: number }
  | { readonly of: 'flow'; readonly flow: number };

/** Which list it is, and in what order: two equal views are one list. */
export interface View {
  /** Default: all. Of `messages`, `findings`, `streams`; `rules` and `sessions`, `flows` are always of all. */
  readonly scope?: Scope;
  /**
   * Of `messages`: an expression of the `-Y` language. Of the other lists: words that a row must all contain,
   * upper or lower case; `-word` must not be in it.
   */
  readonly filter?: string;
  /** Message ids that are not shown; `messages` only. */
  readonly hiddenIds?: readonly number[];
  /** Runs of keepalives and of media stand as one row; `messages` only. */
  readonly fold?: boolean;
  /** Name of a column in {@link SORTS}; default: order of number. */
  readonly sortBy?: string;
  readonly descending?: boolean;
}

/** What each list can be sorted by; `number` is the order in which its rows came into being. */
export const SORTS = {
  sessions: [
    'number',
    'state',
    'client',
    'device',
    'user',
    'model',
    'channels',
    'messages',
    'streams',
    'bitRate',
    'findings',
    'start',
    'duration',
  ],
  flows: [
    'number',
    'role',
    'state',
    'client',
    'server',
    'session',
    'packets',
    'bytes',
    'gaps',
    'retransmitted',
    'start',
    'duration',
  ],
  findings: ['number', 'severity', 'rule', 'session', 'message'],
  rules: ['number', 'severity', 'rule', 'count'],
  streams: ['number', 'session', 'kind', 'channel', 'codec', 'bytes', 'bitRate', 'lost', 'start', 'duration'],
  messages: ['number', 'id', 'length', 'flow', 'session', 'ret', 'response'],
} as const satisfies Readonly<Record<ListName, readonly string[]>>;

export interface RowOf {
  readonly sessions: SessionRow;
  readonly flows: FlowRow;
  readonly findings: FindingRow;
  readonly rules: RuleRow;
  readonly streams: StreamRow;
  readonly messages: MessageRow;
}

export interface Rows<R> {
  readonly version: number;
  /** Rows of the whole list, as far as it is known. */
  readonly total: number;
  /** The `start` that was asked for, or less where the list is shorter. */
  readonly start: number;
  readonly rows: readonly R[];
  /**
   * A filtered list that is still being searched: messages looked at, of how many. When it is absent the list is
   * complete. While it is there `total` grows, and each growth is notified as a new version.
   */
  readonly searching?: { readonly done: number; readonly of: number };
  /** The filter is wrong; then there are no rows. */
  readonly error?: FilterError;
}

/** A session as `sessions --json` has it, its streams counted, its findings with those of the rules; `session(n)` answers it whole. */
export interface SessionRow extends Omit<SessionRecord, 'streams'> {
  readonly number: number;
  readonly streams: number;
  /** Bits per second of its media over the last stretch (a second or more). */
  readonly bitRate: number;
  readonly worst?: Severity;
  /** Seconds since the first packet of the capture. */
  readonly elapsed: number;
  readonly duration: number;
}

/** A flow as `flows --json` has it. */
export interface FlowRow extends FlowRecord {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'reset';
  readonly elapsed: number;
  readonly duration: number;
  /** Bits per second of its messages, for a sparkline: 60 stretches at most; none where it carries no DVRIP. */
  readonly activity: readonly number[];
  readonly worst?: Severity;
}

/** Something that was found in a message, or in a stream of bytes. */
export interface FindingRow {
  /** 1, 2, … in the order in which they were found. */
  readonly number: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly text: string;
  readonly flow: number;
  readonly session?: number;
  /** The message that it is about; absent for what belongs to no one message. */
  readonly message?: number;
  readonly messageId?: number;
  readonly messageName?: string;
  readonly elapsed: number;
  readonly pointer?: string;
}

/** How often each rule was broken. */
export interface RuleRow {
  readonly number: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
  /** The first and the last finding of it: numbers for `rows('findings')`. */
  readonly first: number;
  readonly last: number;
}

/** A media stream, in short; `stream(n)` answers it whole. */
export interface StreamRow
  extends Pick<
    MediaStreamRecord,
    | 'kind'
    | 'flow'
    | 'from'
    | 'messageId'
    | 'channel'
    | 'streamType'
    | 'codec'
    | 'width'
    | 'height'
    | 'fps'
    | 'audioCodec'
    | 'measuredFps'
    | 'longestStallSeconds'
    | 'iFrames'
    | 'pFrames'
    | 'audioFrames'
    | 'pictures'
    | 'cutFrames'
    | 'messages'
    | 'bytes'
    | 'gapBytes'
    | 'lostPackets'
    | 'meanBitRate'
    | 'ending'
  > {
  readonly number: number;
  readonly session?: number;
  readonly elapsed: number;
  readonly duration: number;
  /** Bits per second over the last stretch. */
  readonly bitRate: number;
  /** Bits per second of the last 60 stretches at most, for a sparkline. */
  readonly activity: readonly number[];
}

/** A message, or a folded run of them that the first stands for. */
export interface MessageRow {
  readonly number: number;
  readonly time: Moment;
  /** Seconds since the first packet of the capture. */
  readonly elapsed: number;
  readonly flow: number;
  readonly session?: number;
  /** It was said before the login that made its session: `messages --json` does not give it the session. */
  readonly beforeLogin?: true;
  readonly from: 'client' | 'device';
  readonly id: number;
  readonly name: string;
  readonly sequence: number;
  readonly sessionId: number;
  readonly length: number;
  readonly media: boolean;
  readonly channel?: number;
  readonly endFlag?: boolean;
  /** Packets it was sent in (Total Packet), where several. */
  readonly fragments?: number;
  readonly ret?: number;
  readonly retText?: string;
  readonly valid: boolean;
  readonly encrypted: boolean;
  readonly packets: readonly [number, number];
  readonly replyTo?: number;
  readonly responseSeconds?: number;
  readonly worst?: Severity;
  readonly run?: Run;
}

/** What a folded row stands for. */
export interface Run {
  readonly count: number;
  /** Number of its last message, and seconds from the first to it. */
  readonly last: number;
  readonly seconds: number;
  /** Bytes of the bodies. */
  readonly bytes: number;
}

/** How many messages of one id there are; for the choice of kinds to hide (`View.hiddenIds`). */
export interface MessageKind {
  readonly id: number;
  readonly name: string;
  readonly count: number;
  readonly media: boolean;
}
