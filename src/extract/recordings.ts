import type { ExtractedFile } from '../report/records/manifest-schema.ts';
import { type FrameBudget, FrameLog, frameBudget } from './frame-log.ts';

/** A WAV file and when its first and its last chunk came, in seconds since its stream began. */
interface Sound {
  readonly file: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A video file with the times of its frames, and the sound of the same stream. */
export interface Recording {
  readonly video: ExtractedFile;
  readonly frames: FrameLog;
  /** `delay`: seconds from the first frame to the first sound; negative where the sound began before. */
  readonly sound: { readonly file: string; readonly delay: number } | undefined;
}

/** What an extraction keeps of the times of its streams; only made where recordings are asked for. */
export class Recordings {
  readonly all: Recording[] = [];
  readonly #budget: FrameBudget;

  constructor(frames: number) {
    this.#budget = frameBudget(frames);
  }

  /** Frames that are in a video file, but in no recording. */
  get untimed(): FrameBudget['untimed'] {
    return this.#budget.untimed;
  }

  /** Times of one stream. */
  stream(): StreamTimes {
    return new StreamTimes(this.all, this.#budget);
  }
}

export class StreamTimes {
  readonly #all: Recording[];
  readonly #budget: FrameBudget;
  #frames: FrameLog;
  #soundFirstAt: number | undefined = undefined;
  #soundLastAt = 0;
  readonly #videos: { readonly file: ExtractedFile; readonly frames: FrameLog }[] = [];
  readonly #sounds: Sound[] = [];

  constructor(all: Recording[], budget: FrameBudget) {
    this.#all = all;
    this.#budget = budget;
    this.#frames = new FrameLog(budget);
  }

  /** A frame of which nothing was captured has no bytes, and is left out. */
  frame(at: number, bytes: number): void {
    if (bytes > 0) this.#frames.add(at, bytes);
  }

  sound(at: number): void {
    this.#soundFirstAt ??= at;
    this.#soundLastAt = at;
  }

  /** The frames so far are those of this file, the next ones those of another. */
  videoEnded(file: ExtractedFile | undefined): void {
    const frames = this.#frames;
    this.#frames = new FrameLog(this.#budget);
    if (file !== undefined && frames.count > 0) this.#videos.push({ file, frames });
  }

  soundEnded(file: ExtractedFile | undefined): void {
    const firstAt = this.#soundFirstAt;
    this.#soundFirstAt = undefined;
    if (file === undefined || firstAt === undefined) return;
    this.#sounds.push({ file: file.file, firstAt, lastAt: this.#soundLastAt });
  }

  /** The stream is over: each of its videos gets the sound that lasts longest beside it. */
  ended(): void {
    for (const { file, frames } of this.#videos) {
      const { firstAt } = frames;
      let sound: Sound | undefined;
      let longest = 0;
      for (const other of this.#sounds) {
        const shared = Math.min(frames.lastAt, other.lastAt) - Math.max(firstAt, other.firstAt);
        if (shared < longest || (shared === longest && sound !== undefined)) continue;
        sound = other;
        longest = shared;
      }
      this.#all.push({
        video: file,
        frames,
        sound: sound && { file: sound.file, delay: sound.firstAt - firstAt },
      });
    }
  }
}
