import type { Asked } from '../session/exchanges.ts';
import { Claims } from './claims.ts';
import type { MediaKind } from './media-requests.ts';
import type { EndedFlow, Judge } from './rule.ts';
import { RunningStreams } from './running-streams.ts';
import type { Turn } from './turn.ts';

/** Sockets whose streams were stopped, of one session. */
const KEPT = 64;

export interface StoppedSocket {
  readonly at: Asked;
  /** Capture time of the answer. */
  readonly time: number;
  /** Holes until then: behind it, a start may be in one. */
  readonly losses: number;
}

/** A device that has not closed by then does not. */
const PATIENCE_SECONDS = 5;

/** What becomes of a data socket once the last stream on it was stopped (§4.8.1, §4.9.1). */
export class SocketAfterStop {
  readonly #kind: MediaKind;
  readonly #actions: readonly string[];
  readonly #claims = new Claims();
  readonly #streams: RunningStreams;
  readonly #stopped = new Map<number, StoppedSocket>();

  /** `actions`: those that stop in the way that the rule is about. */
  constructor(kind: MediaKind, ...actions: readonly string[]) {
    this.#kind = kind;
    this.#actions = actions;
    this.#streams = new RunningStreams(kind);
  }

  message(turn: Turn, losses: number): void {
    this.#claims.take(turn);
    const event = this.#streams.take(turn);
    if (event === undefined) return;
    const { request } = event;
    const flow = (this.#claims.find(this.#kind, request) ?? this.#claims.find(this.#kind))?.flow;
    if (flow === undefined) return;
    // Whatever is asked for later, the stop no longer says what becomes of the socket.
    this.#stopped.delete(flow);
    if (event.what !== 'stopped' || !this.#actions.includes(request.action)) return;
    // Where the control socket carries the data too, it stays; so does one that carries other streams.
    if (flow === turn.flow.number || this.#streams.running.size > 0 || turn.asked === undefined) return;
    if (this.#stopped.size < KEPT) this.#stopped.set(flow, { at: turn.asked, time: turn.time, losses });
  }

  /** The stop that the end of the connection follows; undefined where it follows none. */
  closed({ number }: EndedFlow): StoppedSocket | undefined {
    const stopped = this.#stopped.get(number);
    this.#stopped.delete(number);
    return stopped;
  }

  /** The device is due to close the socket by itself, soon after the stop. */
  mustClose(flow: EndedFlow, judge: Judge<'{seconds}', SocketAfterStop>): void {
    const stop = this.closed(flow);
    if (stop === undefined) return;
    const seconds = flow.time - stop.time;
    if (flow.by === 'device' && seconds <= PATIENCE_SECONDS) judge.obeyed();
    else if (seconds > PATIENCE_SECONDS) judge.missing(stop.at, { seconds }, stop.losses);
    else if (!flow.closed) judge.unsure('ended');
  }
}
