import {
  CHUNK_AUDIO,
  CHUNK_KEY_FRAME,
  type ChunkHeader,
  isVideoChunk,
} from '../../../../dissectors/dvrip/chunk-header.ts';
import { BitRateSeries } from '../../../session/bit-rate-series.ts';
import type { MediaStream } from '../../../session/media-stream.ts';
import type { MediaConsumer } from '../../../session/media-tap.ts';
import type { WatchLimits } from '../limits.ts';

export interface Stall {
  readonly at: number;
  readonly seconds: number;
}

/** The longest pauses between frames of one kind; a bounded number of them. */
class Pauses {
  readonly longest: Stall[] = [];
  readonly #most: number;
  #last = Number.NaN;

  constructor(most: number) {
    this.#most = most;
  }

  frame(at: number): void {
    const seconds = at - this.#last;
    this.#last = at;
    if (!(seconds > 0)) return;
    const { longest } = this;
    const shortest = longest.at(-1);
    if (longest.length >= this.#most && shortest !== undefined && seconds <= shortest.seconds) return;
    const place = longest.findIndex((stall) => stall.seconds < seconds);
    longest.splice(place === -1 ? longest.length : place, 0, { at: at - seconds, seconds });
    if (longest.length > this.#most) longest.pop();
  }
}

/** Watches the frames of one media stream go by; keeps none of their bytes. */
export class StreamWatch implements MediaConsumer {
  /** 1, 2, … in the order in which streams began. */
  readonly number: number;
  readonly stream: MediaStream;
  readonly limits: WatchLimits;
  readonly videoFrames: BitRateSeries;
  readonly audioFrames: BitRateSeries;
  /** Seconds since the stream began: the latest of them. */
  readonly keyFrames: number[] = [];
  readonly #video: Pauses;
  readonly #audio: Pauses;

  constructor(number: number, stream: MediaStream, limits: WatchLimits) {
    this.limits = limits;
    this.videoFrames = new BitRateSeries(limits.frameRatePoints);
    this.audioFrames = new BitRateSeries(limits.frameRatePoints);
    this.#video = new Pauses(limits.stalls);
    this.#audio = new Pauses(limits.stalls);
    this.number = number;
    this.stream = stream;
  }

  /** The longest pauses between two video frames, or between two of audio where there is no video. */
  get stalls(): readonly Stall[] {
    return this.stream.videoPace.count > 0 ? this.#video.longest : this.#audio.longest;
  }

  chunkStarted({ type }: ChunkHeader, _video: boolean): void {
    // The stream has taken down just now when the frame came; a late segment's time is not that of the record at hand.
    const { videoPace, audioPace } = this.stream;
    if (isVideoChunk(type)) {
      const at = videoPace.last;
      this.videoFrames.add(Math.floor(at), 1);
      this.#video.frame(at);
      if (type === CHUNK_KEY_FRAME) {
        this.keyFrames.push(at);
        if (this.keyFrames.length > this.limits.keyFrames) this.keyFrames.shift();
      }
    } else if (type === CHUNK_AUDIO) {
      const at = audioPace.last;
      this.audioFrames.add(Math.floor(at), 1);
      this.#audio.frame(at);
    }
  }

  chunkData(): void {}

  chunkGap(): void {}

  chunkEnded(): void {}

  data(): void {}

  gap(): void {}

  ended(): void {}
}
