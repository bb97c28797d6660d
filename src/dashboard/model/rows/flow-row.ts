import type { Analysis } from '../../../analysis/analysis.ts';
import { PROTOCOL_UDP } from '../../../reassembly/flow.ts';
import { formatAddress } from '../../../report/format/address.ts';
import { flowRecord } from '../../../report/records/flow-record.ts';
import type { FlowRecord } from '../../../report/records/schemas.ts';
import type { FlowRow, Moment } from '../contract.ts';
import type { FlowEntry } from '../index/flow-index.ts';
import { severityOfRank } from '../index/severity.ts';
import { secondsBetween } from './elapsed.ts';
import { endOf, startOf } from './session-row.ts';

/** A flow as `flows --json` prints it, or would, if the capture ended now. */
function flowRecordOf(analysis: Analysis, entry: FlowEntry): FlowRecord {
  const { flow, ended } = entry;
  if (ended !== undefined) return ended;
  if (flow === undefined) throw new Error('a flow is neither open nor ended');
  return flowRecord(flow, analysis.conversations.of(flow));
}

/** What flows are sorted by and searched for: of an open flow without its community id, which takes time to make. */
export type FlowFacts = Pick<
  FlowRecord,
  'protocol' | 'client' | 'server' | 'packets' | 'role' | 'session'
> & {
  readonly streams: readonly Pick<FlowRecord['streams'][0], 'bytes' | 'gaps' | 'retransmittedBytes'>[];
};

export function flowFacts(analysis: Analysis, { flow, ended }: FlowEntry): FlowFacts {
  if (ended !== undefined) return ended;
  if (flow === undefined) throw new Error('a flow is neither open nor ended');
  const dvrip = analysis.conversations.of(flow);
  const role = dvrip?.role;
  const session = dvrip?.session ?? 0;
  const end = (side: 0 | 1) => ({ address: formatAddress(flow.address(side)), port: flow.port(side) });
  return {
    protocol: flow.protocol === PROTOCOL_UDP ? 'udp' : 'tcp',
    client: end(flow.client),
    server: end(flow.server),
    packets: flow.packets,
    ...(role !== undefined && { role }),
    ...(session !== 0 && { session }),
    streams: flow.streams,
  };
}

/** How a flow stands, or stood when the capture ended. */
export function flowState({ flow, state }: FlowEntry): FlowRow['state'] {
  if (flow === undefined) return state;
  return flow.reset ? 'reset' : flow.closed ? 'closed' : 'open';
}

export function flowRow(analysis: Analysis, entry: FlowEntry, origin: Moment): FlowRow {
  const { flow, worst } = entry;
  const span = flow ?? entry;
  const severity = severityOfRank(worst);
  const record = flowRecordOf(analysis, entry);
  return {
    ...record,
    number: record.flow,
    state: flowState(entry),
    elapsed: secondsBetween(origin, startOf(span)),
    duration: Math.max(0, secondsBetween(startOf(span), endOf(span))),
    activity: entry.activity?.bitsPerSecond ?? [],
    ...(severity !== undefined && { worst: severity }),
  };
}
