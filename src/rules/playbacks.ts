import type { Asked } from '../session/exchanges.ts';
import { DOWNLOAD_DATA, isAccepted, type MediaRequest, mediaRequest, PLAY_DATA } from './media-requests.ts';
import { OpenRequests } from './open-requests.ts';
import type { Turn } from './turn.ts';

/** Recordings remembered as running in a session: more than the four that §4.9.1 allows. */
const KEPT = 32;

export interface Playback {
  readonly request: MediaRequest;
  readonly at: Asked;
  /** Message id of its data. */
  readonly messageId: number;
  /** Holes in the session when it was asked for. */
  readonly losses: number;
  accepted: boolean;
  paused: boolean;
  /** Capture time of its last data; undefined before the first. */
  heard: number | undefined;
}

export type PlaybackEvent =
  | { readonly what: 'asked' | 'accepted'; readonly playback: Playback }
  | { readonly what: 'control'; readonly request: MediaRequest; readonly playback: Playback | undefined }
  | undefined;

/** The recordings that a session plays and downloads: a download counts as a playback (§4.10). */
export class Playbacks {
  readonly running: Playback[] = [];
  /** When the last one ended by itself. */
  endedAt: number | undefined = undefined;
  readonly #open = new OpenRequests<Playback>();

  /** Takes a request, its answer, or the notice of an end. */
  take(turn: Turn, losses: number): PlaybackEvent {
    if (turn.name === 'PLAY_EOF') {
      const [first] = this.running;
      if (first !== undefined) this.#remove(first, turn.time);
      return undefined;
    }
    const answered = this.#open.answered(turn);
    if (answered !== undefined) return this.#answer(turn, answered);
    const request = mediaRequest(turn);
    if (turn.name !== 'PLAY_REQ' || request === undefined) return undefined;
    return request.starts ? this.#start(turn, request, losses) : this.#control(turn, request);
  }

  /** Takes data; gives the playback that it ends. */
  data(turn: Turn): Playback | undefined {
    const { messageId, byte12: channel } = turn.header;
    const ends = turn.header.byte13 === 1 || turn.length === 0;
    let found: Playback | undefined;
    for (const playback of this.running) {
      if (playback.messageId !== messageId) continue;
      playback.heard = turn.time;
      // Most devices leave the channel out of the header: then the oldest is as good as any.
      if (
        found === undefined ||
        (found.request.channel !== channel && playback.request.channel === channel)
      ) {
        found = playback;
      }
    }
    if (ends && found !== undefined) this.#remove(found, turn.time);
    return ends ? found : undefined;
  }

  #start(turn: Turn, request: MediaRequest, losses: number): PlaybackEvent {
    const messageId = request.action === 'DownloadStart' ? DOWNLOAD_DATA : PLAY_DATA;
    const playback = {
      request,
      at: turn.cite(),
      messageId,
      losses,
      accepted: false,
      paused: false,
      heard: undefined,
    };
    // Who starts a recording again goes to another place in it.
    const same = this.running.findIndex(
      (other) => other.messageId === messageId && other.request.fileName === request.fileName,
    );
    if (same !== -1) this.running.splice(same, 1);
    this.running.push(playback);
    if (this.running.length > KEPT) this.running.shift();
    this.#open.ask(turn, playback);
    return { what: 'asked', playback };
  }

  #answer(turn: Turn, playback: Playback): PlaybackEvent {
    if (isAccepted(turn) === false) {
      this.#remove(playback, undefined);
      return undefined;
    }
    playback.accepted = true;
    return { what: 'accepted', playback };
  }

  #control(turn: Turn, request: MediaRequest): PlaybackEvent {
    const { action, fileName } = request;
    const playback = this.running.find((one) => one.request.fileName === fileName) ?? this.running.at(-1);
    if (playback !== undefined) {
      if (request.stops) this.#remove(playback, undefined);
      else playback.paused = action.endsWith('Pause');
      if (playback.heard !== undefined) playback.heard = turn.time;
    }
    return { what: 'control', request, playback };
  }

  #remove(playback: Playback, endedAt: number | undefined): void {
    const place = this.running.indexOf(playback);
    if (place !== -1) this.running.splice(place, 1);
    if (endedAt !== undefined) this.endedAt = endedAt;
  }
}
