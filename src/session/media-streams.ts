import { Oldest } from '../../dissectors/core/oldest.ts';
import type { Header } from '../../dissectors/dvrip/header.ts';
import type { MediaTotals } from '../../dissectors/dvrip/media-chunks.ts';
import { describeMessage } from '../../schemas/registry.ts';
import type { CaptureTime } from '../reassembly/capture-time.ts';
import type { DvripFlow } from './dvrip-flow.ts';
import { MediaStream, type MediaStreamLimits } from './media-stream.ts';
import type { MediaTap } from './media-tap.ts';
import type { Message } from './message.ts';
import type { Session } from './session.ts';
import { type StreamKind, type StreamRequest, streamKind, streamRequest } from './stream-request.ts';

export interface MediaLimits extends MediaStreamLimits {
  /** Media streams followed at once in one direction of a flow. */
  readonly mediaStreams: number;
  /** Media streams followed at once over all flows. */
  readonly mediaStreamsInAll: number;
  /** Media streams remembered, over all sessions; later ones are followed but not listed. */
  readonly mediaStreamsKept: number;
  /** Of them, those of one session, or of none; beyond, the oldest that has ended is let go. */
  readonly mediaStreamsOfSession: number;
  /** Sessions whose requests for media are remembered. */
  readonly mediaSessions: number;
}

/** AVTalk, of the field notes: byte 12 of its header numbers groups of packets, not channels (§6.6). */
export const AVTALK_DATA = 1419;
/** Where EndFlag is used (§3.2). */
const ENDS_WITH_FLAG: ReadonlySet<StreamKind> = new Set(['playback', 'download', 'snapshot', 'upgrade']);
/** Requests remembered of one session or flow: more channels than a client asks for between two answers. */
const REQUESTS_KEPT = 16;
/** Streams of one session that a stop or a new start may be about: each request is held against all of them. */
const RUNNING_KEPT = 64;

/** What is known of the media of one session. */
class SessionMedia {
  /** In the order of their beginning. */
  readonly streams = new Set<MediaStream>();
  /** Those among them that have ended, in that order. */
  readonly ended = new Set<MediaStream>();
  readonly oldestEnded = new Oldest(() => this.ended.values());
  /** Those among the latest that a request may still be about. */
  readonly running: MediaStream[] = [];
  readonly requests: StreamRequest[] = [];
}

/** Every media stream of a run, tied to its session and to the request that asked for it. */
export class MediaStreams {
  readonly totals: MediaTotals = {
    videoFrames: 0,
    videoBytes: 0,
    audioFrames: 0,
    audioBytes: 0,
    cutFrames: 0,
  };
  readonly #limits: MediaLimits;
  readonly #time: CaptureTime;
  readonly #tap: MediaTap | undefined;
  readonly #ended: (stream: MediaStream) => void;
  readonly #sessions = new Map<number, SessionMedia>();
  /** Claims and starts seen on a socket; they bind more closely than those of its session. */
  readonly #claims = new WeakMap<DvripFlow, StreamRequest[]>();
  #following = 0;
  #kept = 0;
  #refused = 0;
  #refusedInAll = 0;
  #unlisted = 0;
  #letGo = 0;
  #sessionsRefused = 0;

  /** `time` is kept by the caller; `tap` sees the payload of streams; `ended` is told of each that ends. */
  constructor(
    limits: MediaLimits,
    time: CaptureTime,
    tap: MediaTap | undefined,
    ended: (stream: MediaStream) => void,
  ) {
    this.#ended = ended;
    this.#limits = limits;
    this.#time = time;
    this.#tap = tap;
  }

  /** How often something was left out for each limit. */
  get limitsReached(): Readonly<Record<string, number>> {
    return {
      mediaStreams: this.#refused,
      mediaStreamsInAll: this.#refusedInAll,
      mediaStreamsKept: this.#unlisted,
      mediaStreamsOfSession: this.#letGo,
      mediaSessions: this.#sessionsRefused,
    };
  }

  /** The streams of a session in the order of their beginning; of session 0, those that belong to none. */
  ofSession(session: number): readonly MediaStream[] {
    return [...(this.#sessions.get(session)?.streams ?? [])];
  }

  /** A session and what was known of its streams is let go. */
  forget(session: number): void {
    this.#kept -= this.#sessions.get(session)?.streams.size ?? 0;
    this.#sessions.delete(session);
  }

  /** The streams of all sessions, by session. */
  *all(): Iterable<MediaStream> {
    for (const { streams } of this.#sessions.values()) yield* streams;
  }

  /**
   * Begins the stream of a header in a direction that has `present` of them; undefined where too many are
   * followed, or the id carries no stream.
   */
  open(dvrip: DvripFlow, session: number, header: Header, present: number): MediaStream | undefined {
    const { messageId } = header;
    const kind = streamKind(messageId);
    if (kind === undefined) return undefined;
    if (present >= this.#limits.mediaStreams) {
      this.#refused += 1;
      return undefined;
    }
    if (this.#following >= this.#limits.mediaStreamsInAll) {
      this.#refusedInAll += 1;
      return undefined;
    }
    this.#following += 1;
    const channel = messageId === AVTALK_DATA ? 0 : header.byte12;
    const origin = { flow: dvrip.flow.number, session, messageId, kind, headerChannel: channel };
    const request = this.#requestFor(dvrip, kind, session, channel);
    const carrier = describeMessage('field', messageId)?.carrier;
    const chunked = carrier === 'media' || carrier === 'jpeg-or-json';
    return new MediaStream(origin, request, chunked, this.#time, this.totals, this.#limits, this.#tap);
  }

  /** Nothing more will come of a stream. */
  close(stream: MediaStream): void {
    if (stream.closed) return;
    stream.end();
    this.#following -= 1;
    const media = this.#sessions.get(stream.session);
    if (media?.streams.has(stream) === true) media.ended.add(stream);
    this.#ended(stream);
  }

  /** A message of a media stream is complete. `shared` as in {@link MediaStream.message}. */
  mediaMessage(stream: MediaStream, message: Message, shared: number): void {
    const { header } = message;
    if (stream.messages === 0) this.#list(stream, message);
    stream.message(message, shared);
    // The end flag, or a body of no length, closes recordings and upgrades (field notes §7.2, §7.5).
    const { kind } = stream.origin;
    const flagged = header.byte13 === 1 && ENDS_WITH_FLAG.has(kind);
    if (flagged || (message.length === 0 && kind !== 'monitor')) {
      stream.ending = 'end-flag';
      this.close(stream);
    }
  }

  /** A control message: the requests among them say what streams are about. */
  controlMessage(message: Message): void {
    const request = streamRequest(message);
    if (request === undefined) return;
    const media = this.#ofSession(message.belongsTo);
    if (request.does === 'stop') {
      for (const stream of media?.running ?? []) if (isMeant(stream, request)) stream.ending = 'stopped';
      return;
    }
    for (const stream of media?.running ?? []) {
      if (stream.ending === 'stopped' && request.kinds.includes(stream.origin.kind)) stream.over = true;
    }
    remember(media?.requests, request);
    const { dvrip } = message;
    let claims = this.#claims.get(dvrip);
    if (claims === undefined) {
      claims = [];
      this.#claims.set(dvrip, claims);
    }
    remember(claims, request);
  }

  /** Undefined for a session that was let go: nothing would ever forget it again. */
  #ofSession(owner: Session | undefined): SessionMedia | undefined {
    const session = owner?.number ?? 0;
    let media = this.#sessions.get(session);
    if (media !== undefined || owner?.letGo === true) return media;
    if (this.#sessions.size >= this.#limits.mediaSessions) {
      this.#sessionsRefused += 1;
      return undefined;
    }
    media = new SessionMedia();
    this.#sessions.set(session, media);
    return media;
  }

  #list(stream: MediaStream, message: Message): void {
    stream.session = message.session;
    stream.from = message.from;
    const media = this.#ofSession(message.belongsTo);
    if (media === undefined) return;
    if (media.streams.size >= this.#limits.mediaStreamsOfSession) this.#makeRoom(media);
    if (this.#kept >= this.#limits.mediaStreamsKept) {
      this.#unlisted += 1;
      return;
    }
    media.streams.add(stream);
    media.running.push(stream);
    if (media.running.length > RUNNING_KEPT) media.running.shift();
    this.#kept += 1;
  }

  #makeRoom({ streams, ended, oldestEnded }: SessionMedia): void {
    const oldest = oldestEnded.take();
    if (oldest === undefined) return;
    ended.delete(oldest);
    streams.delete(oldest);
    this.#kept -= 1;
    this.#letGo += 1;
  }

  /** The latest request of the socket, else of the session; one that names the header's channel before others. */
  #requestFor(
    dvrip: DvripFlow,
    kind: StreamKind,
    session: number,
    headerChannel: number,
  ): StreamRequest | undefined {
    const ofSession = session === 0 ? undefined : this.#sessions.get(session)?.requests;
    for (const requests of [this.#claims.get(dvrip), ofSession]) {
      const about = requests?.filter((request) => request.kinds.includes(kind)) ?? [];
      const found = about.findLast((request) => request.channel === headerChannel) ?? about.at(-1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function remember(requests: StreamRequest[] | undefined, request: StreamRequest): void {
  if (requests === undefined) return;
  requests.push(request);
  if (requests.length > REQUESTS_KEPT) requests.shift();
}

/** Whether a stop is about the stream: it names its channel and type, or neither names any. */
function isMeant(stream: MediaStream, stop: StreamRequest): boolean {
  if (stream.over || !stop.kinds.includes(stream.origin.kind)) return false;
  const { request } = stream;
  return agree(stop.channel, request?.channel) && agree(stop.streamType, request?.streamType);
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
