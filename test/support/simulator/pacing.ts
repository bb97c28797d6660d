/** Sending at the speed of a camera. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MediaSender } from './media-sender.ts';
import type { Footage } from './media-source.ts';
import { toneFrame } from './media-source.ts';

export const AUDIO_MILLISECONDS = 40;

export interface Pace {
  /** Real milliseconds for one millisecond of media; 0 sends at once. */
  readonly slowness: number;
}

/** A stream that runs until it is stopped. `done` resolves when nothing more will be sent. */
export interface RunningStream {
  stop(): void;
  readonly done: Promise<void>;
}

interface Play {
  readonly sender: MediaSender;
  readonly footage: Footage;
  readonly withAudio: boolean;
  /** Starts over at the end of the footage. */
  readonly endless: boolean;
  readonly pace: Pace;
  /** Device time of the first frame. */
  readonly startTime: Date;
}

/** Sends footage frame by frame, a tone along with it, until its end or until stopped. */
export function playFootage({ sender, footage, withAudio, endless, pace, startTime }: Play): RunningStream {
  let running = true;
  const run = async () => {
    const frameMilliseconds = 1000 / footage.shape.framesPerSecond;
    const begun = performance.now();
    let audioSent = 0;
    for (let number = 0; running; number += 1) {
      if (!endless && number >= footage.frames.length) return;
      const frame = footage.frames[number % footage.frames.length];
      if (frame === undefined) return;
      const mediaTime = number * frameMilliseconds;
      sender.video(frame, footage.shape, new Date(startTime.getTime() + mediaTime));
      for (; withAudio && audioSent * AUDIO_MILLISECONDS <= mediaTime; audioSent += 1) {
        sender.audio(toneFrame(audioSent, 440));
      }
      const due = begun + (mediaTime + frameMilliseconds) * pace.slowness;
      await delay(Math.max(0, due - performance.now()));
    }
  };
  return {
    done: run(),
    stop: () => {
      running = false;
    },
  };
}

/** Sends a tone in 40 ms pieces until stopped. */
export function playTone(sender: MediaSender, hertz: number, pace: Pace): RunningStream {
  let running = true;
  const run = async () => {
    const begun = performance.now();
    for (let number = 0; running; number += 1) {
      sender.audio(toneFrame(number, hertz));
      const due = begun + (number + 1) * AUDIO_MILLISECONDS * pace.slowness;
      await delay(Math.max(0, due - performance.now()));
    }
  };
  return {
    done: run(),
    stop: () => {
      running = false;
    },
  };
}
