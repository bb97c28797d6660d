import type { Asked } from '../session/exchanges.ts';
import { QUEUE_JITTER_SECONDS } from '../session/queue-jitter.ts';
import { isAccepted, type MediaKind, type MediaRequest, mediaRequest } from './media-requests.ts';
import { OpenRequests } from './open-requests.ts';
import type { Turn } from './turn.ts';

/** So far apart, what came on two sockets whose packets were captured out of order proves no order. */
export const CROSSING_SECONDS = 0.1;

/** When something came, on which socket, and whether the packets there were captured in order. */
export interface Moment {
  readonly time: number;
  readonly flow: number;
  readonly shuffled: boolean;
}

export function momentOf({ time, flow }: Turn): Moment {
  return { time, flow: flow.number, shuffled: flow.shuffled };
}

/** The two came on two sockets at one time, as far as anybody can tell: either may have been first. */
export function areTogether(a: Moment, b: Moment): boolean {
  return a.flow !== b.flow && Math.abs(a.time - b.time) <= QUEUE_JITTER_SECONDS;
}

/** Whether the two may have come in the other order. */
export function mayCross(a: Moment, b: Moment): boolean {
  return (a.shuffled || b.shuffled) && Math.abs(a.time - b.time) <= CROSSING_SECONDS;
}

/** Claims remembered of one session: more than a recorder has channels. */
const KEPT = 128;

export interface Claim {
  readonly request: MediaRequest;
  /** Number of the socket that it was sent on. */
  readonly flow: number;
  readonly at: Asked;
  state: 'asked' | 'accepted' | 'refused';
}

/** The claims of a session (§4.8): which socket is to carry what. */
export class Claims {
  readonly kept: Claim[] = [];
  /** Some were let go. */
  forgot = false;
  readonly #open = new OpenRequests<Claim>();

  /** Takes a claim, or the answer to one; gives the claim that it is about. */
  take(turn: Turn): Claim | undefined {
    if (turn.name.endsWith('_RSP')) {
      const claim = this.#open.answered(turn);
      // What cannot be read may have been a yes.
      if (claim !== undefined) claim.state = isAccepted(turn) === false ? 'refused' : 'accepted';
      return claim;
    }
    const request = mediaRequest(turn);
    if (request?.action !== 'Claim') return undefined;
    const claim: Claim = { request, flow: turn.flow.number, at: turn.cite(), state: 'asked' };
    this.#open.ask(turn, claim);
    this.kept.push(claim);
    if (this.kept.length > KEPT) {
      this.kept.shift();
      this.forgot = true;
    }
    return claim;
  }

  /** The latest claim of a kind that is not refused and, where a stream is told, is for that stream. */
  find(kind: MediaKind, stream?: MediaRequest): Claim | undefined {
    return this.kept.findLast(
      ({ request, state }) =>
        request.kind === kind &&
        state !== 'refused' &&
        (stream === undefined || isSameStream(request, stream)),
    );
  }
}

/** Channel and stream type agree, as far as both tell. */
function isSameStream(a: MediaRequest, b: MediaRequest): boolean {
  return agree(a.channel, b.channel) && agree(a.streamType, b.streamType);
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
