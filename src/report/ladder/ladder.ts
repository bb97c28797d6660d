import type { LadderLimits } from '../../analysis/limits.ts';
import type { Flow } from '../../reassembly/flow.ts';
import { PROTOCOL_TCP } from '../../reassembly/flow.ts';
import type { Message, Sender } from '../../session/message.ts';
import { formatAddress, formatEndpoint } from '../format/address.ts';
import { returnText } from '../records/message-record.ts';
import { repeats } from './repeats.ts';

/** One line of the diagram: a message, or a run of media or keepalives that stand for themselves. */
export interface Rung {
  /** Number of the first message. */
  readonly number: number;
  /** Seconds since the first rung, of the first message and of the last. */
  readonly from: number;
  until: number;
  readonly flow: number;
  readonly sender: Sender;
  readonly id: number;
  readonly name: string;
  /** What stands out: return code, channel. */
  readonly remark: string;
  /** Seconds from the request to this reply. */
  readonly response: number | undefined;
  readonly valid: boolean;
  readonly media: boolean;
  /** Messages that the line stands for. */
  count: number;
  /** Bytes of their bodies. */
  bytes: number;
}

/** A socket of the session. */
export interface LadderFlow {
  readonly flow: number;
  readonly client: string;
  readonly device: string;
}

/** A session drawn over its sockets. */
export interface Ladder {
  readonly session: number;
  /** In the order in which they first carried the session. */
  readonly flows: readonly LadderFlow[];
  readonly rungs: readonly Rung[];
  /** Messages left out at the end because there are too many. */
  readonly left: number;
}

interface Kept {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly rung: Rung;
  readonly foldable: boolean;
}

/** Collects the messages of one session while a capture is read. */
export class LadderCollector {
  readonly #session: number;
  readonly #limits: LadderLimits;
  readonly #flows: LadderFlow[] = [];
  readonly #rungs: Rung[] = [];
  /** Runs that the next message of their kind joins. */
  readonly #runs = new Map<string, Rung>();
  readonly #waiting = new Map<number, Kept[]>();
  #start: { readonly seconds: number; readonly nanoseconds: number } | undefined = undefined;
  #left = 0;

  /** @param session its number */
  constructor(session: number, limits: LadderLimits) {
    this.#session = session;
    this.#limits = limits;
  }

  message(message: Message): void {
    const { flow, session } = message;
    if (session === 0) {
      this.#wait(message);
      return;
    }
    const waiting = this.#waiting.get(flow.number);
    if (waiting !== undefined) this.#waiting.delete(flow.number);
    if (session !== this.#session) return;
    for (const kept of waiting ?? []) this.#add(kept, message);
    this.#add(keep(message), message);
  }

  flowEnded(flow: Flow): void {
    this.#waiting.delete(flow.number);
  }

  /** The diagram; undefined where there is no such session. */
  ladder(): Ladder | undefined {
    if (this.#rungs.length === 0) return undefined;
    return { session: this.#session, flows: this.#flows, rungs: this.#rungs, left: this.#left };
  }

  #wait(message: Message): void {
    const { flow } = message;
    if (flow.protocol !== PROTOCOL_TCP || message.media) return;
    let waiting = this.#waiting.get(flow.number);
    if (waiting === undefined) {
      waiting = [];
      this.#waiting.set(flow.number, waiting);
    }
    waiting.push(keep(message));
    if (waiting.length > this.#limits.beforeLogin) waiting.shift();
  }

  #add(kept: Kept, { flow, side, from }: Message): void {
    this.#start ??= kept;
    const at = kept.seconds - this.#start.seconds + (kept.nanoseconds - this.#start.nanoseconds) / 1e9;
    if (!this.#flows.some((known) => known.flow === flow.number)) {
      const deviceSide = from === 'device' ? side : side === 0 ? 1 : 0;
      const end = (which: 0 | 1) => formatEndpoint(formatAddress(flow.address(which)), flow.port(which));
      this.#flows.push({
        flow: flow.number,
        client: end(deviceSide === 0 ? 1 : 0),
        device: end(deviceSide),
      });
    }
    const { rung } = kept;
    const key = `${rung.flow} ${rung.sender} ${rung.id}`;
    const run = kept.foldable ? this.#runs.get(key) : undefined;
    if (run !== undefined) {
      run.count += 1;
      run.bytes += rung.bytes;
      run.until = at;
      return;
    }
    if (this.#rungs.length >= this.#limits.rungs) {
      this.#left += 1;
      return;
    }
    const placed = { ...rung, from: at, until: at };
    this.#rungs.push(placed);
    if (kept.foldable) this.#runs.set(key, placed);
    else this.#runs.clear();
  }
}

function keep(message: Message): Kept {
  const { header, name, media } = message;
  return {
    seconds: message.seconds,
    nanoseconds: message.nanoseconds,
    foldable: repeats(message),
    rung: {
      number: message.number,
      from: 0,
      until: 0,
      flow: message.flow.number,
      sender: message.from,
      id: header.messageId,
      name,
      remark: remark(message),
      response: message.responseSeconds,
      valid: message.valid,
      media,
      count: 1,
      bytes: message.length,
    },
  };
}

function remark(message: Message): string {
  if (message.media) return `channel ${message.header.byte12}`;
  if (message.ret === undefined) return '';
  const meaning = returnText(message);
  return meaning === undefined ? String(message.ret) : `${message.ret} ${meaning}`;
}
