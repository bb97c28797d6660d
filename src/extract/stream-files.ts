import {
  audioCodecName,
  audioRate,
  CHUNK_AUDIO,
  CHUNK_PICTURE,
  type ChunkHeader,
  isVideoChunk,
  VIDEO_H264,
  VIDEO_H265,
  VIDEO_MPEG4,
} from '../../dissectors/dvrip/chunk-header.ts';
import type { MediaStream } from '../session/media-stream.ts';
import type { MediaConsumer } from '../session/media-tap.ts';
import type { Ending, Extension, FileMaker, Subject } from './file-maker.ts';
import type { MediaFile } from './media-file.ts';
import type { StreamTimes } from './recordings.ts';
import { fitsWav, LONGEST_WAV_DATA, WAV_HEADER_BYTES, wavHeader } from './wav.ts';

const VIDEO_EXTENSIONS: ReadonlyMap<number, Extension> = new Map([
  [VIDEO_MPEG4, 'm4v'],
  [VIDEO_H264, 'h264'],
  [VIDEO_H265, 'h265'],
]);

/** Devices whose rate code says nothing send what telephony does. */
const USUAL_RATE = 8000;

const NO_BYTES = Buffer.alloc(WAV_HEADER_BYTES);

/**
 * The files of one media stream: its video as the elementary stream that the frames make up, its sound as WAV, its
 * pictures and its firmware as they are. Another codec, or another sampling rate, begins another file.
 */
export class StreamFiles implements MediaConsumer {
  readonly #stream: MediaStream;
  readonly #maker: FileMaker;
  readonly #subject: Subject;
  readonly #times: StreamTimes | undefined;
  /** Where the chunk at hand goes … */
  #file: MediaFile | undefined = undefined;
  /** … or what counts it, where it goes nowhere. */
  #left: { frames: number; bytes: number } | undefined = undefined;
  /** Where in the file the chunk at hand begins, and when it came. */
  #fileStart = 0;
  #at = 0;
  #video: MediaFile | undefined = undefined;
  #videoCodec = -1;
  #audio: MediaFile | undefined = undefined;
  #audioCodec = -1;
  #audioRate = 0;
  #picture: MediaFile | undefined = undefined;
  #firmware: MediaFile | undefined = undefined;

  constructor(stream: MediaStream, maker: FileMaker) {
    this.#stream = stream;
    this.#maker = maker;
    this.#times = maker.recordings?.stream();
    const { origin, channel, startSeconds, startNanoseconds } = stream;
    this.#subject = {
      kind: origin.kind,
      session: origin.session,
      flow: origin.flow,
      channel,
      seconds: startSeconds,
      nanoseconds: startNanoseconds,
    };
  }

  chunkStarted(header: ChunkHeader, video: boolean): void {
    this.#file = undefined;
    this.#left = undefined;
    if (isVideoChunk(header.type)) this.#takeVideo(header, video);
    else if (header.type === CHUNK_AUDIO) this.#takeAudio(header);
    else if (header.type === CHUNK_PICTURE) this.#takePicture(header);
    if (this.#times !== undefined) this.#mark(header);
  }

  chunkData(bytes: Uint8Array, start: number, end: number): void {
    if (this.#file !== undefined) this.#file.write(bytes, start, end);
    else if (this.#left !== undefined) this.#left.bytes += end - start;
  }

  chunkGap(length: number): void {
    this.#file?.gap(length);
  }

  chunkEnded(_header: ChunkHeader, cut: boolean): void {
    this.#file?.frameEnded(cut);
    if (this.#left !== undefined) this.#left.frames += 1;
    if (this.#times !== undefined) this.#time(this.#times);
    if (this.#file === this.#picture) this.#picture = this.#finish(this.#picture);
    this.#file = undefined;
    this.#left = undefined;
  }

  data(bytes: Uint8Array, start: number, end: number): void {
    const room = this.#maker.hasRoom(end - start);
    if (room) this.#firmware ??= this.#maker.create(this.#subject, 'firmware', 'bin');
    if (room && this.#firmware !== undefined) this.#firmware.write(bytes, start, end);
    else this.#maker.leftOut.beyondLimit.bytes += end - start;
  }

  gap(length: number): void {
    this.#firmware?.gap(length);
  }

  ended(): void {
    this.#video = this.#finishVideo();
    this.#finishAudio();
    this.#picture = this.#finish(this.#picture);
    this.#firmware = this.#finish(this.#firmware);
    this.#times?.ended();
  }

  /** The pace keeps when the chunk at hand began. */
  #mark(header: ChunkHeader): void {
    const { audioPace, videoPace } = this.#stream;
    this.#fileStart = this.#file?.bytes ?? 0;
    this.#at = header.type === CHUNK_AUDIO ? audioPace.last : videoPace.last;
  }

  #time(times: StreamTimes): void {
    const file = this.#file;
    if (file === undefined) return;
    if (file === this.#video) times.frame(this.#at, file.bytes - this.#fileStart);
    else if (file === this.#audio) times.sound(this.#at);
  }

  #takeVideo({ length }: ChunkHeader, video: boolean): void {
    const codec = this.#stream.videoCodecNumber;
    const { opaque, beforeKeyFrame, beyondLimit } = this.#maker.leftOut;
    const extension = VIDEO_EXTENSIONS.get(codec);
    if (!video || extension === undefined) {
      this.#left = codec === -1 ? beforeKeyFrame : opaque;
      return;
    }
    if (!this.#maker.hasRoom(length)) {
      this.#left = beyondLimit;
      return;
    }
    if (codec !== this.#videoCodec) {
      this.#finishVideo();
      this.#videoCodec = codec;
      this.#video = this.#maker.create(this.#subject, 'video', extension, this.#stream.videoCodec);
    }
    this.#file = this.#video;
    if (this.#file === undefined) this.#left = beyondLimit;
  }

  #takeAudio(header: ChunkHeader): void {
    const { codec } = header;
    const { audio, beyondLimit } = this.#maker.leftOut;
    if (!fitsWav(codec)) {
      this.#left = audio;
      return;
    }
    if (!this.#maker.hasRoom(header.length)) {
      this.#left = beyondLimit;
      return;
    }
    const rate = audioRate(header.rateCode) ?? USUAL_RATE;
    const full = (this.#audio?.bytes ?? 0) + header.length > LONGEST_WAV_DATA;
    if (codec !== this.#audioCodec || rate !== this.#audioRate || full) {
      this.#finishAudio();
      this.#audioCodec = codec;
      this.#audioRate = rate;
      this.#audio = this.#maker.create(this.#subject, 'audio', 'wav', audioCodecName(codec));
      this.#audio?.write(NO_BYTES, 0, WAV_HEADER_BYTES);
    }
    this.#file = this.#audio;
    if (this.#file === undefined) this.#left = beyondLimit;
  }

  #takePicture({ length }: ChunkHeader): void {
    if (this.#maker.hasRoom(length)) {
      this.#picture = this.#maker.create(this.#subject, 'picture', 'jpg', 'jpeg');
    }
    this.#file = this.#picture;
    if (this.#file === undefined) this.#left = this.#maker.leftOut.beyondLimit;
  }

  #finish(file: MediaFile | undefined): undefined {
    if (file !== undefined) this.#maker.finish(file, this.#subject, this.#ending());
  }

  #finishVideo(): undefined {
    if (this.#video === undefined) return;
    const entry = this.#maker.finish(this.#video, this.#subject, this.#ending());
    this.#times?.videoEnded(entry);
  }

  #finishAudio(): void {
    const audio = this.#audio;
    this.#audio = undefined;
    if (audio === undefined) return;
    const sound = audio.bytes - WAV_HEADER_BYTES;
    if (sound % 2 === 1) audio.write(NO_BYTES, 0, 1);
    const head = wavHeader(this.#audioCodec, this.#audioRate, sound);
    const entry = this.#maker.finish(audio, this.#subject, this.#ending(), head, this.#audioRate);
    this.#times?.soundEnded(entry);
  }

  #ending(): Ending {
    const { origin, session, from, channel, endSeconds, endNanoseconds, firstPacket, lastPacket } =
      this.#stream;
    const packets = [firstPacket, lastPacket] as const;
    return { messageId: origin.messageId, session, from, channel, packets, endSeconds, endNanoseconds };
  }
}
