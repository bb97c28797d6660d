import type { Finding } from '../../dissectors/core/finding.ts';
import { Analysis, type AnalysisListener, type AnalysisOptions } from '../../src/analysis/analysis.ts';
import type { Flow, Side } from '../../src/reassembly/flow.ts';
import type { DvripFlow } from '../../src/session/dvrip-flow.ts';
import { type FedPacket, PacketFeed } from './packet-feed.ts';

/** What a message said while it could be seen. */
export interface SeenMessage {
  readonly flow: number;
  readonly side: Side;
  readonly from: 'client' | 'device';
  readonly name: string;
  readonly id: number;
  readonly sequence: number;
  readonly sessionId: number;
  readonly session: number;
  readonly replyTo: number;
  readonly responseSeconds: number | undefined;
  readonly length: number;
  readonly fragments: number;
  readonly body: string;
  readonly complete: boolean;
  readonly seconds: number;
  readonly packets: readonly [first: number, last: number];
  /** Those of the framing; what the rules find in bodies is tested with the rules. */
  readonly findings: readonly Finding[];
}

export interface AnalysisRun {
  readonly analysis: Analysis;
  readonly messages: readonly SeenMessage[];
  readonly findings: readonly Finding[];
  readonly flows: readonly { readonly flow: Flow; readonly dvrip: DvripFlow | undefined }[];
}

/** Runs packets through the whole analysis, to the end. Bodies of media are kept too. */
export function runAnalysis(
  packets: Iterable<FedPacket>,
  options: AnalysisOptions = {},
  listener: Pick<AnalysisListener, 'sessionEnded' | 'sessionLetGo'> = {},
): AnalysisRun {
  const messages: SeenMessage[] = [];
  const findings: Finding[] = [];
  const flows: { flow: Flow; dvrip: DvripFlow | undefined }[] = [];
  const analysis = new Analysis(
    { keptMediaBytes: 1 << 20, ...options },
    {
      ...listener,
      message(m) {
        messages.push({
          flow: m.flow.number,
          side: m.side,
          from: m.from,
          name: m.name,
          id: m.header.messageId,
          sequence: m.header.sequence,
          sessionId: m.header.sessionId,
          session: m.session,
          replyTo: m.replyTo,
          responseSeconds: m.responseSeconds,
          length: m.length,
          fragments: m.fragments,
          body: Buffer.from(m.body.subarray(m.bodyStart, m.bodyEnd)).toString('latin1'),
          complete: m.missing === 0 && m.cut === 0,
          seconds: m.seconds,
          packets: [m.firstPacket, m.lastPacket],
          findings: m.findings.filter(({ code }) => code.startsWith('framing/')),
        });
      },
      streamFinding: (_dvrip, _side, finding) => findings.push(finding),
      flowEnded: (flow, dvrip) => flows.push({ flow, dvrip }),
    },
  );
  const feed = new PacketFeed((packet) => analysis.push(packet));
  for (const packet of packets) feed.push(packet);
  analysis.end();
  return { analysis, messages, findings, flows };
}
