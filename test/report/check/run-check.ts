import { Analysis } from '../../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../../src/analysis/limits.ts';
import { type CheckOptions, checkRecord } from '../../../src/report/check/check-record.ts';
import type { CheckRecord } from '../../../src/report/check/check-schema.ts';
import { countsDrops, QualityCollector } from '../../../src/report/check/quality.ts';
import { SummaryCollector } from '../../../src/report/summary.ts';
import { Conformance, type ConformanceOptions } from '../../../src/rules/conformance.ts';
import { example } from '../../../src/rules/example.ts';
import { findingRule, type Rule, rule } from '../../../src/rules/rule.ts';
import { type FedPacket, PacketFeed } from '../../support/packet-feed.ts';

type Files = Parameters<SummaryCollector['record']>[1];

export const PLAIN_OPTIONS: CheckOptions = {
  version: '0.1.0',
  dialect: 'field',
  failOn: 'error',
  showSecrets: false,
  requireComplete: false,
  requiredIds: undefined,
  waivers: [],
  baseline: undefined,
  expectations: [],
};

const NO_EXAMPLES = () => ({ obeys: [example('silence')], breaks: [example('silence')] });
const WHY = {
  because: 'Otherwise the viewer shows a frozen picture.',
  remedy: 'Do it.',
  examples: NO_EXAMPLES,
};

/** Rules of the tests' own, so that they do not change with the real ones. */
export const TEST_RULES: readonly Rule[] = [
  rule({
    ...WHY,
    id: 'keepalive/in-time',
    section: '5.1.5',
    level: 'must',
    requires: 'The client is not silent for half a minute.',
    breach: 'the client was silent for {silence} s',
    scope: 'session',
    state: () => ({ heard: undefined as number | undefined, losses: 0 }),
    observes: {
      message(turn, judge) {
        if (turn.from !== 'client') return;
        const { state } = judge;
        const silence = state.heard === undefined ? undefined : turn.time - state.heard;
        if (silence !== undefined && silence > 30) judge.missing(turn, { silence }, state.losses);
        else if (silence !== undefined) judge.obeyed();
        state.heard = turn.time;
        state.losses = judge.losses;
      },
    },
  }),
  rule({
    ...WHY,
    id: 'upgrade/starts-first',
    section: '5.15',
    level: 'should',
    requires: 'An upgrade is started before its data come.',
    breach: 'it was not',
    scope: 'flow',
    hears: ['UPGRADE_REQ'],
    observes: { message: (_, judge) => judge.obeyed() },
  }),
  findingRule({
    ...WHY,
    id: 'body/wrong-type',
    section: '5',
    level: 'must',
    exercisedBy: 'json-body',
    requires: 'Each member is of its type.',
  }),
  findingRule({
    ...WHY,
    id: 'body/unknown-key',
    section: '5',
    level: 'advice',
    exercisedBy: 'json-body',
    requires: 'Keys are those of the specification.',
  }),
];

export interface CheckRun {
  readonly options?: Partial<CheckOptions>;
  readonly rules?: Partial<ConformanceOptions>;
  /** What the reader of the files would have said. */
  readonly files?: Files;
  /** Before the record is made: findings of a test's own. */
  readonly meddle?: (conformance: Conformance) => void;
}

/** Packets through the whole path, all rules, to the record of the check. */
export function runCheck(packets: Iterable<FedPacket>, run: CheckRun = {}): CheckRecord {
  const options = { ...PLAIN_OPTIONS, ...run.options };
  const { dialect } = options;
  const conformance = new Conformance(TEST_RULES, { dialect, limits: DEFAULT_LIMITS.rules, ...run.rules });
  const summary = new SummaryCollector();
  const quality = new QualityCollector();
  const analysis = new Analysis(
    { dialect: dialect === 'spec' ? 'spec' : 'auto' },
    {
      message(message) {
        summary.message(message);
        conformance.message(message);
      },
      streamFinding(dvrip, side, finding) {
        summary.streamFinding(dvrip, side, finding);
        conformance.streamFinding(dvrip, side, finding);
      },
      unanswered: (dvrip, asked) => conformance.unanswered(dvrip, asked),
      mediaStreamEnded: (stream) => conformance.mediaStreamEnded(stream),
      flowEnded(flow, dvrip) {
        summary.flowEnded(flow, dvrip);
        quality.flowEnded(flow, dvrip);
        conformance.flowEnded(flow);
      },
    },
  );
  const feed = new PacketFeed((packet) => {
    summary.packet(packet);
    quality.packet(packet);
    analysis.push(packet);
  });
  for (const packet of packets) feed.push(packet);
  analysis.end();
  const summarised = summary.record(analysis, run.files ?? [captureFile({})]);
  conformance.end(countsDrops(summarised));
  run.meddle?.(conformance);
  return checkRecord(TEST_RULES, conformance, summarised, analysis, quality, options);
}

export function captureFile(more: Partial<Files[number]>): Files[number] {
  return { path: 'lab.pcap', format: 'pcap', bytes: 1000, packets: 10, interfaces: [], ...more };
}
