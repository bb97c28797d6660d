import type { Finding } from '../../../dissectors/core/finding.ts';
import type { Packet } from '../../../dissectors/core/packet.ts';
import type { Flow } from '../../reassembly/flow.ts';
import { liveFindingRecord } from '../../report/records/finding-record.ts';
import type {
  EventRecord,
  FindingRecord,
  StatisticsRecord,
  StreamRecord,
} from '../../report/records/live-records.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
import { SessionFindings, sessionRecord } from '../../report/records/session-record.ts';
import { streamRecord } from '../../report/records/stream-record.ts';
import { SummaryCollector } from '../../report/summary.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import { Conformance, type RuleLimits } from '../../rules/conformance.ts';
import type { FindingGroup, Sample, Subject } from '../../rules/ledger.ts';
import type { DvripFlow } from '../../session/dvrip-flow.ts';
import type { Asked } from '../../session/exchanges.ts';
import type { MediaStream } from '../../session/media-stream.ts';
import type { Message } from '../../session/message.ts';
import type { Session } from '../../session/session.ts';
import type { LiveObserver } from './live-run.ts';

/** What is shown as it happens. */
export interface LivePrinter {
  packet(packet: Packet): void;
  message(message: Message): void;
  session(record: SessionRecord): void;
  stream(record: StreamRecord): void;
  finding(record: FindingRecord): void;
  event(record: EventRecord): void;
  statistics(record: StatisticsRecord): void;
}

export interface LiveListenerOptions {
  readonly dialect: 'field' | 'spec';
  readonly limits: RuleLimits;
  readonly showSecrets: boolean;
}

/** What still belongs to a session that is over comes within so many seconds. */
const AFTERMATH_SECONDS = 2;

/** Makes of what an analysis tells what a live capture shows. */
export class LiveListener implements LiveObserver {
  readonly summary = new SummaryCollector();
  readonly #findings = new SessionFindings();
  readonly #conformance: Conformance;
  readonly #printer: LivePrinter;
  readonly #streams: (session: number) => readonly MediaStream[];
  /** Sessions that are over, and when they were: some answers come after the end (§5.2). */
  readonly #ending = new Map<Session, number>();

  /** `streams` answers those of a session. */
  constructor(
    printer: LivePrinter,
    options: LiveListenerOptions,
    streams: (session: number) => readonly MediaStream[],
  ) {
    this.#printer = printer;
    this.#streams = streams;
    const show = (subject: Subject, sample: () => Sample, group: FindingGroup | undefined) => {
      if (isWorthShowing(group, options.limits.samplesPerGroup)) {
        printer.finding(liveFindingRecord(subject, sample(), group?.count, options.showSecrets));
      }
    };
    this.#conformance = new Conformance(ALL_RULES, {
      dialect: options.dialect,
      limits: options.limits,
      found: show,
    });
  }

  get ruleScopesLetGo(): number {
    return this.#conformance.evicted;
  }

  packet(packet: Packet): void {
    this.summary.packet(packet);
    this.#printer.packet(packet);
  }

  message(message: Message): void {
    this.summary.message(message);
    this.#findings.message(message);
    this.#printer.message(message);
    this.#conformance.message(message);
    // A login that was refused begins no session that could end.
    const { belongsTo } = message;
    if (belongsTo?.state === 'refused') this.sessionEnded(belongsTo);
  }

  streamFinding(dvrip: DvripFlow, side: 0 | 1, finding: Finding): void {
    this.summary.streamFinding(dvrip, side, finding);
    this.#conformance.streamFinding(dvrip, side, finding);
  }

  unanswered(dvrip: DvripFlow, request: Asked): void {
    this.#conformance.unanswered(dvrip, request);
  }

  mediaStreamEnded(stream: MediaStream): void {
    this.#conformance.mediaStreamEnded(stream);
    if (stream.messages === 0) return;
    this.#printer.stream({
      schema: 'dvrscope.stream/1',
      ...(stream.session > 0 && { session: stream.session }),
      ...streamRecord(stream),
    });
  }

  sessionEnded(session: Session): void {
    this.#ending.set(session, session.endSeconds);
  }

  sessionLetGo(session: Session): void {
    this.#showEnd(session);
    this.#findings.forget(session.number);
  }

  flowEnded(flow: Flow, dvrip: DvripFlow | undefined): void {
    this.summary.flowEnded(flow, dvrip);
    this.#conformance.flowEnded(flow);
  }

  /** So late is it, in seconds of capture time: shows the ends that need not wait any longer. */
  tick(seconds: number): void {
    for (const [session, since] of this.#ending) {
      if (Math.abs(seconds - since) >= AFTERMATH_SECONDS) this.#showEnd(session);
    }
  }

  event(record: EventRecord): void {
    this.#printer.event(record);
  }

  statistics(record: StatisticsRecord): void {
    this.#printer.statistics(record);
  }

  dropped(from: number, to: number): void {
    this.#conformance.dropped(from, to);
  }

  settled(until: number): void {
    this.#conformance.settled(until);
  }

  trim(): void {
    this.#conformance.trim();
  }

  #showEnd(session: Session): void {
    if (!this.#ending.delete(session)) return;
    const { number } = session;
    this.#printer.session(sessionRecord(session, this.#streams(number), this.#findings.of(number)));
  }

  /** The capture has ended: what is owed now stays owed. */
  end(): void {
    for (const session of [...this.#ending.keys()]) this.#showEnd(session);
    this.#conformance.end(false);
  }
}

/** The first of each kind, then the 10th, 100th, …: what a device does wrong in each message would drown all else. */
export function isWorthShowing(group: FindingGroup | undefined, first: number): boolean {
  if (group === undefined || group.excuse?.kind === 'waived') return false;
  return group.count <= first || Number.isInteger(Math.log10(group.count));
}
