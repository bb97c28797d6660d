import type { Finding } from '../../dissectors/core/finding.ts';
import type { Flow } from '../reassembly/flow.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Asked } from '../session/exchanges.ts';
import type { MediaStream } from '../session/media-stream.ts';
import type { Message } from '../session/message.ts';
import { DecoderFindings } from './decoder-findings.ts';
import { DROP_MARGIN_SECONDS, Drops } from './drops.ts';
import {
  type Excuse,
  type FindingGroup,
  Ledger,
  type LedgerLimits,
  type Sample,
  type Subject,
} from './ledger.ts';
import type { EndedFlow, Rule, Scope, Severity } from './rule.ts';
import { RuleRunner } from './rule-runner.ts';
import type { FlowScope, RuleScope, SessionScope } from './scope.ts';
import { type ScopeLimits, Scopes } from './scopes.ts';
import { SteadyRun } from './steady-run.ts';
import { TurnView } from './turn.ts';

export interface RuleLimits extends LedgerLimits, ScopeLimits {}

export interface ConformanceOptions {
  /** `spec`: by the letter. `field`: what all devices do is a note at most. */
  readonly dialect: 'field' | 'spec';
  readonly limits: RuleLimits;
  /** What somebody has configured otherwise. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  readonly excuse?: (subject: Subject) => Excuse | undefined;
  /** Rules whose findings are excused device by device. */
  readonly perDevice?: ReadonlySet<string>;
  /**
   * Told of each finding as it is made. `judged`, a capture time in seconds, is there where the finding may be taken back:
   * something is missing, which a packet may have brought that was dropped, as is known only later.
   */
  readonly found?: (
    subject: Subject,
    sample: () => Sample,
    group: FindingGroup | undefined,
    judged: number | undefined,
  ) => void;
  /** Findings that were judged at this time or later are taken back, where they may be. */
  readonly revoked?: (since: number) => void;
}

/** The rules that look at one kind of media message: at each, and at the first of a steady run. */
interface MediaRunners {
  readonly each: readonly RuleRunner[];
  readonly steady: readonly RuleRunner[];
}

/**
 * Runs all rules over the conversation as it happens. Listens to an analysis: pass every event on to the method of
 * the same name. State is bounded: by what each rule remembers of a scope, and by how many scopes there may be.
 */
export class Conformance {
  readonly ledger: Ledger;
  /** The rules that run, in their order. */
  readonly runners: readonly RuleRunner[];
  readonly decoders: DecoderFindings;
  #turn: TurnView | undefined = undefined;
  readonly #byName = new Map<string, readonly RuleRunner[]>();
  readonly #every: readonly RuleRunner[];
  readonly #media: readonly RuleRunner[];
  /** Those of the media rules that look at the media message of this name. */
  #mediaRunners: MediaRunners = { each: [], steady: [] };
  #mediaName = '';
  readonly #mediaByName = new Map<string, MediaRunners>();
  readonly #unanswered: readonly RuleRunner[];
  readonly #stream: readonly RuleRunner[];
  readonly #closed: readonly RuleRunner[];
  readonly #drops = new Drops();
  readonly #scopes: Scopes;
  readonly #revoked: ConformanceOptions['revoked'];

  constructor(rules: readonly Rule[], options: ConformanceOptions) {
    this.#scopes = new Scopes(options.limits, this.#drops);
    this.ledger = new Ledger(options.limits, options.excuse ?? (() => undefined), options.perDevice);
    this.#revoked = options.revoked;
    const { ledger } = this;
    const sink = {
      ledger,
      found: options.found,
      drops: this.#drops,
      deviceOf: (flow: number, session: number) => this.#scopes.deviceOf(flow, session),
      now: () => this.#now,
    };
    const severityOf = (id: string) => options.severities?.get(id);
    this.decoders = new DecoderFindings(rules, options.dialect, severityOf, sink);
    const places = { flow: 0, session: 0, device: 0, capture: 0 };
    this.runners = rules.flatMap((entry) => {
      if (entry.kind !== 'conversation') return [];
      const { rule } = entry;
      const place = places[rule.scope];
      const runner = RuleRunner.of(rule, place, options.dialect, severityOf(rule.id), sink);
      if (runner === undefined) return [];
      if (rule.state !== undefined) places[rule.scope] += 1;
      return [runner];
    });
    const having = (hook: 'media' | 'unanswered' | 'stream' | 'closed') =>
      this.runners.filter(({ rule }) => rule.observes[hook] !== undefined);
    this.#media = having('media');
    this.#unanswered = having('unanswered');
    this.#stream = having('stream');
    this.#closed = having('closed');
    const hearing = this.runners.filter(({ rule }) => rule.observes.message !== undefined);
    this.#every = hearing.filter(({ rule }) => rule.hears === undefined);
    for (const name of new Set(hearing.flatMap(({ rule }) => rule.hears ?? []))) {
      this.#byName.set(
        name,
        hearing.filter(({ rule }) => rule.hears?.includes(name)),
      );
    }
  }

  /** Scopes let go before their time, because a limit was reached. */
  get evicted(): number {
    return this.#scopes.evicted;
  }

  message(message: Message): void {
    if (message.seconds > this.#drops.over) this.#drops.pass();
    const flow = this.#scopes.ofFlow(message.dvrip);
    const owner = message.belongsTo;
    const session = owner === undefined ? undefined : this.#scopes.ofSession(owner, flow);
    this.#turn ??= new TurnView(message);
    const view = this.#turn;
    view.fill(message, owner);
    if (message.media) {
      if (message.name !== this.#mediaName) this.#nextMedia(message.name);
      for (const runner of this.#mediaRunners.each) runner.media(view, this.#scopeFor(runner, flow, session));
      this.#steady(message, view, flow, session);
    } else {
      flow.controls += 1;
      if (session !== undefined) session.controls += 1;
      // Rules about the device hear of the holes in all its connections.
      this.#scopes.ofDevice(flow);
      for (const runner of this.#every) runner.message(view, this.#scopeFor(runner, flow, session));
      const heard = this.#byName.get(message.name);
      if (heard !== undefined) {
        for (const runner of heard) runner.message(view, this.#scopeFor(runner, flow, session));
      }
    }
    this.decoders.message(view);
  }

  streamFinding(dvrip: DvripFlow, side: 0 | 1, finding: Finding): void {
    this.decoders.stream(dvrip, side, finding);
  }

  unanswered(dvrip: DvripFlow, asked: Asked): void {
    const flow = this.#scopes.ofFlow(dvrip);
    const { endSeconds, endNanoseconds } = dvrip.flow;
    const waited = endSeconds - asked.seconds + (endNanoseconds - asked.nanoseconds) / 1e9;
    const { session } = asked;
    const closed = isClosed(dvrip);
    const request = { asked, session, waited: Math.max(0, waited), closed };
    const scope = session === undefined ? undefined : this.#scopes.ofSession(session, flow);
    this.#drops.judged = timeOfEnd(dvrip.flow);
    for (const runner of this.#unanswered) runner.unanswered(request, this.#scopeFor(runner, flow, scope));
    this.#drops.judged = Number.POSITIVE_INFINITY;
  }

  mediaStreamEnded(stream: MediaStream): void {
    const flow = this.#scopes.flows.get(stream.origin.flow);
    if (flow === undefined) return;
    const session = this.#scopes.sessions.get(stream.session);
    this.#drops.judged = timeOfEnd(flow.dvrip.flow);
    for (const runner of this.#stream) runner.stream(stream, this.#scopeFor(runner, flow, session));
    this.#drops.judged = Number.POSITIVE_INFINITY;
  }

  flowEnded(flow: Flow): void {
    const scope = this.#scopes.flows.get(flow.number);
    if (scope === undefined) return;
    this.#scopes.tellDevice(scope);
    scope.cutShort = !isClosed(scope.dvrip);
    const ended = endOf(scope.dvrip);
    this.#drops.judged = ended;
    this.#tellClosed(scope);
    this.#end(scope, 'flow');
    this.#drops.judged = Number.POSITIVE_INFINITY;
    this.#scopes.closeFlow(scope);
    for (const session of scope.sessions) {
      session.leave(scope, ended);
      if (session.open.size === 0) this.#endSession(session);
    }
  }

  #tellClosed(scope: FlowScope): void {
    if (this.#closed.length === 0) return;
    const { flow, closedBy, deviceSide } = scope.dvrip;
    const closer = closedBy === -1 ? undefined : closedBy === deviceSide ? 'device' : 'client';
    const [a, b] = flow.streams;
    // Where packets were captured out of order, either side may have been the first of two that closed.
    const unsure = flow.reset || (scope.dvrip.shuffled && a.finSeen && b.finSeen);
    const ended: EndedFlow = {
      number: flow.number,
      time: timeOfEnd(flow),
      closed: !scope.cutShort,
      by: unsure ? undefined : closer,
    };
    for (const runner of this.#closed) {
      if (runner.scopeKind !== 'session') runner.closed(ended, this.#scopeFor(runner, scope, undefined));
      else for (const session of scope.sessions) runner.closed(ended, session);
    }
  }

  /**
   * Packets were dropped before they reached the capture, between these capture times in seconds: what is missing in between,
   * or across it, may have been among them. What was found missing since then is taken back.
   */
  dropped(from: number, to: number): void {
    const since = this.#drops.add(from, to);
    if (this.ledger.revokeMissing(since)) this.#revoked?.(since);
  }

  /** Whatever was dropped until then, a capture time in seconds, has been told. */
  settled(until: number): void {
    this.ledger.settle(until - DROP_MARGIN_SECONDS);
  }

  /** The capture has ended, after every flow has. `dropped`: it says that it lacks packets, and not when. */
  end(dropped: boolean): void {
    if (dropped && !this.#drops.any) this.dropped(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    for (const session of [...this.#scopes.sessions.values()]) this.#endSession(session);
    for (const device of this.#scopes.devices.values()) this.#end(device, 'device');
    this.#end(this.#scopes.capture, 'capture');
    this.decoders.end();
  }

  /** The limits have become lower. */
  trim(): void {
    this.#scopes.trim();
  }

  #steady(message: Message, view: TurnView, flow: FlowScope, session: SessionScope | undefined): void {
    let run = flow.steady[message.side];
    if (run === undefined) {
      run = new SteadyRun();
      flow.steady[message.side] = run;
    }
    // Both only grow: their sum stays only where both do.
    const controls = flow.controls + (session?.controls ?? 0);
    if (run.goesOn(message, controls)) return;
    run.begin(message, controls, view, this.#mediaRunners.steady, (runner) =>
      this.#scopeFor(runner, flow, session),
    );
  }

  #nextMedia(name: string): void {
    let runners = this.#mediaByName.get(name);
    if (runners === undefined) {
      const all = this.#media.filter(({ rule }) => rule.watches?.includes(name) ?? true);
      runners = {
        each: all.filter(({ rule }) => rule.steady === undefined),
        steady: all.filter(({ rule }) => rule.steady !== undefined),
      };
      this.#mediaByName.set(name, runners);
    }
    this.#mediaName = name;
    this.#mediaRunners = runners;
  }

  #scopeFor(runner: RuleRunner, flow: FlowScope, session: SessionScope | undefined): RuleScope | undefined {
    switch (runner.scopeKind) {
      case 'flow':
        return flow;
      case 'session':
        return session;
      case 'device':
        return this.#scopes.ofDevice(flow);
      case 'capture':
        return this.#scopes.capture;
    }
  }

  #endSession(scope: SessionScope): void {
    this.#drops.judged = scope.open.size === 0 ? scope.endedAt : Number.POSITIVE_INFINITY;
    this.#end(scope, 'session');
    this.#drops.judged = Number.POSITIVE_INFINITY;
    this.#scopes.sessions.delete(scope.session.number);
  }

  #end(scope: RuleScope, kind: Scope): void {
    scope.ending = true;
    for (const runner of this.runners) if (runner.scopeKind === kind) runner.end(scope);
  }

  /** When that ended which is being judged. */
  get #now(): number {
    const { judged } = this.#drops;
    return judged === Number.POSITIVE_INFINITY ? (this.#turn?.time ?? 0) : judged;
  }
}

/** A side has closed the connection. */
function isClosed({ closedBy, flow }: DvripFlow): boolean {
  return closedBy !== -1 || flow.reset;
}

/** Capture time, in seconds, behind which nothing of the connection can be missing; Infinity where it was not closed. */
function endOf(dvrip: DvripFlow): number {
  return isClosed(dvrip) ? timeOfEnd(dvrip.flow) : Number.POSITIVE_INFINITY;
}

function timeOfEnd({ endSeconds, endNanoseconds }: Flow): number {
  return endSeconds + endNanoseconds / 1e9;
}
