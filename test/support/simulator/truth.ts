/** Joins the logs of both sides into flows: what was sent, by whom, in which order. */
import type { Endpoint, LoggedFlow, SideLog } from './log.ts';
import { directionKey } from './pcap-file.ts';
import type { LoggedRefusal, LoggedSession } from './session-log.ts';

export interface TrueFlow {
  readonly protocol: 'tcp' | 'udp';
  /** Who opened the connection, or sent the first datagram. */
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** What the opener sent; undefined where it sent nothing. */
  readonly forward: LoggedFlow | undefined;
  readonly backward: LoggedFlow | undefined;
}

export interface Truth {
  readonly flows: readonly TrueFlow[];
  readonly sessions: readonly LoggedSession[];
  readonly refusals: readonly LoggedRefusal[];
}

/** Flows in the order of their openings. A flow to a broadcast address has but one side. */
export function joinLogs(client: SideLog, device: SideLog): Truth {
  const all = [...client.flows, ...device.flows].sort((a, b) => a.openedAt - b.openedAt);
  const bySender = new Map(all.map((flow) => [directionKey(flow.protocol, flow.local, flow.remote), flow]));
  const taken = new Set<LoggedFlow>();
  const flows: TrueFlow[] = [];
  // A server may learn of a connection before its opener does; the opener's side still names the flow.
  for (const flow of all) {
    if (taken.has(flow)) continue;
    const other = bySender.get(directionKey(flow.protocol, flow.remote, flow.local));
    const isOpener = other === undefined || flow.opener;
    const [forward, backward] = isOpener ? [flow, other] : [other, flow];
    taken.add(flow);
    if (other !== undefined) taken.add(other);
    const { protocol } = flow;
    const client = isOpener ? flow.local : flow.remote;
    const server = isOpener ? flow.remote : flow.local;
    flows.push({ protocol, client, server, forward, backward });
  }
  return { flows, sessions: [...device.sessions], refusals: [...device.refusals] };
}

/** A half-open range of stream offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Sorted, without overlaps and touching ends. */
export function mergeRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) merged.push({ start, end });
  }
  return merged;
}

export function overlapBytes(ranges: readonly Range[], start: number, end: number): number {
  return ranges.reduce(
    (sum, range) => sum + Math.max(0, Math.min(end, range.end) - Math.max(start, range.start)),
    0,
  );
}

export function covers(ranges: readonly Range[], start: number, end: number): boolean {
  return overlapBytes(ranges, start, end) === end - start;
}
