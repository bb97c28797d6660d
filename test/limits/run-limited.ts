import { Analysis } from '../../src/analysis/analysis.ts';
import type { Limits } from '../../src/analysis/limits.ts';
import type { GapCause } from '../../src/reassembly/flow.ts';
import { checkRecord } from '../../src/report/check/check-record.ts';
import type { CheckRecord } from '../../src/report/check/check-schema.ts';
import { countsDrops, QualityCollector } from '../../src/report/check/quality.ts';
import type { SummaryRecord } from '../../src/report/records/schemas.ts';
import { streamRecord } from '../../src/report/records/stream-record.ts';
import type { MediaStreamRecord } from '../../src/report/records/stream-schema.ts';
import { SummaryCollector } from '../../src/report/summary.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { Conformance } from '../../src/rules/conformance.ts';
import { PLAIN_OPTIONS } from '../report/check/run-check.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';

export interface LimitedRun {
  readonly summary: SummaryRecord;
  readonly check: CheckRecord;
  /** How often the summary says that a limit was reached, by its name; only those that were. */
  readonly reached: Readonly<Record<string, number>>;
  readonly gaps: readonly GapCause[];
  readonly streams: readonly MediaStreamRecord[];
  readonly messages: readonly LimitedMessage[];
}

export interface LimitedMessage {
  readonly id: number;
  readonly from: 'client' | 'device';
  readonly sequence: number;
  readonly replyTo: number;
  readonly session: number;
  readonly codes: readonly string[];
}

/** Packets through the whole path with limits of a test's own: what the reports say at the end. */
export function runLimited(packets: Iterable<FedPacket>, limits: Limits): LimitedRun {
  const conformance = new Conformance(ALL_RULES, { dialect: 'field', limits: limits.rules });
  const collector = new SummaryCollector();
  const quality = new QualityCollector();
  const messages: LimitedMessage[] = [];
  const gaps: GapCause[] = [];
  const analysis = new Analysis(
    { limits },
    {
      message(message) {
        const { header, from, replyTo, session, findings } = message;
        const { messageId: id, sequence } = header;
        messages.push({ id, from, sequence, replyTo, session, codes: findings.map(({ code }) => code) });
        collector.message(message);
        conformance.message(message);
      },
      streamFinding(dvrip, side, finding) {
        collector.streamFinding(dvrip, side, finding);
        conformance.streamFinding(dvrip, side, finding);
      },
      gap: (_stream, _length, cause) => gaps.push(cause),
      unanswered: (dvrip, asked) => conformance.unanswered(dvrip, asked),
      mediaStreamEnded: (stream) => conformance.mediaStreamEnded(stream),
      flowEnded(flow, dvrip) {
        collector.flowEnded(flow, dvrip);
        quality.flowEnded(flow, dvrip);
        conformance.flowEnded(flow);
      },
    },
  );
  const feed = new PacketFeed((packet) => {
    collector.packet(packet);
    quality.packet(packet);
    analysis.push(packet);
  });
  for (const packet of packets) feed.push(packet);
  analysis.end();
  const file = { path: 'lab.pcap', format: 'pcap', bytes: 1000, packets: 10, interfaces: [] } as const;
  const summary = collector.record(analysis, [file]);
  conformance.end(countsDrops(summary));
  const check = checkRecord(ALL_RULES, conformance, summary, analysis, quality, PLAIN_OPTIONS);
  const streams = [...analysis.conversations.media.all()].map(streamRecord);
  const reached = Object.fromEntries(
    summary.quality.limits.map(({ limit, reached: times }) => [limit, times]),
  );
  return { summary, check, reached, gaps, streams, messages };
}
