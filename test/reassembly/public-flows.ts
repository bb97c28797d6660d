import { Analysis } from '../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { flowRecord } from '../../src/report/records/flow-record.ts';
import type { FlowRecord } from '../../src/report/records/schemas.ts';
import { StreamDigests } from '../../src/report/stream-digests.ts';

/** As many headers as the worst of the captures stacks up, to see what tshark sees. */
const LIMITS = { ...DEFAULT_LIMITS, packets: { ...DEFAULT_LIMITS.packets, nestedLayers: 128 } };

/** The flows of a capture with the digests of their streams, in order of their first packets. */
export async function flowsOf(path: string): Promise<FlowRecord[]> {
  const digests = new StreamDigests();
  const flows: FlowRecord[] = [];
  const analysis = new Analysis(
    { tap: (stream) => digests.open(stream), limits: LIMITS },
    { flowEnded: (flow, dvrip) => flows.push(flowRecord(flow, dvrip, digests.take(flow))) },
  );
  await readCaptures([path], { packet: (packet) => analysis.push(packet), drained: () => undefined });
  analysis.end();
  return flows.sort((a, b) => a.flow - b.flow);
}
