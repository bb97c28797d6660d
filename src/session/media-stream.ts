import {
  audioCodecName,
  audioRate,
  CHUNK_AUDIO,
  CHUNK_INFORMATION,
  CHUNK_INTER_FRAME,
  CHUNK_KEY_FRAME,
  CHUNK_PICTURE,
  type ChunkHeader,
  chunkSeconds,
  isVideoChunk,
  videoCodecName,
} from '../../dissectors/dvrip/chunk-header.ts';
import {
  type ChunkSink,
  countChunk,
  MediaChunks,
  type MediaTotals,
} from '../../dissectors/dvrip/media-chunks.ts';
import type { CaptureTime } from '../reassembly/capture-time.ts';
import { BitRateSeries } from './bit-rate-series.ts';
import { DeviceClock } from './device-clock.ts';
import { FramePace } from './frame-pace.ts';
import { FrameProbe } from './frame-probe.ts';
import type { MediaConsumer, MediaTap } from './media-tap.ts';
import type { Message, Sender } from './message.ts';
import type { StreamKind, StreamRequest } from './stream-request.ts';

/** Where a stream comes from; all of it outlives the flow. */
export interface StreamOrigin {
  readonly flow: number;
  /** The session as far as it was known when the stream began; 0 = none. */
  readonly session: number;
  readonly messageId: number;
  readonly kind: StreamKind;
  /** Byte 12 of the header. */
  readonly headerChannel: number;
}

export interface MediaStreamLimits {
  /** A media chunk longer than this is taken for damage. */
  readonly longestChunk: number;
  /** Points of the bit rate over time; they stand for longer stretches when a stream lasts longer. Even. */
  readonly bitRatePoints: number;
}

/** One run of media in one direction of a flow: what it is made of, and how well it ran. */
export class MediaStream implements ChunkSink {
  readonly origin: StreamOrigin;
  /** Number of its session; 0 = none. */
  session: number;
  from: Sender = 'device';
  /** The claim or start that asked for it. */
  readonly request: StreamRequest | undefined;
  /** How it ended, as far as anybody said so. */
  ending: 'open' | 'end-flag' | 'stopped' = 'open';
  /** What follows under the same id is another stream. */
  over = false;
  /** Nothing more will come of it. */
  closed = false;

  startSeconds: number;
  startNanoseconds: number;
  endSeconds: number;
  endNanoseconds: number;
  /** The lowest and the highest record number that carries it. */
  firstPacket = 0;
  lastPacket = 0;
  /** Number of its first message. */
  firstMessage = 0;
  messages = 0;
  /** Bytes of the bodies, as far as they were captured … */
  bytes = 0;
  /** … and those that were not. */
  gapBytes = 0;
  /** Messages that the sequence numbers count and the capture does not have. */
  lostPackets = 0;
  /** Times the sequence number went back. */
  sequenceRestarts = 0;

  /** Of the last key frame. */
  width = 0;
  height = 0;
  fps = 0;
  /** Times that codec or size changed in mid-stream. */
  formatChanges = 0;
  iFrames = 0;
  pFrames = 0;
  pictures = 0;
  audioFrames = 0;
  informationChunks = 0;
  videoBytes = 0;
  audioBytes = 0;
  /** Video frames that came before there was a key frame to build on. */
  framesBeforeKey = 0;
  /** Bare pictures that do not begin as JPEG does; counted among the pictures too. */
  opaquePictures = 0;
  /** Video and audio frames of which bytes are missing; counted nowhere else. */
  cutFrames = 0;
  readonly videoPace = new FramePace();
  readonly keyPace = new FramePace();
  readonly audioPace = new FramePace();
  readonly bitRates: BitRateSeries;
  readonly clock = new DeviceClock();

  readonly #time: CaptureTime;
  readonly #totals: MediaTotals;
  readonly #chunks: MediaChunks | undefined;
  readonly #consumer: MediaConsumer | undefined;
  readonly #probe: FrameProbe;
  #videoCodec = -1;
  #audioCodec = -1;
  #rateCode = 0;
  #lastSequence = -1;

  /** `chunked`: its bodies are made of media chunks. */
  constructor(
    origin: StreamOrigin,
    request: StreamRequest | undefined,
    chunked: boolean,
    time: CaptureTime,
    totals: MediaTotals,
    limits: MediaStreamLimits,
    tap: MediaTap | undefined,
  ) {
    this.origin = origin;
    this.request = request;
    this.session = origin.session;
    this.#time = time;
    this.#totals = totals;
    this.startSeconds = this.endSeconds = time.seconds;
    this.startNanoseconds = this.endNanoseconds = time.nanoseconds;
    this.bitRates = new BitRateSeries(limits.bitRatePoints);
    this.#chunks = chunked ? new MediaChunks(this, limits.longestChunk) : undefined;
    this.#consumer = tap?.(this);
    this.#probe = new FrameProbe(this.#consumer);
  }

  get channel(): number | undefined {
    return this.request?.channel ?? (this.origin.kind === 'upgrade' ? undefined : this.origin.headerChannel);
  }

  /** A VIDEO_ number; -1 as long as no key frame came. */
  get videoCodecNumber(): number {
    return this.#videoCodec;
  }

  /** Name of the video codec; undefined where no key frame came. */
  get videoCodec(): string | undefined {
    return this.#videoCodec === -1 ? undefined : videoCodecName(this.#videoCodec);
  }

  get audioCodec(): string | undefined {
    return this.#audioCodec === -1 ? undefined : audioCodecName(this.#audioCodec);
  }

  /** Samples per second. */
  get audioRate(): number | undefined {
    return audioRate(this.#rateCode);
  }

  /** Key frames and inter frames that do not begin as frames of their codec do; counted among the others too. */
  get opaqueFrames(): number {
    return this.#probe.opaqueFrames;
  }

  /** Bytes that belong to no chunk. */
  get strayBytes(): number {
    return this.#chunks?.strayBytes ?? 0;
  }

  get durationSeconds(): number {
    return this.endSeconds - this.startSeconds + (this.endNanoseconds - this.startNanoseconds) / 1e9;
  }

  /** Bytes of a body, in order. */
  data(bytes: Uint8Array, start: number, end: number): void {
    this.bytes += end - start;
    if (this.#chunks !== undefined) this.#chunks.push(bytes, start, end);
    else this.#consumer?.data(bytes, start, end);
  }

  /** The kept body of a snapshot: a picture chunk, or a bare JPEG (field notes §6.2). */
  picture(bytes: Uint8Array, start: number, end: number): void {
    if (bytes[start] === 0) {
      this.data(bytes, start, end);
      return;
    }
    this.bytes += end - start;
    this.pictures += 1;
    if (bytes[start] !== 0xff || bytes[start + 1] !== 0xd8) this.opaquePictures += 1;
  }

  /** Bytes of a body that were never captured. */
  gap(length: number): void {
    this.gapBytes += length;
    if (this.#chunks !== undefined) this.#chunks.gap(length);
    else this.#consumer?.gap(length);
  }

  /** A message of it is complete. `shared` is the distance of its sequence number from the last of the direction. */
  message(message: Message, shared: number): void {
    const { seconds, nanoseconds } = this.#time;
    const { sequence } = message.header;
    if (this.messages === 0) this.firstMessage = message.number;
    if (this.messages === 0 || message.firstPacket < this.firstPacket) this.firstPacket = message.firstPacket;
    if (message.lastPacket > this.lastPacket) this.lastPacket = message.lastPacket;
    this.messages += 1;
    this.endSeconds = seconds;
    this.endNanoseconds = nanoseconds;
    this.bitRates.add(seconds - this.startSeconds, message.length - message.missing - message.cut);
    if (this.#lastSequence !== -1) this.#follow((sequence - this.#lastSequence) | 0, shared);
    this.#lastSequence = sequence;
  }

  /** Nothing more will come of it. */
  end(): void {
    this.closed = this.over = true;
    this.#chunks?.end();
    this.#consumer?.ended();
  }

  chunkStarted(header: ChunkHeader): void {
    const at = this.#now();
    const { type } = header;
    if (type === CHUNK_KEY_FRAME) this.#keyFrame(header, at);
    if (isVideoChunk(type)) {
      this.videoPace.frame(at);
      if (this.#videoCodec === -1) this.framesBeforeKey += 1;
    } else if (type === CHUNK_AUDIO) {
      this.audioPace.frame(at);
      this.#audioCodec = header.codec;
      this.#rateCode = header.rateCode;
    }
    this.#probe.chunkStarted(header, isVideoChunk(type) ? this.#videoCodec : -1);
  }

  chunkData(bytes: Uint8Array, start: number, end: number): void {
    this.#probe.chunkData(bytes, start, end);
  }

  chunkGap(length: number): void {
    this.#probe.chunkGap(length);
  }

  chunkEnded(header: ChunkHeader, cut: boolean): void {
    countChunk(this.#totals, header, cut);
    this.#count(header, cut);
    this.#probe.chunkEnded(header, cut);
  }

  #now(): number {
    return this.#time.seconds - this.startSeconds + this.#time.nanoseconds / 1e9;
  }

  #keyFrame(header: ChunkHeader, at: number): void {
    const { codec, width, height } = header;
    if (
      this.#videoCodec !== -1 &&
      (codec !== this.#videoCodec || width !== this.width || height !== this.height)
    ) {
      this.formatChanges += 1;
    }
    this.#videoCodec = codec;
    this.width = width;
    this.height = height;
    this.fps = header.fps;
    this.keyPace.frame(at);
    const device = chunkSeconds(header.dateTime);
    if (device !== undefined) this.clock.read(device, at);
  }

  #count(header: ChunkHeader, cut: boolean): void {
    const { type, length } = header;
    if (cut && (isVideoChunk(type) || type === CHUNK_AUDIO)) this.cutFrames += 1;
    else if (type === CHUNK_KEY_FRAME) this.iFrames += 1;
    else if (type === CHUNK_INTER_FRAME) this.pFrames += 1;
    else if (type === CHUNK_AUDIO) this.audioFrames += 1;
    else if (type === CHUNK_PICTURE) this.pictures += 1;
    else if (type === CHUNK_INFORMATION) this.informationChunks += 1;
    if (cut) return;
    if (isVideoChunk(type)) this.videoBytes += length;
    else if (type === CHUNK_AUDIO) this.audioBytes += length;
  }

  /**
   * Media messages of a socket are numbered one by one (field notes §4), some per stream, some over all streams of
   * the socket: a hole is one only where both counts have it.
   */
  #follow(own: number, shared: number): void {
    if (own < 0) this.sequenceRestarts += 1;
    else if (own > 0) this.lostPackets += (shared > 0 ? Math.min(own, shared) : own) - 1;
  }
}
