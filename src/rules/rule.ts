import type { Code, Finding } from '../../dissectors/core/finding.ts';
import type { PieceOrder } from '../../dissectors/dvrip/fragments.ts';
import type { Asked } from '../session/exchanges.ts';
import type { MediaStream } from '../session/media-stream.ts';
import type { Sender } from '../session/message.ts';
import type { Session } from '../session/session.ts';
import type { Example } from './example.ts';
import type { Turn } from './turn.ts';

export type Severity = 'error' | 'warning' | 'note';

/** `must`, `should`: what the specification asks. `advice`: no duty, but good to know: habits, dangers. */
export type Level = 'must' | 'should' | 'advice';

/** Why a rule cannot tell. */
export type Doubt =
  /** Bytes that would show it were never captured. */
  | 'gap'
  /** The capture holds one direction of the connection only. */
  | 'one-direction'
  /** The connection or the session began before the capture. */
  | 'began-before'
  /** The capture ended before it could be seen. */
  | 'ended'
  /** The capture itself says that it dropped packets. */
  | 'dropped'
  /** The body could not be read: encrypted, or not kept. */
  | 'unreadable'
  /** What it needs to remember was let go, because a limit was reached. */
  | 'evicted';

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** A value for each `{placeholder}` of a wording. */
export type Values<B extends string> = { readonly [Name in Placeholders<B>]: string | number };

/** Where in the body it is: keys and indices, from the outside in. */
export interface InBody {
  readonly path: readonly (string | number)[];
}

/** What a breach points to. */
export type Evidence = Turn | Asked | MediaStream;

/** How a rule answers. `B` is its wording, `S` its state. */
export interface Judge<B extends string, S> {
  /** What the rule remembers of the scope at hand. */
  readonly state: S;
  /**
   * Holes so far in the scope at hand, in all its flows and directions, and times in which packets were dropped; to be
   * remembered for {@link missing}.
   */
  readonly losses: number;
  /** The rule was exercised, and holds. */
  obeyed(): void;
  /** It is broken, and what is at hand shows it. */
  broken(at: Evidence, values: Values<B>, place?: InBody): void;
  /**
   * It is broken, since something did not come. Where that may be the capture's fault (a hole since
   * `since` of {@link losses}, one direction only, a beginning that was not captured), the answer is inconclusive.
   */
  missing(at: Evidence, values: Values<B>, since: number): void;
  /** It was exercised, but nobody can tell. */
  unsure(doubt: Doubt): void;
  /** Of a `steady` rule: nothing yet, but the answer may change with time; it wants to see the next message, too. */
  notYet(): void;
}

/** A request that got no answer while its connection lasted. */
export interface Unanswered {
  readonly asked: Asked;
  /** Its session, if it has one. */
  readonly session: Session | undefined;
  /** Seconds from the request to the last packet of the connection. */
  readonly waited: number;
  /** A side closed the connection; otherwise the capture ended first. */
  readonly closed: boolean;
}

/** A connection that has ended. */
export interface EndedFlow {
  /** As `flows` numbers it. */
  readonly number: number;
  /** Capture time of its last packet, in seconds since 1970. */
  readonly time: number;
  /** A side closed it; otherwise the capture ended first. */
  readonly closed: boolean;
  /** Who closed it first, where that shows. */
  readonly by: Sender | undefined;
}

/** What a rule looks at. Every hook gets the judge of the scope that the event belongs to. */
export interface Observers<B extends string, S> {
  /** A control message: those that the rule `hears`, or all. */
  message?(turn: Turn, judge: Judge<B, S>): void;
  /** A message of media, firmware or a picture: on the hot path, a few instructions. */
  media?(turn: Turn, judge: Judge<B, S>): void;
  /** A request got no answer while its connection lasted. */
  unanswered?(request: Unanswered, judge: Judge<B, S>): void;
  /** A media stream has ended. */
  stream?(stream: MediaStream, judge: Judge<B, S>): void;
  /** A connection of the scope has ended. */
  closed?(flow: EndedFlow, judge: Judge<B, S>): void;
  /** Nothing more will come in the scope: what is owed now stays owed. */
  end?(judge: Judge<B, S>): void;
}

/**
 * How long a rule remembers. `flow`: one TCP connection or one pair of UDP endpoints. `session`: a login and
 * all sockets that carry its id; messages without a session are not seen. `device`: one device, by its address.
 * `capture`: all of it; the state must be bounded by the rule itself.
 */
export type Scope = 'flow' | 'session' | 'device' | 'capture';

interface Duty<B extends string> {
  /** Words, stable for ever, equal to the file's path: `session/keepalive-in-time`. */
  readonly id: string;
  /** Section of the specification («5.1.4»), or of the field notes («field 8»). */
  readonly section: string;
  readonly level: Level;
  /** Of a breach; without it `must` is an error, `should` a warning, `advice` a note. */
  readonly severity?: Severity;
  /** In the field dialect, where all devices do otherwise. */
  readonly inField?: 'note' | 'off';
  /** The duty, in one sentence. */
  readonly requires: string;
  /** What goes wrong otherwise. */
  readonly because: string;
  /** What to do about a breach. */
  readonly remedy: string;
  /** The breach in words, with `{placeholders}`. */
  readonly breach: B;
  /** Made when they are asked for: a check needs none of them. */
  readonly examples: () => {
    readonly obeys: readonly Example[];
    readonly breaks: readonly Example[];
    /** Where the capture does not tell. */
    readonly unsure?: readonly Example[];
  };
}

export interface RuleDefinition<B extends string, S> extends Duty<B> {
  readonly scope: Scope;
  /** Names of the control messages that it looks at; without it, all. */
  readonly hears?: readonly string[];
  /** Names of the media messages that it looks at; without it, all. */
  readonly watches?: readonly string[];
  /**
   * Its answer to a media message follows from the header but for sequence number and length, from who sends it, and
   * from control messages of flow and session: of a run of like messages it sees the first (steady-run.ts). If it is obeyed
   * by that, `each` of the others obeys it as well; or it speaks but `once`, and is asked until it is silent.
   */
  readonly steady?: 'each' | 'once';
  /** What it remembers of a scope; made when it first looks there. Bounded. */
  readonly state?: () => S;
  readonly observes: Observers<NoInfer<B>, S>;
}

/** What is known of the stream in which a decoder found something. */
export interface FoundIn {
  /** Holes so far in that direction. */
  readonly losses: number;
  /** The capture has its beginning. */
  readonly fromStart: boolean;
  /** Nothing more comes in it, though the side that sends has not closed it. */
  readonly cutOff: boolean;
  /** The side that sends in it was the first to close the connection. */
  readonly closedFirst: boolean;
  /** How the pieces of the message came, if it was sent in several. */
  readonly pieces: PieceOrder | undefined;
  /** Behind the last of these the side sent something else. */
  readonly wentOn: boolean;
}

/** A rule that words what the decoders and schemas find: same id, wording and severity as in the catalogue. */
export interface FindingRule extends Omit<Duty<string>, 'breach' | 'severity'> {
  readonly id: Code;
  /** What exercises it: every message, every message with a JSON body, every media message. */
  readonly exercisedBy: 'message' | 'json-body' | 'fragmented';
  /** Whether the finding is a breach, or the capture's own fault; without it, always a breach. */
  readonly doubt?: (finding: Finding, where: FoundIn) => Doubt | undefined;
}

export type ConversationRule = RuleDefinition<string, unknown>;
export type Rule =
  | { readonly kind: 'conversation'; readonly rule: ConversationRule }
  | { readonly kind: 'finding'; readonly rule: FindingRule };

/** A rule that watches the conversation. The compiler holds the wording's placeholders against what is answered. */
export function rule<const B extends string, S = undefined>(definition: RuleDefinition<B, S>): Rule {
  return { kind: 'conversation', rule: definition };
}

export function findingRule(definition: FindingRule): Rule {
  return { kind: 'finding', rule: definition };
}

/** How grave a breach is before anybody configures it otherwise. */
export function severityOfLevel(level: Level): Severity {
  if (level === 'must') return 'error';
  return level === 'should' ? 'warning' : 'note';
}
