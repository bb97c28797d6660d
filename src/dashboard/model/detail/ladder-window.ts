import { formatAddress, formatEndpoint } from '../../../report/format/address.ts';
import type { LadderFlow } from '../../../report/ladder/ladder.ts';
import { returnText } from '../../../report/records/message-record.ts';
import type { LadderRung, Moment } from '../contract.ts';
import type { MessageMemory } from '../index/message-memory.ts';
import { SEVERITY_SHIFT } from '../index/message-page.ts';
import { severityOfRank } from '../index/severity.ts';
import type { GrowingList } from '../lists/growing-list.ts';
import { secondsBetween } from '../rows/elapsed.ts';

/** The sockets of one session, in the order in which they first carried it; found as its list grows. */
export class LadderFlows {
  readonly session: number;
  readonly #flows = new Map<number, LadderFlow>();
  /** The last row that was looked at. */
  #looked = 0;

  constructor(session: number) {
    this.session = session;
  }

  /** Looks at the rows that are new. */
  of(list: GrowingList, memory: MessageMemory): readonly LadderFlow[] {
    const { total } = list;
    for (let place = this.#looked === 0 ? 0 : list.placeOf(this.#looked) + 1; place < total; place++) {
      const { number } = list.entry(place);
      this.#looked = number;
      const flow = memory.index.page(number).flow[memory.index.rowOf(number)] ?? 0;
      if (!this.#flows.has(flow)) this.#flows.set(flow, endsOf(number, memory));
    }
    return [...this.#flows.values()];
  }
}

function endsOf(number: number, memory: MessageMemory): LadderFlow {
  const { flow, from, side } = memory.columns(number);
  const deviceSide = from === 'device' ? side : side === 0 ? 1 : 0;
  const end = (which: 0 | 1) => formatEndpoint(formatAddress(flow.address(which)), flow.port(which));
  return { flow: flow.number, client: end(deviceSide === 0 ? 1 : 0), device: end(deviceSide) };
}

/** When a session's ladder begins. */
export function ladderStart(list: GrowingList, memory: MessageMemory): Moment {
  return list.total === 0 ? { seconds: 0, nanoseconds: 0 } : momentOf(list.entry(0).number, memory);
}

/** The rung at a place of a session's folded list. */
export function rungAt(list: GrowingList, place: number, memory: MessageMemory, start: Moment): LadderRung {
  const { number, last, count, bytes } = list.entry(place);
  const { index } = memory;
  const message = memory.columns(number);
  const { header, media, ret, replyTo, name, valid } = message;
  const worst = severityOfRank((index.page(number).flags[index.rowOf(number)] ?? 0) >> SEVERITY_SHIFT);
  const meaning = returnText(message);
  const remark = media
    ? `channel ${header.byte12}`
    : ret === undefined
      ? ''
      : meaning === undefined
        ? String(ret)
        : `${ret} ${meaning}`;
  return {
    number,
    from: secondsBetween(start, message),
    until: secondsBetween(start, momentOf(last, memory)),
    flow: message.flow.number,
    sender: message.from,
    id: header.messageId,
    name,
    remark,
    response: message.responseSeconds,
    valid,
    media,
    count,
    bytes,
    ...(worst !== undefined && { worst }),
    ...(ret !== undefined && { ret }),
    ...(replyTo !== 0 && { replyTo }),
  };
}

function momentOf(number: number, { index }: MessageMemory): Moment {
  const page = index.page(number);
  const row = index.rowOf(number);
  return { seconds: page.seconds[row] ?? 0, nanoseconds: page.nanoseconds[row] ?? 0 };
}
