import type { Packet } from '../../../dissectors/core/packet.ts';
import type { Analysis, AnalysisListener } from '../../analysis/analysis.ts';
import { type Flow, PROTOCOL_TCP } from '../../reassembly/flow.ts';
import type { DvripFlow } from '../../session/dvrip-flow.ts';
import type { SummaryRecord } from '../records/schemas.ts';
import type { CheckQuality } from './check-schema.ts';

type GapCause = CheckQuality['gaps']['byCause'][number]['cause'];

interface Holes {
  count: number;
  bytes: number;
}

/**
 * What a check says of the capture beyond the summary: counted as flows end, in memory that does not grow. Pass every
 * packet on as well, so that findings can name the file that they are in.
 */
export class QualityCollector implements AnalysisListener {
  /** Number of the first record of each file, by its place in the list of files. */
  readonly firstPackets: number[] = [];
  #file = -1;
  #dvripFlows = 0;
  #oneDirection = 0;
  #midStream = 0;
  readonly #gaps: Holes = { count: 0, bytes: 0 };
  readonly #otherGaps: Holes = { count: 0, bytes: 0 };
  readonly #oneDirectionGaps: Holes = { count: 0, bytes: 0 };
  readonly #midStreamGaps: Holes = { count: 0, bytes: 0 };

  packet({ file, number }: Packet): void {
    if (file === this.#file) return;
    this.#file = file;
    this.firstPackets[file] = number;
  }

  flowEnded(flow: Flow, dvrip: DvripFlow | undefined): void {
    if (dvrip?.recognised !== true) {
      addHoles(this.#otherGaps, flow);
      return;
    }
    this.#dvripFlows += 1;
    addHoles(this.#gaps, flow);
    if (flow.protocol !== PROTOCOL_TCP) return;
    const [a, b] = flow.streams;
    if (!a.started || !b.started) {
      this.#oneDirection += 1;
      addHoles(this.#oneDirectionGaps, flow);
    } else if (!a.synSeen || !b.synSeen) {
      this.#midStream += 1;
      addHoles(this.#midStreamGaps, flow);
    }
  }

  /** @param ruleScopesEvicted what the rules remembered and let go before its time */
  quality(summary: SummaryRecord, analysis: Analysis, ruleScopesEvicted: number): CheckQuality {
    const { kernelDropped, interfaceDropped, droppedBetween, cutPackets, incompleteDatagrams } =
      summary.quality;
    const { evictedFlows } = summary.reassembly;
    const limits = [
      ...summary.quality.limits,
      ...(ruleScopesEvicted > 0 ? [{ limit: 'ruleScopes', reached: ruleScopesEvicted }] : []),
    ];
    const lacks: CheckQuality['lacks'] = [];
    if (summary.files.some(({ error }) => error !== undefined)) lacks.push('damaged-file');
    if (countsDrops(summary)) lacks.push('dropped');
    if (this.#gaps.count > 0) lacks.push('gaps');
    if (cutPackets > 0) lacks.push('cut-packets');
    if (incompleteDatagrams > 0) lacks.push('incomplete-datagrams');
    if (this.#oneDirection > 0) lacks.push('one-direction');
    if (evictedFlows > 0) lacks.push('evicted-flows');
    if (limits.some(({ limit }) => limit !== 'flows')) lacks.push('limits');
    return {
      complete: lacks.length === 0,
      lacks,
      packets: summary.packets,
      undecodedPackets: summary.undecodedPackets,
      dropped: {
        ...(kernelDropped !== undefined && { kernel: kernelDropped }),
        ...(interfaceDropped !== undefined && { interface: interfaceDropped }),
        ...(droppedBetween !== undefined && { between: droppedBetween }),
      },
      gaps: { ...this.#gaps, byCause: this.#causes(summary) },
      otherGaps: { ...this.#otherGaps },
      cutPackets,
      incompleteDatagrams,
      evictedFlows,
      dvripFlows: this.#dvripFlows,
      oneDirectionFlows: this.#oneDirection,
      midStreamFlows: this.#midStream,
      sessions: summary.sessions,
      sessionsWithoutLogin: analysis.conversations.sessions.all.filter(({ loginFlow }) => loginFlow === 0)
        .length,
      limits,
    };
  }

  /** What the capture itself admits explains all of its gaps; else each flow is asked how it was captured. */
  #causes(summary: SummaryRecord): CheckQuality['gaps']['byCause'] {
    if (this.#gaps.count === 0) return [];
    if (summary.quality.cutPackets > 0) return [{ cause: 'snap-length', ...this.#gaps }];
    if (countsDrops(summary)) return [{ cause: 'dropped', ...this.#gaps }];
    const rest = {
      count: this.#gaps.count - this.#oneDirectionGaps.count - this.#midStreamGaps.count,
      bytes: this.#gaps.bytes - this.#oneDirectionGaps.bytes - this.#midStreamGaps.bytes,
    };
    const causes: { cause: GapCause; count: number; bytes: number }[] = [
      { cause: 'one-direction', ...this.#oneDirectionGaps },
      { cause: 'mid-stream', ...this.#midStreamGaps },
      { cause: 'unknown', ...rest },
    ];
    return causes.filter(({ count }) => count > 0);
  }
}

/** The capture says that packets were dropped: what is missing may have been among them. */
export function countsDrops({ quality }: SummaryRecord): boolean {
  const { kernelDropped = 0, interfaceDropped = 0, droppedBetween = 0 } = quality;
  return kernelDropped + interfaceDropped + droppedBetween > 0;
}

function addHoles(sum: Holes, { streams }: Flow): void {
  for (const { gaps, gapBytes } of streams) {
    sum.count += gaps;
    sum.bytes += gapBytes;
  }
}
