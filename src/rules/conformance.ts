import type { Finding } from '../../dissectors/core/finding.ts';
import type { Flow } from '../reassembly/flow.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Asked } from '../session/exchanges.ts';
import type { MediaStream } from '../session/media-stream.ts';
import type { Message } from '../session/message.ts';
import type { Session } from '../session/session.ts';
import { DecoderFindings } from './decoder-findings.ts';
import {
  type Excuse,
  type FindingGroup,
  Ledger,
  type LedgerLimits,
  type Sample,
  type Subject,
} from './ledger.ts';
import type { EndedFlow, Rule, Scope, Severity } from './rule.ts';
import { RuleRunner, type RunnerSink } from './rule-runner.ts';
import { DeviceScope, FlowScope, type RuleScope, SessionScope } from './scope.ts';
import { SteadyRun } from './steady-run.ts';
import { TurnView } from './turn.ts';

export interface RuleLimits extends LedgerLimits {
  /** Flows, sessions and devices that rules remember at once; the oldest beyond are let go. */
  readonly ruleFlows: number;
  readonly ruleSessions: number;
  readonly ruleDevices: number;
}

export interface ConformanceOptions {
  /** `spec`: by the letter. `field`: what all devices do is a note at most. */
  readonly dialect: 'field' | 'spec';
  readonly limits: RuleLimits;
  /** What somebody has configured otherwise. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  readonly excuse?: (subject: Subject) => Excuse | undefined;
  /** Told of each finding as it is made; not of those that a dropped packet may explain, once drops are known. */
  readonly found?: (subject: Subject, sample: () => Sample, group: FindingGroup | undefined) => void;
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
  /** Scopes let go before their time, because a limit was reached. */
  evicted = 0;

  readonly #limits: RuleLimits;
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
  readonly #flows = new Map<number, FlowScope>();
  readonly #sessions = new Map<number, SessionScope>();
  readonly #devices = new Map<string, DeviceScope>();
  readonly #capture = new DeviceScope();
  /** The highest number of a session whose scope was opened: a lower one that comes again is resumed. */
  #highestSession = 0;
  #lastFlow: FlowScope | undefined = undefined;
  #dropped = false;

  constructor(rules: readonly Rule[], options: ConformanceOptions) {
    this.#limits = options.limits;
    this.ledger = new Ledger(options.limits, options.excuse ?? (() => undefined));
    const sink: RunnerSink = { ledger: this.ledger, found: options.found, dropped: () => this.#dropped };
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

  message(message: Message): void {
    const flow = this.#flowScope(message.dvrip);
    const owner = message.belongsTo;
    const session = owner === undefined ? undefined : this.#sessionScope(owner, flow);
    this.#turn ??= new TurnView(message);
    const view = this.#turn;
    view.fill(message, owner);
    if (message.media) {
      if (message.name !== this.#mediaName) this.#nextMedia(message.name);
      for (const runner of this.#mediaRunners.each) runner.media(view, this.#scopeFor(runner, flow, session));
      this.#steady(message, view, flow, session);
    } else {
      flow.controls += 1;
      // Rules about the device hear of the holes in all its connections.
      this.#deviceScope(flow);
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
    const flow = this.#flowScope(dvrip);
    const { endSeconds, endNanoseconds } = dvrip.flow;
    const waited = endSeconds - asked.seconds + (endNanoseconds - asked.nanoseconds) / 1e9;
    const { session } = asked;
    const closed = dvrip.closedBy !== -1 || dvrip.flow.reset;
    const request = { asked, session, waited: Math.max(0, waited), closed };
    const scope = session === undefined ? undefined : this.#sessionScope(session, flow);
    for (const runner of this.#unanswered) runner.unanswered(request, this.#scopeFor(runner, flow, scope));
  }

  mediaStreamEnded(stream: MediaStream): void {
    const flow = this.#flows.get(stream.origin.flow);
    if (flow === undefined) return;
    const session = this.#sessions.get(stream.session);
    for (const runner of this.#stream) runner.stream(stream, this.#scopeFor(runner, flow, session));
  }

  flowEnded(flow: Flow): void {
    const scope = this.#flows.get(flow.number);
    if (scope === undefined) return;
    this.#tellDevice(scope);
    scope.cutShort = scope.dvrip.closedBy === -1 && !flow.reset;
    this.#tellClosed(scope);
    this.#end(scope, 'flow');
    scope.device?.open.delete(scope);
    this.#flows.delete(flow.number);
    if (this.#lastFlow === scope) this.#lastFlow = undefined;
    for (const session of scope.sessions) {
      session.leave(scope);
      if (session.open.size === 0) this.#endSession(session);
    }
  }

  #tellClosed(scope: FlowScope): void {
    if (this.#closed.length === 0) return;
    const { flow, closedBy, deviceSide } = scope.dvrip;
    const by = closedBy === -1 ? undefined : closedBy === deviceSide ? 'device' : 'client';
    const ended: EndedFlow = {
      number: flow.number,
      time: flow.endSeconds + flow.endNanoseconds / 1e9,
      closed: !scope.cutShort,
      by: flow.reset ? undefined : by,
    };
    for (const runner of this.#closed) {
      if (runner.scopeKind !== 'session') runner.closed(ended, this.#scopeFor(runner, scope, undefined));
      else for (const session of scope.sessions) runner.closed(ended, session);
    }
  }

  /** Packets were dropped before they reached the capture: from now on what is missing may be among them. */
  dropped(): void {
    this.#dropped = true;
  }

  /** The capture has ended, after every flow has. `dropped`: it says that it lacks packets. */
  end(dropped: boolean): void {
    for (const session of [...this.#sessions.values()]) this.#endSession(session);
    for (const device of this.#devices.values()) this.#end(device, 'device');
    this.#end(this.#capture, 'capture');
    this.decoders.end();
    if (dropped && !this.#dropped) this.ledger.withdrawMissing();
  }

  /** The limits have become lower. */
  trim(): void {
    while (this.#flows.size > this.#limits.ruleFlows) this.#letGoFlow();
    while (this.#sessions.size > this.#limits.ruleSessions) this.#letGoSession();
    while (this.#devices.size > this.#limits.ruleDevices) this.#letGoDevice();
  }

  #steady(message: Message, view: TurnView, flow: FlowScope, session: SessionScope | undefined): void {
    let run = flow.steady[message.side];
    if (run === undefined) {
      run = new SteadyRun();
      flow.steady[message.side] = run;
    }
    if (run.goesOn(message, flow.controls)) return;
    run.begin(message, flow.controls, view, this.#mediaRunners.steady, (runner) =>
      this.#scopeFor(runner, flow, session),
    );
  }

  #nextMedia(name: string): void {
    let runners = this.#mediaByName.get(name);
    if (runners === undefined) {
      const all = this.#media.filter(({ rule }) => rule.watches?.includes(name) ?? true);
      runners = {
        each: all.filter(({ rule }) => rule.steady !== true),
        steady: all.filter(({ rule }) => rule.steady === true),
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
        return this.#deviceScope(flow);
      case 'capture':
        return this.#capture;
    }
  }

  #flowScope(dvrip: DvripFlow): FlowScope {
    if (this.#lastFlow?.dvrip === dvrip) return this.#lastFlow;
    let scope = this.#flows.get(dvrip.flow.number);
    if (scope === undefined) {
      if (this.#flows.size >= this.#limits.ruleFlows) this.#letGoFlow();
      // The message at hand is counted already.
      const resumed = this.evicted > 0 && dvrip.controlMessages + dvrip.mediaMessages > 1;
      scope = new FlowScope(dvrip, resumed);
      this.#flows.set(dvrip.flow.number, scope);
    }
    this.#lastFlow = scope;
    return scope;
  }

  #sessionScope(session: Session, flow: FlowScope): SessionScope {
    const { latest } = flow;
    if (latest?.session === session && !latest.ending) return latest;
    let scope = this.#sessions.get(session.number);
    if (scope === undefined) {
      if (this.#sessions.size >= this.#limits.ruleSessions) this.#letGoSession();
      scope = new SessionScope(session, session.number <= this.#highestSession && session.loginFlow !== 0);
      this.#highestSession = Math.max(this.#highestSession, session.number);
      this.#sessions.set(session.number, scope);
    }
    scope.enter(flow);
    flow.latest = scope;
    return scope;
  }

  #deviceScope(flow: FlowScope): DeviceScope {
    const { dvrip } = flow;
    const side = dvrip.deviceSide === -1 ? dvrip.flow.server : dvrip.deviceSide;
    if (flow.device === undefined || flow.deviceSide !== side) {
      flow.deviceSide = side;
      const key = Buffer.from(dvrip.flow.address(side)).toString('latin1');
      let device = this.#devices.get(key);
      if (device === undefined) {
        if (this.#devices.size >= this.#limits.ruleDevices) this.#letGoDevice();
        device = new DeviceScope();
        this.#devices.set(key, device);
      }
      flow.device?.open.delete(flow);
      flow.device = device;
      device.open.add(flow);
    }
    this.#tellDevice(flow);
    return flow.device;
  }

  #tellDevice(flow: FlowScope): void {
    const { losses } = flow;
    if (losses === flow.counted) return;
    this.#capture.losses += losses - flow.counted;
    if (flow.device !== undefined) flow.device.losses += losses - flow.counted;
    flow.counted = losses;
  }

  /** A socket that logs in again and again, for weeks, must not keep what is let go. */
  #letGoFlow(): void {
    const [oldest] = this.#flows.values();
    if (oldest === undefined) return;
    this.#tellDevice(oldest);
    oldest.ending = true;
    oldest.device?.open.delete(oldest);
    this.#flows.delete(oldest.dvrip.flow.number);
    if (this.#lastFlow === oldest) this.#lastFlow = undefined;
    for (const session of oldest.sessions) {
      session.forget(oldest);
      if (session.open.size > 0) continue;
      session.ending = true;
      this.#sessions.delete(session.session.number);
    }
    this.evicted += 1;
  }

  #letGoSession(): void {
    const [oldest] = this.#sessions.values();
    if (oldest === undefined) return;
    oldest.ending = true;
    for (const flow of oldest.open) flow.sessions.delete(oldest);
    this.#sessions.delete(oldest.session.number);
    this.evicted += 1;
  }

  #letGoDevice(): void {
    const [oldest] = this.#devices.keys();
    if (oldest === undefined) return;
    this.#devices.delete(oldest);
    this.evicted += 1;
  }

  #endSession(scope: SessionScope): void {
    this.#end(scope, 'session');
    this.#sessions.delete(scope.session.number);
  }

  #end(scope: RuleScope, kind: Scope): void {
    scope.ending = true;
    for (const runner of this.runners) if (runner.scopeKind === kind) runner.end(scope);
  }
}
