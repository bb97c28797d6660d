import type { Finding } from '../../../dissectors/core/finding.ts';
import type { Packet } from '../../../dissectors/core/packet.ts';
import type { AnalysisListener } from '../../analysis/analysis.ts';
import type { Flow } from '../../reassembly/flow.ts';
import { QualityCollector } from '../../report/check/quality.ts';
import { SummaryCollector } from '../../report/summary.ts';
import type { Conformance } from '../../rules/conformance.ts';
import type { DvripFlow } from '../../session/dvrip-flow.ts';
import type { Asked } from '../../session/exchanges.ts';
import type { MediaStream } from '../../session/media-stream.ts';
import type { Message } from '../../session/message.ts';
import type { Expectations } from './expectations.ts';

/** Hands what an analysis tells to all who judge it. */
export class Judges implements AnalysisListener {
  readonly summary = new SummaryCollector();
  readonly quality = new QualityCollector();
  readonly conformance: Conformance;
  readonly expectations: Expectations | undefined;

  constructor(conformance: Conformance, expectations: Expectations | undefined) {
    this.conformance = conformance;
    this.expectations = expectations;
  }

  packet(packet: Packet): void {
    this.summary.packet(packet);
    this.quality.packet(packet);
  }

  message(message: Message): void {
    this.summary.message(message);
    this.conformance.message(message);
    this.expectations?.message(message);
  }

  streamFinding(dvrip: DvripFlow, side: 0 | 1, finding: Finding): void {
    this.summary.streamFinding(dvrip, side, finding);
    this.conformance.streamFinding(dvrip, side, finding);
  }

  unanswered(dvrip: DvripFlow, request: Asked): void {
    this.conformance.unanswered(dvrip, request);
  }

  mediaStreamEnded(stream: MediaStream): void {
    this.conformance.mediaStreamEnded(stream);
  }

  dropped(from: number, to: number): void {
    this.conformance.dropped(from, to);
  }

  settled(until: number): void {
    this.conformance.settled(until);
  }

  flowEnded(flow: Flow, dvrip: DvripFlow | undefined): void {
    this.summary.flowEnded(flow, dvrip);
    this.quality.flowEnded(flow, dvrip);
    this.conformance.flowEnded(flow);
  }
}
