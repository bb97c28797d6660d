import type { PacketRing } from '../../../capture/ring/packet-ring.ts';
import { plural } from '../../../report/format/table.ts';
import type { SaveWhat } from '../contract.ts';
import type { FlowEntry } from '../index/flow-index.ts';
import { ROWS_AT_ONCE } from '../limits.ts';
import { endsOfEntry } from './flow-ends.ts';
import type { Job } from './job.ts';
import { hostsOf, joinedRanges, type Ranges } from './packet-choice.ts';
import type { RingWanted, Span } from './ring-choice.ts';
import type { SaveSources } from './save.ts';
import type { Chosen } from './selection.ts';

/** Which packets of a ring are meant, from which to which number; and what has left it, for whoever saves them. */
export interface RingSelection {
  readonly wanted: RingWanted;
  readonly from: number;
  readonly to: number;
  readonly notes: readonly string[];
}

/** `gone`: nothing of what is meant is there. */
type Selected = RingSelection | { readonly gone: string };

/** The packets of whole flows, or those that carry the chosen messages, as far as the ring has them. */
export async function selectOfRing(
  sources: SaveSources,
  ring: PacketRing,
  job: Job,
  what: Exclude<SaveWhat, { what: 'all' }>,
  chosen: Chosen,
): Promise<Selected> {
  switch (what.what) {
    case 'flows':
      return wholeFlows(sources, ring, what.numbers);
    case 'sessions':
      return wholeFlows(
        sources,
        ring,
        what.numbers.flatMap((number) => sources.session(number)?.flows ?? []),
      );
    case 'messages':
    case 'view':
      return someMessages(sources, ring, job, chosen);
    default:
      return assertNever(what);
  }
}

async function someMessages(
  { recorder }: SaveSources,
  ring: PacketRing,
  job: Job,
  { list }: Chosen,
): Promise<Selected> {
  const { messages, flows } = recorder;
  const ranges = new Map<string, [number, number][]>();
  let left = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  while (list.advance()) if (!(await job.breathe())) break;
  // Messages that come while it is looked through are not part of it.
  const { total } = list;
  for (let place = 0; place < Math.min(total, list.total); place++) {
    if (place % ROWS_AT_ONCE.messages === 0 && !(await job.breathe())) break;
    const { number } = list.entry(place);
    if (!messages.has(number)) continue;
    const page = messages.page(number);
    const row = messages.rowOf(number);
    const last = page.lastPacket[row] ?? 0;
    const first = last - (page.packetSpan[row] ?? 0);
    const entry = flows.get(page.flow[row] ?? 0);
    if (entry === undefined || ring.whereabouts(first, last) !== 'kept') {
      left += 1;
      continue;
    }
    from = Math.min(from, first);
    to = Math.max(to, last);
    const ends = endsOfEntry(entry);
    const known = ranges.get(ends);
    if (known === undefined) ranges.set(ends, [[first, last]]);
    else known.push([first, last]);
  }
  if (ranges.size === 0)
    return {
      gone:
        left === 1
          ? 'the packets of the message have left the ring'
          : 'the packets of these messages have left the ring',
    };
  const wanted = new Map<string, { readonly ranges: Ranges; readonly spans: readonly Span[] }>();
  for (const [ends, all] of ranges) wanted.set(ends, { ranges: joinedRanges(all), spans: [] });
  const notes = left === 0 ? [] : [`without ${plural(left, 'message')}, no longer in the ring`];
  return { wanted: { flows: wanted, hosts: new Map() }, from, to, notes };
}

function wholeFlows({ recorder }: SaveSources, ring: PacketRing, numbers: readonly number[]): Selected {
  const { oldest } = ring;
  const spans = new Map<string, Span[]>();
  const hosts = new Map<string, Span[]>();
  let gone = 0;
  let begun = 0;
  for (const number of numbers) {
    const entry = recorder.flows.get(number);
    const span = entry === undefined ? undefined : spanOf(entry);
    if (entry === undefined || span === undefined || oldest === undefined || span.to < oldest.seconds) {
      gone += 1;
      continue;
    }
    if (span.from < oldest.seconds && oldest.first > 1) begun += 1;
    add(spans, endsOfEntry(entry), span);
    const flow = entry.ends ?? entry.flow;
    if (flow !== undefined) add(hosts, hostsOf(flow.address(0), flow.address(1)), span);
  }
  if (oldest === undefined || spans.size === 0) return { gone: 'all of their packets have left the ring' };
  const flows = new Map([...spans].map(([ends, all]) => [ends, { ranges: [], spans: all }]));
  return {
    wanted: { flows, hosts },
    from: oldest.first,
    to: Number.POSITIVE_INFINITY,
    notes: [
      ...(gone > 0 ? [`without ${plural(gone, 'flow')}, no longer in the ring`] : []),
      ...(begun > 0 ? [`${plural(begun, 'flow')} without the beginning, no longer in the ring`] : []),
    ],
  };
}

/** Undefined where it has not begun; a flow that is open has no end. */
function spanOf({ flow, startSeconds, startNanoseconds, endSeconds, endNanoseconds }: FlowEntry): Span {
  const from = startSeconds + startNanoseconds / 1e9;
  if (flow !== undefined) {
    return { from: flow.startSeconds + flow.startNanoseconds / 1e9, to: Number.POSITIVE_INFINITY };
  }
  return { from, to: endSeconds + endNanoseconds / 1e9 };
}

function add(to: Map<string, Span[]>, key: string, span: Span): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [span]);
  else known.push(span);
}

function assertNever(what: never): never {
  throw new Error(`nothing is called ${JSON.stringify(what)}`);
}
