import type { Finding } from '../../../../dissectors/core/finding.ts';
import { Oldest } from '../../../../dissectors/core/oldest.ts';
import type { Packet } from '../../../../dissectors/core/packet.ts';
import type { Analysis, AnalysisListener, AnalysisOptions } from '../../../analysis/analysis.ts';
import type { CaptureFile } from '../../../capture/read-captures.ts';
import { type Flow, PROTOCOL_TCP, type Side } from '../../../reassembly/flow.ts';
import type { StreamDirection } from '../../../reassembly/stream-direction.ts';
import { countsDrops } from '../../../report/check/quality.ts';
import type { TimeOrigin } from '../../../report/message-fields.ts';
import { findingRecord } from '../../../report/records/message-record.ts';
import { SessionFindings } from '../../../report/records/session-record.ts';
import { SummaryCollector } from '../../../report/summary.ts';
import { severityOf } from '../../../rules/catalogue.ts';
import type { DvripFlow } from '../../../session/dvrip-flow.ts';
import type { Asked } from '../../../session/exchanges.ts';
import type { MediaStream } from '../../../session/media-stream.ts';
import type { Message } from '../../../session/message.ts';
import type { Session } from '../../../session/session.ts';
import type { ModelOptions } from '../contract.ts';
import { MODEL_RUN_LIMITS, type ModelRunLimits } from '../run-limits.ts';
import { BodySpool } from './body-spool.ts';
import { FindingIndex, OWN_RECORD } from './finding-index.ts';
import { FlowIndex } from './flow-index.ts';
import { MessageIndex } from './message-index.ts';
import { MessageMemory } from './message-memory.ts';
import { RuleFindings } from './rule-findings.ts';
import { rankOf, worstRank } from './severity.ts';
import { StreamWatch } from './stream-watch.ts';

/** Takes down, while a capture is read, all that the screen may ask about later. */
export class Recorder implements AnalysisListener {
  readonly summary = new SummaryCollector();
  readonly sessionFindings = new SessionFindings();
  readonly flows: FlowIndex;
  readonly findings: FindingIndex;
  readonly messages: MessageIndex;
  readonly spool: BodySpool;
  readonly memory: MessageMemory;
  /** By number, in the order in which they began. */
  readonly streams = new Map<number, StreamWatch>();
  /** Streams that made room, or found none. */
  streamsLeft = 0;
  /** Numbers of those that are over, in that order. */
  readonly #streamsOver = new Set<number>();
  readonly #oldestOver = new Oldest(() => this.#streamsOver.values());
  #streamsBegun = 0;
  readonly #limits: ModelRunLimits;
  readonly #numbers = new WeakMap<MediaStream, number>();
  /** Time of the first record, once there is one. */
  readonly origin: TimeOrigin = { seconds: 0, nanoseconds: 0 };
  started = false;
  controlMessages = 0;
  invalidMessages = 0;
  /** Rank of the gravest finding of each session. */
  readonly worstOfSession = new Map<number, number>();

  /** The rules of `check`, at work. */
  readonly rules: RuleFindings;

  /** Messages without a session, by flow: a login that follows may make them its own. */
  readonly #beforeLogin = new Map<number, number[]>();
  #shown: { readonly at: number; readonly list: readonly StreamWatch[] } = { at: 0, list: [] };
  /** Told when messages that came earlier have become those of a session. */
  adopted: (session: number, first: number) => void = () => undefined;
  readonly #clock = { seconds: 0, nanoseconds: 0 };

  /**
   * @param options where the spool of bodies is made, and how rules judge
   * @param analysis answers the analysis that this listens to
   * @param limits how much of what is taken down is kept, and how much rules remember
   */
  constructor(
    {
      temporaryFolder,
      dialect,
      showSecrets,
    }: Pick<ModelOptions, 'temporaryFolder' | 'dialect' | 'showSecrets'>,
    analysis: () => Analysis,
    limits: ModelRunLimits = MODEL_RUN_LIMITS,
  ) {
    const { dashboard, rules, conversations } = limits;
    this.#limits = limits;
    this.flows = new FlowIndex(dashboard.flows, dashboard.activityPoints);
    this.findings = new FindingIndex(dashboard.findings);
    this.messages = new MessageIndex(dashboard.messages);
    this.spool = new BodySpool(temporaryFolder, dashboard);
    const sessionOf = (number: number) => analysis().conversations.sessions.get(number);
    this.memory = new MessageMemory(this.messages, this.spool, this.flows, sessionOf, conversations.bodies);
    const judge = {
      dialect: dialect === 'spec' ? 'spec' : 'field',
      showSecrets: showSecrets === true,
    } as const;
    this.rules = new RuleFindings(this, judge, dashboard.judgedMessages, rules);
  }

  /** What the analysis must be made with, beside the user's wishes. */
  readonly wishes: Pick<AnalysisOptions, 'tap' | 'mediaTap'> = {
    tap: (stream) => this.#seen(stream),
    mediaTap: (stream) => this.#watch(stream),
  };

  /** The streams of which a message is complete: nothing can be said of the others yet. */
  shownStreams(): readonly StreamWatch[] {
    if (this.#shown.at !== this.messages.next) {
      const list = [...this.streams.values()].filter(({ stream }) => stream.messages > 0);
      this.#shown = { at: this.messages.next, list };
    }
    return this.#shown.list;
  }

  /** Called for each packet, before it is analysed. */
  packet(packet: Packet): void {
    this.#clock.seconds = packet.seconds;
    this.#clock.nanoseconds = packet.nanoseconds;
    this.summary.packet(packet);
    if (this.started) return;
    this.started = true;
    this.origin.seconds = packet.seconds;
    this.origin.nanoseconds = packet.nanoseconds;
  }

  message(message: Message): void {
    const { findings, flow, session } = message;
    this.summary.message(message);
    this.sessionFindings.message(message);
    if (!message.media) this.controlMessages += 1;
    if (!message.valid) this.invalidMessages += 1;
    const at = this.memory.add(message);
    const entry = this.flows.open(flow);
    if (entry !== undefined) this.flows.carried(entry, flow, message.seconds, message.length);
    if (findings.length > 0) this.#found(message, at);
    if (session === 0) this.#wait(message);
    else if (this.#beforeLogin.size > 0) this.#adopt(flow.number, session);
    this.rules.conformance.message(message);
  }

  streamFinding(dvrip: DvripFlow, side: Side, finding: Finding): void {
    this.summary.streamFinding(dvrip, side, finding);
    this.rules.conformance.streamFinding(dvrip, side, finding);
    const { text } = findingRecord(finding);
    const { flow } = dvrip;
    this.findings.add({
      rule: finding.code,
      severity: severityOf(finding.code),
      message: 0,
      flow: flow.number,
      session: dvrip.session,
      seconds: this.#clock.seconds,
      nanoseconds: this.#clock.nanoseconds,
      detailAt: this.spool.add(JSON.stringify({ text }), flow.addresses, 0, 0),
      ordinal: OWN_RECORD,
    });
    const entry = this.flows.get(flow.number);
    if (entry !== undefined) entry.worst = Math.max(entry.worst, rankOf(severityOf(finding.code)));
  }

  unanswered(dvrip: DvripFlow, request: Asked): void {
    this.rules.conformance.unanswered(dvrip, request);
  }

  mediaStreamEnded(stream: MediaStream): void {
    const number = this.#numbers.get(stream);
    if (number !== undefined && this.streams.has(number)) this.#streamsOver.add(number);
    this.rules.conformance.mediaStreamEnded(stream);
  }

  dropped(from: number, to: number): void {
    this.rules.conformance.dropped(from, to);
  }

  settled(until: number): void {
    this.rules.conformance.settled(until);
  }

  flowEnded(flow: Flow, dvrip: DvripFlow | undefined): void {
    this.summary.flowEnded(flow, dvrip);
    this.flows.flowEnded(flow, dvrip);
    this.rules.conformance.flowEnded(flow);
    this.#beforeLogin.delete(flow.number);
  }

  /** Nothing more will come. */
  ended(analysis: Analysis, files: readonly CaptureFile[]): void {
    this.rules.conformance.end(countsDrops(this.summary.record(analysis, files)));
  }

  /** A session made room for others: it and its streams are in no list any more. */
  sessionLetGo(session: Session, streams: readonly MediaStream[]): void {
    this.sessionFindings.forget(session.number);
    this.rules.forget(session.number);
    this.worstOfSession.delete(session.number);
    for (const stream of streams) this.#forgetStream(this.#numbers.get(stream) ?? 0);
    if (streams.length > 0) this.#shown = { at: 0, list: [] };
  }

  /** Forgets messages and findings. */
  clear(): void {
    this.messages.clear();
    this.findings.clear();
    this.rules.clear();
    this.#beforeLogin.clear();
  }

  close(): void {
    this.spool.close();
  }

  #found(
    { findings, flow, session, number, seconds, nanoseconds }: Message,
    detailAt: number | undefined,
  ): void {
    for (const [ordinal, { code }] of findings.entries()) {
      const severity = severityOf(code);
      this.findings.add({
        rule: code,
        severity,
        message: number,
        flow: flow.number,
        session,
        seconds,
        nanoseconds,
        detailAt,
        ordinal: Math.min(ordinal, OWN_RECORD - 1),
      });
    }
    const worst = worstRank(findings);
    const entry = this.flows.get(flow.number);
    if (entry !== undefined) entry.worst = Math.max(entry.worst, worst);
    if (session !== 0)
      this.worstOfSession.set(session, Math.max(this.worstOfSession.get(session) ?? 0, worst));
  }

  #wait({ flow, media, number }: Message): void {
    if (flow.protocol !== PROTOCOL_TCP || media) return;
    const waiting = this.#beforeLogin.get(flow.number);
    if (waiting === undefined) {
      this.#beforeLogin.set(flow.number, [number]);
      return;
    }
    waiting.push(number);
    if (waiting.length > this.#limits.ladder.beforeLogin) waiting.shift();
  }

  #adopt(flow: number, session: number): void {
    const waiting = this.#beforeLogin.get(flow);
    if (waiting === undefined) return;
    this.#beforeLogin.delete(flow);
    for (const number of waiting) {
      this.messages.adopt(number, session);
      this.findings.adopt(number, session);
      const worst = this.messages.worstRank(number);
      if (worst > 0) this.worstOfSession.set(session, Math.max(this.worstOfSession.get(session) ?? 0, worst));
    }
    this.adopted(session, waiting[0] ?? 0);
  }

  /** Sees every direction that carries bytes, before they are read; wants none of them. */
  #seen(stream: StreamDirection): undefined {
    this.flows.open(stream.flow);
  }

  /** Lets the stream go that has been over for longest. */
  #dropStream(): boolean {
    const number = this.#oldestOver.take();
    if (number === undefined) return false;
    this.#forgetStream(number);
    return true;
  }

  #forgetStream(number: number): void {
    this.#streamsOver.delete(number);
    this.streams.delete(number);
  }

  #watch(stream: MediaStream): StreamWatch | undefined {
    this.#streamsBegun += 1;
    if (this.streams.size >= this.#limits.dashboard.streams) {
      this.streamsLeft += 1;
      if (!this.#dropStream()) return undefined;
    }
    const watch = new StreamWatch(this.#streamsBegun, stream, this.#limits.dashboard);
    this.streams.set(watch.number, watch);
    this.#numbers.set(stream, watch.number);
    return watch;
  }
}
