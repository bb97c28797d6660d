import type { Finding } from '../../dissectors/core/finding.ts';
import type { PieceOrder } from '../../dissectors/dvrip/fragments.ts';
import { PROTOCOL_TCP } from '../reassembly/flow.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import { describeFinding } from './catalogue.ts';
import type { Sample, Subject } from './ledger.ts';
import type { Doubt, FindingRule, FoundIn, Rule, Severity } from './rule.ts';
import type { RunnerSink } from './rule-runner.ts';
import { clipped, sampleOf, starred } from './sample.ts';
import { deviceAddress } from './scopes.ts';
import { effectiveSeverity } from './severity.ts';
import type { TurnView } from './turn.ts';

interface Running {
  readonly rule: FindingRule;
  readonly severity: Severity;
  violations: number;
}

/** Writes down as rules what decoders and schemas find, and how often they could have. */
export class DecoderFindings {
  /** The rules that run, by code. */
  readonly running = new Map<string, Running>();
  readonly #sink: RunnerSink;
  #messages = 0;
  #fragmented = 0;
  #jsonBodies = 0;
  /** JSON bodies that could not be judged, by reason. */
  readonly #unread = new Map<Doubt, number>();

  constructor(
    rules: readonly Rule[],
    dialect: 'field' | 'spec',
    configured: (id: string) => Severity | 'off' | undefined,
    sink: RunnerSink,
  ) {
    this.#sink = sink;
    for (const entry of rules) {
      if (entry.kind !== 'finding') continue;
      const { rule } = entry;
      const severity = effectiveSeverity(entry, dialect, configured(rule.id));
      if (severity !== 'off') this.running.set(rule.id, { rule, severity, violations: 0 });
    }
  }

  message(turn: TurnView): void {
    const { message } = turn;
    this.#messages += 1;
    if (message.fragments > 1) this.#fragmented += 1;
    if (!message.media) this.#countBody(turn);
    if (message.findings.length === 0) return;
    for (const finding of message.findings) {
      const at = { messageId: message.header.messageId, name: message.name, from: message.from };
      this.#found(finding, at, foundIn(message.dvrip, message.side, message.pieces), message.dvrip, () => ({
        ...sampleOf(message, describeFinding(finding)),
        ...(finding.packets !== undefined && { packets: finding.packets }),
        ...placed(finding),
      }));
    }
  }

  stream(dvrip: DvripFlow, side: 0 | 1, finding: Finding): void {
    const { flow, session } = dvrip;
    const at = { messageId: undefined, name: undefined, from: undefined };
    this.#found(finding, at, foundIn(dvrip, side, undefined), dvrip, () => ({
      ...sampleOf(undefined, describeFinding(finding)),
      flow: flow.number,
      session,
      seconds: flow.endSeconds,
      nanoseconds: flow.endNanoseconds,
    }));
  }

  /** Nothing more will come: what was exercised and not broken was obeyed. */
  end(): void {
    const { ledger } = this.#sink;
    for (const { rule, violations } of this.running.values()) {
      const tally = ledger.tally(rule.id);
      tally.checked = Math.max(violations, this.#exercised(rule));
      if (rule.exercisedBy !== 'json-body') continue;
      for (const [doubt, times] of this.#unread) ledger.doubt(rule.id, doubt, times);
    }
  }

  #exercised({ exercisedBy }: FindingRule): number {
    if (exercisedBy === 'json-body') return this.#jsonBodies;
    return exercisedBy === 'message' ? this.#messages : this.#fragmented;
  }

  #countBody({ message }: TurnView): void {
    const { content, definition } = message;
    if (content !== undefined && content.kind !== 'encrypted') this.#jsonBodies += 1;
    else if (content?.kind === 'encrypted') this.#doubt('unreadable');
    else if (definition?.carrier === 'json' && message.missing + message.cut > 0) this.#doubt('gap');
  }

  #doubt(why: Doubt): void {
    this.#unread.set(why, (this.#unread.get(why) ?? 0) + 1);
  }

  #found(
    finding: Finding,
    at: Pick<Subject, 'messageId' | 'name' | 'from'>,
    where: FoundIn,
    dvrip: DvripFlow,
    sample: () => Sample,
  ): void {
    const running = this.running.get(finding.code);
    if (running === undefined) return;
    const { rule, severity } = running;
    const doubt = rule.doubt?.(finding, where);
    if (doubt !== undefined) {
      this.#sink.ledger.doubt(rule.id, doubt);
      return;
    }
    running.violations += 1;
    const place = finding.pointer === undefined ? undefined : starred(finding.pointer);
    const { ledger } = this.#sink;
    const device = ledger.perDevice.has(rule.id) ? deviceAddress(dvrip) : undefined;
    const subject: Subject = { rule: rule.id, severity, ...at, place, device };
    const group = ledger.add(subject, sample);
    this.#sink.found?.(subject, sample, group, undefined);
  }
}

function foundIn(dvrip: DvripFlow, side: 0 | 1, pieces: PieceOrder | undefined): FoundIn {
  const { flow, closedBy } = dvrip;
  const { synSeen, finSeen, ended } = flow.streams[side];
  const reader = dvrip.streams[side];
  return {
    losses: reader?.losses ?? 0,
    // A datagram has no beginning that could be missing.
    fromStart: flow.protocol !== PROTOCOL_TCP || synSeen,
    cutOff: ended && !finSeen,
    closedFirst: finSeen && (closedBy === -1 || closedBy === side),
    pieces,
    wentOn: pieces !== undefined && (reader?.framer.messages ?? 0) > pieces.lastPlace,
  };
}

function placed({ pointer, offset, length, line, column }: Finding): Partial<Sample> {
  return {
    ...(pointer !== undefined && { pointer: clipped(pointer) }),
    ...(offset !== undefined && { offset }),
    ...(length !== undefined && { length }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
