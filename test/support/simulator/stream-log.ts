/** What one media stream carried, kept while it is sent: frames counted, payload hashed. */
import { createHash, type Hash } from 'node:crypto';
import type { Frame, VideoShape } from './media-chunks.ts';

export type StreamKind =
  | 'monitor'
  | 'playback'
  | 'download'
  | 'talk'
  | 'upgrade'
  | 'snapshot'
  | 'configuration-export'
  | 'configuration-import'
  | 'log-export';

/** What the request said of it. */
export interface StreamAbout {
  readonly kind: StreamKind;
  readonly channel?: number;
  /** As the request has it: Main, Extra1; 0 in playback. */
  readonly streamType?: string;
}

export interface LoggedStream extends StreamAbout {
  readonly codec?: string;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly audioCodec?: string;
  readonly iFrames: number;
  readonly pFrames: number;
  readonly audioFrames: number;
  /** Payload without chunk headers; the hashes are over the same bytes. */
  readonly videoBytes: number;
  readonly audioBytes: number;
  readonly videoSha256?: string;
  readonly audioSha256?: string;
  /** What is no media chunk: firmware, a picture, an archive, a text. */
  readonly fileBytes?: number;
  readonly fileSha256?: string;
  /** First and last of the messages that carry it, by index in the flow's log; an empty last one counts. */
  readonly firstMessage: number;
  readonly lastMessage: number;
}

/** Codec numbers of the chunk header (field notes 6.2). */
const CODECS: Readonly<Record<number, string>> = { 1: 'mpeg4', 2: 'h264', 3: 'h265' };

class Sum {
  bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  add(payload: Buffer): void {
    this.bytes += payload.length;
    this.#hash.update(payload);
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }
}

export class StreamLog {
  readonly #about: StreamAbout;
  readonly #video = new Sum();
  readonly #audio = new Sum();
  readonly #file = new Sum();
  #shape: VideoShape | undefined;
  #iFrames = 0;
  #pFrames = 0;
  #audioFrames = 0;
  #first = -1;
  #last = -1;

  constructor(about: StreamAbout) {
    this.#about = about;
  }

  /** One more message of the stream, by index in the flow's log. */
  message(index: number): void {
    if (this.#first < 0) this.#first = index;
    this.#last = index;
  }

  video(frame: Frame, shape: VideoShape): void {
    this.#shape = shape;
    if (frame.kind === 'key') this.#iFrames += 1;
    else this.#pFrames += 1;
    this.#video.add(frame.payload);
  }

  audio(payload: Buffer): void {
    this.#audioFrames += 1;
    this.#audio.add(payload);
  }

  file(bytes: Buffer): void {
    this.#file.add(bytes);
  }

  toJSON(): LoggedStream {
    const shape = this.#shape;
    return {
      ...this.#about,
      ...(shape === undefined
        ? {}
        : {
            codec: CODECS[shape.codec] ?? String(shape.codec),
            width: shape.width,
            height: shape.height,
            fps: shape.framesPerSecond,
          }),
      ...(this.#audioFrames === 0 ? {} : { audioCodec: 'g711a' }),
      iFrames: this.#iFrames,
      pFrames: this.#pFrames,
      audioFrames: this.#audioFrames,
      videoBytes: this.#video.bytes,
      audioBytes: this.#audio.bytes,
      ...(this.#video.bytes === 0 ? {} : { videoSha256: this.#video.sha256 }),
      ...(this.#audio.bytes === 0 ? {} : { audioSha256: this.#audio.sha256 }),
      ...(this.#file.bytes === 0 ? {} : { fileBytes: this.#file.bytes, fileSha256: this.#file.sha256 }),
      firstMessage: this.#first,
      lastMessage: this.#last,
    };
  }
}
