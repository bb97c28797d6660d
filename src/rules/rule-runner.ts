import { describeMessage } from '../../schemas/registry.ts';
import { MediaStream } from '../session/media-stream.ts';
import type { Drops } from './drops.ts';
import type { FindingGroup, Ledger, Sample, Subject, Tally } from './ledger.ts';
import type {
  ConversationRule,
  EndedFlow,
  Evidence,
  InBody,
  Judge,
  Observers,
  Scope,
  Severity,
  Unanswered,
} from './rule.ts';
import { bodyPlace, placeOf, sampleOf } from './sample.ts';
import type { RuleScope } from './scope.ts';
import { effectiveSeverity } from './severity.ts';
import { type Turn, TurnView } from './turn.ts';

export interface RunnerSink {
  readonly ledger: Ledger;
  readonly found:
    | ((
        subject: Subject,
        sample: () => Sample,
        group: FindingGroup | undefined,
        judged: number | undefined,
      ) => void)
    | undefined;
  readonly drops: Drops;
  /** Address of the device of a flow or a session, by their numbers. */
  deviceOf(flow: number, session: number): Uint8Array | undefined;
  /** Capture time of what is being judged, in seconds. */
  now(): number;
}

type WordingValues = Readonly<Record<string, string | number>>;

/** Runs one rule: hands it its events with what it remembers of their scope, and writes down what it answers. */
export class RuleRunner implements Judge<string, unknown> {
  readonly rule: ConversationRule;
  readonly severity: Severity;
  readonly tally: Tally;
  // What the hot path needs of the rule: rules are objects of many shapes, runners are of one.
  readonly scopeKind: Scope;
  readonly #message: Observers<string, unknown>['message'];
  readonly #media: Observers<string, unknown>['media'];
  readonly #makeState: (() => unknown) | undefined;
  readonly #place: number;
  readonly #sink: RunnerSink;
  /** See {@link RuleRunner.notYet}. */
  #waits = false;
  #scope: RuleScope | undefined = undefined;

  private constructor(rule: ConversationRule, place: number, severity: Severity, sink: RunnerSink) {
    this.rule = rule;
    this.scopeKind = rule.scope;
    this.#message = rule.observes.message;
    this.#media = rule.observes.media;
    this.#makeState = rule.state;
    this.#place = place;
    this.severity = severity;
    this.#sink = sink;
    this.tally = sink.ledger.tally(rule.id);
  }

  /** Undefined where the rule is off. */
  static of(
    rule: ConversationRule,
    place: number,
    dialect: 'field' | 'spec',
    configured: Severity | 'off' | undefined,
    sink: RunnerSink,
  ): RuleRunner | undefined {
    const severity = effectiveSeverity({ kind: 'conversation', rule }, dialect, configured);
    return severity === 'off' ? undefined : new RuleRunner(rule, place, severity, sink);
  }

  message(turn: Turn, scope: RuleScope | undefined): void {
    if (scope === undefined) return;
    this.#scope = scope;
    this.#message?.(turn, this);
  }

  media(turn: Turn, scope: RuleScope | undefined): void {
    if (scope === undefined) return;
    this.#scope = scope;
    this.#media?.(turn, this);
  }

  unanswered(request: Unanswered, scope: RuleScope | undefined): void {
    if (scope === undefined) return;
    this.#scope = scope;
    this.rule.observes.unanswered?.(request, this);
  }

  stream(stream: MediaStream, scope: RuleScope | undefined): void {
    if (scope === undefined) return;
    this.#scope = scope;
    this.rule.observes.stream?.(stream, this);
  }

  /** Like `end`, only where the rule remembers something. */
  closed(flow: EndedFlow, scope: RuleScope | undefined): void {
    if (scope?.states[this.#place] === undefined) return;
    this.#scope = scope;
    this.rule.observes.closed?.(flow, this);
  }

  /** Rules that remember nothing of a scope have nothing to say at its end. */
  end(scope: RuleScope): void {
    if (this.rule.observes.end === undefined || scope.states[this.#place] === undefined) return;
    this.#scope = scope;
    this.rule.observes.end(this);
  }

  get state(): unknown {
    const states = this.#scope?.states;
    if (states === undefined) return undefined;
    let state = states[this.#place];
    if (state === undefined) {
      state = this.#makeState?.();
      states[this.#place] = state;
    }
    return state;
  }

  get losses(): number {
    const scope = this.#scope;
    return scope === undefined ? 0 : scope.losses + this.#sink.drops.count - scope.dropsBefore;
  }

  obeyed(): void {
    this.tally.checked += 1;
  }

  broken(at: Evidence, values: WordingValues, place?: InBody): void {
    this.#write(at, values, place, false);
  }

  missing(at: Evidence, values: WordingValues, since: number): void {
    const scope = this.#scope;
    let doubt = scope?.doubt(since);
    if (scope !== undefined && this.#sink.drops.since(since - scope.losses + scope.dropsBefore))
      doubt ??= 'dropped';
    if (doubt === undefined) this.#write(at, values, undefined, true);
    else this.unsure(doubt);
  }

  notYet(): void {
    this.#waits = true;
  }

  /** The first media message of a run; answers whether the rule wants to see the next one all the same. */
  begin(turn: Turn, scope: RuleScope | undefined): boolean {
    this.#waits = false;
    this.media(turn, scope);
    return this.#waits;
  }

  unsure(doubt: Parameters<Judge<string, unknown>['unsure']>[0]): void {
    this.#sink.ledger.doubt(this.rule.id, doubt);
  }

  #write(at: Evidence, values: WordingValues, place: InBody | undefined, missing: boolean): void {
    this.tally.checked += 1;
    const turn = at instanceof TurnView ? at : undefined;
    const stream = at instanceof MediaStream ? at : undefined;
    const where = turn?.message ?? stream ?? ('id' in at ? at : undefined);
    const { ledger, found } = this.#sink;
    const subject: Subject = {
      rule: this.rule.id,
      severity: this.severity,
      messageId: turn?.header.messageId ?? stream?.origin.messageId ?? ('id' in at ? at.id : undefined),
      name: 'name' in at ? at.name : describeMessage('field', at.origin.messageId)?.name,
      from: at.from,
      place: place === undefined ? undefined : placeOf(place.path),
      device: ledger.perDevice.has(this.rule.id) ? this.#deviceOf(where) : undefined,
    };
    const sample = () => ({
      ...sampleOf(where, wordBreach(this.rule.breach, values)),
      ...(place !== undefined && bodyPlace(turn?.message, place.path)),
    });
    const judged = missing ? this.#sink.now() : undefined;
    const group =
      judged === undefined ? ledger.add(subject, sample) : ledger.addMissing(subject, sample, judged);
    found?.(subject, sample, group, judged);
  }

  #deviceOf(at: Parameters<typeof sampleOf>[0]): Uint8Array | undefined {
    const { flow, session } = sampleOf(at, '');
    return this.#sink.deviceOf(flow, session);
  }
}

/** Values longer than this are cut: a finding says what is wrong, the message shows the rest. */
const LONGEST_VALUE = 120;

/** The breach in words. */
function wordBreach(breach: string, values: WordingValues): string {
  return breach.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const text = typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : (value ?? '?');
    return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
  });
}
