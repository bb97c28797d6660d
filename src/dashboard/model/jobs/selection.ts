import type { SaveWhat } from '../contract.ts';
import { ROWS_AT_ONCE } from '../limits.ts';
import { GrowingList } from '../lists/growing-list.ts';
import type { Job } from './job.ts';
import { hostsOf, joinedRanges, type Ranges, type Wanted } from './packet-choice.ts';
import type { SaveSources } from './save.ts';

/** The messages that are to be saved; its list has still to be searched to its end. */
export interface Chosen {
  readonly list: GrowingList;
}

/** Which messages are meant; or why none are. */
export function chooseMessages(
  { recorder, lists }: SaveSources,
  what: SaveWhat,
): Chosen | { readonly kind: 'refused'; readonly message: string } {
  const { messages } = recorder;
  const among = (numbers: readonly number[], of: (number: number) => number): Chosen => {
    const wanted = new Set(numbers);
    return {
      list: new GrowingList(messages, { accepts: (n) => wanted.has(of(n)), atOnce: ROWS_AT_ONCE.messages }),
    };
  };
  if (what.what !== 'all' && what.what !== 'view' && what.numbers.length === 0) {
    return { kind: 'refused', message: 'nothing is selected' };
  }
  switch (what.what) {
    case 'all':
      return { list: new GrowingList(messages, { atOnce: ROWS_AT_ONCE.messages }) };
    case 'messages':
      return among(what.numbers, (number) => number);
    case 'sessions':
      return among(what.numbers, (number) => messages.page(number).session[messages.rowOf(number)] ?? 0);
    case 'flows':
      return among(what.numbers, (number) => messages.page(number).flow[messages.rowOf(number)] ?? 0);
    case 'view': {
      const { scope, filter, hiddenIds } = what.view;
      const list = lists.growing('messages', {
        ...(scope !== undefined && { scope }),
        ...(filter !== undefined && { filter }),
        ...(hiddenIds !== undefined && { hiddenIds }),
      });
      return 'kind' in list ? { kind: 'refused', message: list.message } : { list };
    }
    default:
      return assertNever(what);
  }
}

/** Which packets are meant: those of whole flows, or those that carry the chosen messages. */
export async function choosePackets(
  sources: SaveSources,
  job: Job,
  what: Exclude<SaveWhat, { what: 'all' }>,
  { list }: Chosen,
): Promise<Wanted> {
  if (what.what === 'flows') return wholeFlows(sources, what.numbers);
  if (what.what === 'sessions') {
    return wholeFlows(
      sources,
      what.numbers.flatMap((number) => sources.session(number)?.flows ?? []),
    );
  }
  const { messages } = sources.recorder;
  const ranges = new Map<number, [number, number][]>();
  while (list.advance()) if (!(await job.breathe())) break;
  for (let place = 0; place < list.total; place++) {
    if (place % ROWS_AT_ONCE.messages === 0 && !(await job.breathe())) break;
    const { number } = list.entry(place);
    const page = messages.page(number);
    const row = messages.rowOf(number);
    const flow = page.flow[row] ?? 0;
    const last = page.lastPacket[row] ?? 0;
    const range: [number, number] = [last - (page.packetSpan[row] ?? 0), last];
    const known = ranges.get(flow);
    if (known === undefined) ranges.set(flow, [range]);
    else known.push(range);
  }
  const flows = new Map<number, Ranges>();
  for (const [flow, all] of ranges) flows.set(flow, joinedRanges(all));
  return { flows, hosts: new Set() };
}

function wholeFlows({ recorder }: SaveSources, numbers: readonly number[]): Wanted {
  const hosts = new Set<string>();
  for (const number of numbers) {
    const entry = recorder.flows.get(number);
    const flow = entry?.ends ?? entry?.flow;
    if (flow !== undefined) hosts.add(hostsOf(flow.address(0), flow.address(1)));
  }
  return { flows: new Map(numbers.map((number) => [number, 'all'])), hosts };
}

function assertNever(what: never): never {
  throw new Error(`nothing is called ${JSON.stringify(what)}`);
}
