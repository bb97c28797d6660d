import { type Flow, PROTOCOL_UDP, type Side } from '../../reassembly/flow.ts';
import type { DvripFlow } from '../../session/dvrip-flow.ts';
import { formatAddress } from '../format/address.ts';
import { communityId } from '../format/community-id.ts';
import { formatTime } from '../format/time.ts';
import type { FlowRecord } from './schemas.ts';

/** The record of a flow. `digests` holds the SHA-256 of each side's bytes, where they were asked for. */
export function flowRecord(
  flow: Flow,
  dvrip: DvripFlow | undefined,
  digests?: readonly [string, string],
): FlowRecord {
  const { client, server } = flow;
  const startTime = formatTime(flow.startSeconds, flow.startNanoseconds);
  const endTime = formatTime(flow.endSeconds, flow.endNanoseconds);
  const role = dvrip?.role;
  const session = dvrip?.session ?? 0;
  return {
    schema: 'dvrscope.flow/1',
    flow: flow.number,
    protocol: flow.protocol === PROTOCOL_UDP ? 'udp' : 'tcp',
    client: { address: formatAddress(flow.address(client)), port: flow.port(client) },
    server: { address: formatAddress(flow.address(server)), port: flow.port(server) },
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
    packets: flow.packets,
    dvrip: dvrip?.recognised ?? false,
    ...(role !== undefined && { role }),
    ...(session !== 0 && { session }),
    communityId: communityId(flow.protocol, flow.address(0), flow.port0, flow.address(1), flow.port1),
    streams: [stream(flow, client, 'client', digests), stream(flow, server, 'server', digests)],
  };
}

function stream(
  flow: Flow,
  side: Side,
  from: 'client' | 'server',
  digests: readonly [string, string] | undefined,
): FlowRecord['streams'][0] {
  const direction = flow.streams[side];
  return {
    from,
    bytes: direction.bytes,
    gaps: direction.gaps,
    gapBytes: direction.gapBytes,
    retransmittedBytes: direction.retransmittedBytes,
    outOfOrderSegments: direction.outOfOrderSegments,
    conflictingBytes: direction.conflictingBytes,
    ...(digests !== undefined && { sha256: digests[side] }),
  };
}
