import type { ChunkHeader } from '../../dissectors/dvrip/chunk-header.ts';
import type { MediaStream } from './media-stream.ts';

/** Who takes the payload of one media stream, in order. Views are good during the call only. */
export interface MediaConsumer {
  /**
   * A chunk begins. `video`: it is a key frame or an inter frame that begins as a frame of its codec does; of
   * other chunks nothing is said.
   */
  chunkStarted(header: ChunkHeader, video: boolean): void;
  chunkData(bytes: Uint8Array, start: number, end: number): void;
  /** Bytes of the chunk that were never captured. */
  chunkGap(length: number): void;
  chunkEnded(header: ChunkHeader, cut: boolean): void;
  /** Bytes of a stream that is not made of chunks: firmware. */
  data(bytes: Uint8Array, start: number, end: number): void;
  gap(length: number): void;
  /** The stream is over. */
  ended(): void;
}

/** Asked once for each stream, when it begins, whether somebody wants its payload. */
export type MediaTap = (stream: MediaStream) => MediaConsumer | undefined;
