import { areTogether, type Moment, momentOf } from './claims.ts';
import { isAccepted, type MediaKind, type MediaRequest, mediaRequest } from './media-requests.ts';
import { OpenRequests } from './open-requests.ts';
import type { Turn } from './turn.ts';

/** Streams of one kind remembered as running in a session. */
const KEPT = 128;

export type StreamEvent =
  | { readonly what: 'asked to start' | 'asked to stop' | 'stopped'; readonly request: MediaRequest }
  | undefined;

/** The streams of one kind that a session has asked for and not stopped (§4.8 … §4.11). */
export class RunningStreams {
  /** By stream: when it was last asked for. */
  readonly running = new Map<string, Moment>();
  /** Some were let go. */
  forgot = false;
  readonly #kind: MediaKind;
  readonly #open = new OpenRequests<MediaRequest>();

  constructor(kind: MediaKind) {
    this.#kind = kind;
  }

  has(request: MediaRequest): boolean {
    return this.running.has(keyOf(request));
  }

  /** Takes a request about the kind, a claim that starts too, or an answer to one of them. */
  take(turn: Turn): StreamEvent {
    const answered = this.#open.answered(turn);
    if (answered !== undefined) return this.#answer(turn, answered);
    const request = mediaRequest(turn);
    if (request?.kind !== this.#kind || !(request.starts || request.stops)) return undefined;
    this.#open.ask(turn, request);
    if (request.stops) return { what: 'asked to stop', request };
    // Until it is refused: data may come before the answer does.
    if (this.running.size < KEPT) this.running.set(keyOf(request), momentOf(turn));
    else this.forgot = true;
    return { what: 'asked to start', request };
  }

  #answer(turn: Turn, request: MediaRequest): StreamEvent {
    const accepted = isAccepted(turn);
    if (request.starts) {
      if (accepted === false) this.running.delete(keyOf(request));
      return undefined;
    }
    if (accepted !== true) return undefined;
    const started = this.running.get(keyOf(request));
    // Started anew on another socket, whose packet was captured before this answer.
    if (started !== undefined && areTogether(started, momentOf(turn))) return undefined;
    this.running.delete(keyOf(request));
    // Or it answers the start, and what answers the stop is in a hole.
    return turn.pairDoubt === undefined ? { what: 'stopped', request } : undefined;
  }
}

function keyOf({ channel, streamType, fileName }: MediaRequest): string {
  return `${channel ?? ''}|${streamType ?? ''}|${fileName ?? ''}`;
}
