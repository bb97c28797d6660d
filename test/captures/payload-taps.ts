import { createHash } from 'node:crypto';
import { CHUNK_AUDIO, type ChunkHeader } from '../../dissectors/dvrip/chunk-header.ts';
import type { MediaStream } from '../../src/session/media-stream.ts';
import type { MediaConsumer } from '../../src/session/media-tap.ts';

/** SHA-256 of what a stream carried: frames, sound, and bytes that are not made of chunks. */
export interface Payload {
  readonly stream: MediaStream;
  readonly video: string;
  readonly audio: string;
  readonly file: string;
}

class Hashes implements MediaConsumer {
  readonly video = createHash('sha256');
  readonly audio = createHash('sha256');
  readonly file = createHash('sha256');
  #isAudio = false;
  #isVideo = false;

  chunkStarted(header: ChunkHeader, video: boolean): void {
    this.#isVideo = video;
    this.#isAudio = header.type === CHUNK_AUDIO;
  }

  chunkData(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isVideo) this.video.update(bytes.subarray(start, end));
    else if (this.#isAudio) this.audio.update(bytes.subarray(start, end));
  }

  chunkGap(): void {}

  chunkEnded(): void {}

  data(bytes: Uint8Array, start: number, end: number): void {
    this.file.update(bytes.subarray(start, end));
  }

  gap(): void {}

  ended(): void {}
}

/** Takes the payload of every stream. */
export class PayloadTaps {
  readonly #open: { readonly stream: MediaStream; readonly hashes: Hashes }[] = [];

  open(stream: MediaStream): MediaConsumer {
    const hashes = new Hashes();
    this.#open.push({ stream, hashes });
    return hashes;
  }

  /** Once, at the end. */
  payloads(): readonly Payload[] {
    return this.#open.map(({ stream, hashes }) => ({
      stream,
      video: hashes.video.digest('hex'),
      audio: hashes.audio.digest('hex'),
      file: hashes.file.digest('hex'),
    }));
  }
}
