import type { ChunkHeader } from '../../dissectors/dvrip/chunk-header.ts';
import { beginsFrame, NAL_PROBE_BYTES } from '../../dissectors/dvrip/nal-unit.ts';
import type { MediaConsumer } from './media-tap.ts';

/**
 * Hands the chunks of a stream on. A chunk of video is announced once its first bytes have shown whether it begins as a
 * frame of its codec does; they may come in several runs.
 */
export class FrameProbe {
  /** Key frames and inter frames that do not. */
  opaqueFrames = 0;

  readonly #consumer: MediaConsumer | undefined;
  /** The chunk at hand is video of which fewer than NAL_PROBE_BYTES were seen. */
  #probing = false;
  readonly #first = new Uint8Array(NAL_PROBE_BYTES);
  #probed = 0;
  #codec = -1;
  #header: ChunkHeader | undefined = undefined;

  constructor(consumer: MediaConsumer | undefined) {
    this.#consumer = consumer;
  }

  /** `codec`: a VIDEO_ number; -1 for what is no video, and before a key frame has told what a frame looks like. */
  chunkStarted(header: ChunkHeader, codec: number): void {
    this.#header = header;
    this.#codec = codec;
    this.#probed = 0;
    this.#probing = codec !== -1;
    if (!this.#probing) this.#consumer?.chunkStarted(header, false);
  }

  chunkData(bytes: Uint8Array, start: number, end: number): void {
    if (this.#probing) this.#look(bytes, start, end);
    else this.#consumer?.chunkData(bytes, start, end);
  }

  chunkGap(length: number): void {
    if (this.#probing) this.#announce(false);
    this.#consumer?.chunkGap(length);
  }

  chunkEnded(header: ChunkHeader, cut: boolean): void {
    if (this.#probing && cut) this.#announce(false);
    else if (this.#probing) this.#judge(false);
    this.#consumer?.chunkEnded(header, cut);
    this.#header = undefined;
  }

  #look(bytes: Uint8Array, start: number, end: number): void {
    if (this.#probed === 0 && end - start >= NAL_PROBE_BYTES) {
      this.#judge(beginsFrame(this.#codec, bytes, start));
      this.#consumer?.chunkData(bytes, start, end);
      return;
    }
    const take = Math.min(NAL_PROBE_BYTES - this.#probed, end - start);
    for (let at = 0; at < take; at++) this.#first[this.#probed + at] = bytes[start + at] ?? 0;
    this.#probed += take;
    if (this.#probed < NAL_PROBE_BYTES) return;
    this.#judge(beginsFrame(this.#codec, this.#first, 0));
    if (start + take < end) this.#consumer?.chunkData(bytes, start + take, end);
  }

  #judge(video: boolean): void {
    if (!video) this.opaqueFrames += 1;
    this.#announce(video);
  }

  #announce(video: boolean): void {
    this.#probing = false;
    const header = this.#header;
    if (header === undefined || this.#consumer === undefined) return;
    this.#consumer.chunkStarted(header, video);
    if (this.#probed > 0) this.#consumer.chunkData(this.#first, 0, this.#probed);
  }
}
