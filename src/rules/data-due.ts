import type { Asked } from '../session/exchanges.ts';
import { Claims } from './claims.ts';
import { heardByState } from './heard-by-state.ts';
import {
  CLAIM_ANSWERS,
  CLAIMS,
  isAccepted,
  MEDIA_REQUESTS,
  type MediaKind,
  type MediaRequest,
  mediaRequest,
} from './media-requests.ts';
import { OpenRequests } from './open-requests.ts';
import type { Judge } from './rule.ts';
import type { Turn } from './turn.ts';

/** A device may wait for the next key frame, and those may be rare (field notes §7.1). */
const PATIENCE_SECONDS = 10;
/** Starts that wait for data; more than a client has at once. */
const WAITING = 64;

/** All other messages only tell that time goes by. */
const ABOUT_MEDIA: ReadonlySet<string> = new Set([
  ...CLAIMS,
  ...CLAIM_ANSWERS,
  ...MEDIA_REQUESTS,
  ...MEDIA_REQUESTS.map((name) => name.replace('_REQ', '_RSP')),
]);
const GOES_ON = new Set(['Continue', 'DownloadContinue']);

interface Owed {
  readonly at: Asked;
  readonly request: MediaRequest;
  /** Socket that is claimed for it; undefined where the capture does not tell. */
  readonly flow: number | undefined;
  readonly accepted: number;
  readonly losses: number;
}

/** What must follow a start: data of one message id. */
export interface Awaited {
  readonly kind: MediaKind;
  readonly messageId: number;
  /** The actions that ask for it. */
  readonly actions: readonly string[];
}

type DataJudge = Judge<'{seconds}', DataDue>;

/** Data that is owed because a start was accepted (§4.8 … §4.11); the state of the rules that ask for it. */
class DataDue {
  readonly #awaited: Awaited;
  readonly #claims = new Claims();
  readonly #asked = new OpenRequests<MediaRequest>();
  #owed: Owed[] = [];
  #now = 0;

  constructor(awaited: Awaited) {
    this.#awaited = awaited;
  }

  /** A control message of the session. */
  message(turn: Turn, judge: DataJudge): void {
    this.#now = turn.time;
    if (ABOUT_MEDIA.has(turn.name) && this.#claims.take(turn) === undefined) this.#request(turn, judge);
    if (this.#owed.length === 0) return;
    const late = this.#owed.filter(({ accepted }) => turn.time - accepted > PATIENCE_SECONDS);
    if (late.length === 0) return;
    this.#owed = this.#owed.filter((owed) => !late.includes(owed));
    for (const { at, accepted, losses } of late) {
      judge.missing(at, { seconds: turn.time - accepted }, losses);
    }
  }

  /** Media of the session. */
  media(turn: Turn, judge: DataJudge): void {
    if (turn.header.messageId !== this.#awaited.messageId || this.#owed.length === 0) return;
    const flow = turn.flow.number;
    const channel = turn.header.byte12;
    const place = this.#owed.findIndex(
      (owed) =>
        (owed.flow === undefined || owed.flow === flow) &&
        // Most devices leave the channel out of the header.
        (channel === 0 || owed.request.channel === undefined || owed.request.channel === channel),
    );
    if (place === -1) return;
    this.#owed.splice(place, 1);
    judge.obeyed();
  }

  end(judge: DataJudge): void {
    for (const { at, accepted, losses } of this.#owed) {
      const seconds = this.#now - accepted;
      if (seconds > PATIENCE_SECONDS) judge.missing(at, { seconds }, losses);
      else judge.unsure('ended');
    }
  }

  #request(turn: Turn, judge: DataJudge): void {
    const asked = this.#asked.answered(turn);
    if (asked !== undefined) {
      if (isAccepted(turn) !== true || turn.asked === undefined) return;
      if (this.#owed.length >= WAITING) {
        judge.unsure('evicted');
        return;
      }
      const flow = this.#claims.find(asked.kind, asked)?.flow;
      this.#owed.push({ at: turn.asked, request: asked, flow, accepted: turn.time, losses: judge.losses });
      return;
    }
    const request = mediaRequest(turn);
    if (request?.kind !== this.#awaited.kind || turn.name.endsWith('_CLAIM')) return;
    if (this.#awaited.actions.includes(request.action)) this.#asked.ask(turn, request);
    // Who gives up, or asks for a pause, is owed nothing.
    else if (!request.starts && !GOES_ON.has(request.action))
      this.#owed = this.#owed.filter((owed) => !isAbout(request, owed));
  }
}

function isAbout({ channel, fileName }: MediaRequest, { request }: Owed): boolean {
  return (
    (channel === undefined || request.channel === undefined || channel === request.channel) &&
    (fileName === undefined || request.fileName === undefined || fileName === request.fileName)
  );
}

/** What the rules have in common that ask for data once a start was accepted. */
export function dataAfterStart(awaited: Awaited) {
  const observes = heardByState<'{seconds}', DataDue>();
  const state = () => new DataDue(awaited);
  return { level: 'should', scope: 'session', steady: 'once', state, observes } as const;
}
