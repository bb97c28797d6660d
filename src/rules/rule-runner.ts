import { describeMessage } from '../../schemas/registry.ts';
import { MediaStream } from '../session/media-stream.ts';
import type { FindingGroup, Ledger, Sample, Subject, Tally } from './ledger.ts';
import {
  type ConversationRule,
  type EndedFlow,
  type Evidence,
  type InBody,
  type Judge,
  type Observers,
  type Scope,
  type Severity,
  severityOfLevel,
  type Unanswered,
} from './rule.ts';
import { bodyPlace, placeOf, sampleOf } from './sample.ts';
import type { RuleScope } from './scope.ts';
import { type Turn, TurnView } from './turn.ts';

export interface RunnerSink {
  readonly ledger: Ledger;
  readonly found:
    | ((subject: Subject, sample: () => Sample, group: FindingGroup | undefined) => void)
    | undefined;
  /** Packets have been dropped already. */
  dropped(): boolean;
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
    const severity = effectiveSeverity(rule, dialect, configured);
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
    return this.#scope?.losses ?? 0;
  }

  obeyed(): void {
    this.tally.checked += 1;
  }

  broken(at: Evidence, values: WordingValues, place?: InBody): void {
    this.#write(at, values, place, false);
  }

  missing(at: Evidence, values: WordingValues, since: number): void {
    const doubt = this.#scope?.doubt(since) ?? (this.#sink.dropped() ? 'dropped' : undefined);
    if (doubt === undefined) this.#write(at, values, undefined, true);
    else this.unsure(doubt);
  }

  unsure(doubt: Parameters<Judge<string, unknown>['unsure']>[0]): void {
    this.#sink.ledger.doubt(this.rule.id, doubt);
  }

  #write(at: Evidence, values: WordingValues, place: InBody | undefined, missing: boolean): void {
    this.tally.checked += 1;
    const turn = at instanceof TurnView ? at : undefined;
    const stream = at instanceof MediaStream ? at : undefined;
    const subject: Subject = {
      rule: this.rule.id,
      severity: this.severity,
      messageId: turn?.header.messageId ?? stream?.origin.messageId ?? ('id' in at ? at.id : undefined),
      name: 'name' in at ? at.name : describeMessage('field', at.origin.messageId)?.name,
      from: at.from,
      place: place === undefined ? undefined : placeOf(place.path),
    };
    const sample = () => ({
      ...sampleOf(
        turn?.message ?? stream ?? ('id' in at ? at : undefined),
        wordBreach(this.rule.breach, values),
      ),
      ...(place !== undefined && bodyPlace(turn?.message, place.path)),
    });
    const group = this.#sink.ledger.add(subject, missing, sample);
    this.#sink.found?.(subject, sample, group);
  }
}

/** What a breach counts as: what is configured, else what the dialect makes of it, else the rule's own. */
export function effectiveSeverity(
  rule: Pick<ConversationRule, 'level' | 'severity' | 'inField'>,
  dialect: 'field' | 'spec',
  configured: Severity | 'off' | undefined,
): Severity | 'off' {
  if (configured !== undefined) return configured;
  if (dialect === 'field' && rule.inField !== undefined) return rule.inField;
  return rule.severity ?? severityOfLevel(rule.level);
}

/** Values longer than this are cut: a finding says what is wrong, the message shows the rest. */
const LONGEST_VALUE = 120;

/** The breach in words. */
export function wordBreach(breach: string, values: WordingValues): string {
  return breach.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const text = typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : (value ?? '?');
    return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
  });
}
