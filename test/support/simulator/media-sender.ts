/** One outgoing media stream: frames into chunks into slices, with the sequence numbers of its socket. */
import type { Connection } from './connection.ts';
import { audioChunk, type Frame, frameChunk, sliceBytes, type VideoShape } from './media-chunks.ts';
import type { StreamAbout, StreamLog } from './stream-log.ts';
import { MEDIA_SLICE_BYTES, type Message } from './wire.ts';

export interface StreamPlace {
  readonly id: number;
  readonly version: number;
  readonly sessionId: number;
  readonly channel: number;
  /** 1 for the Extra stream, else 0. */
  readonly octet2: number;
  readonly firstSequence: number;
  readonly about: StreamAbout;
  /** Every message is 0 and octet 12 counts frames: AVTalk (field notes 4, 6.6). */
  readonly countsFrames?: true;
  /** Bytes of a message at most; 8192 without it. */
  readonly messageBytes?: number;
}

const CARRIES_AUDIO = 0x80;
const END = 1;

export class MediaSender {
  readonly #connection: Connection;
  readonly #place: StreamPlace;
  #sequence: number;
  #frames = 0;
  #stream: StreamLog | undefined;

  constructor(connection: Connection, place: StreamPlace) {
    this.#connection = connection;
    this.#place = place;
    this.#sequence = place.firstSequence;
  }

  video(frame: Frame, shape: VideoShape, time: Date): void {
    const chunk = frameChunk(frame, shape, time);
    this.#frame(
      frame,
      sliceBytes(chunk, this.#place.messageBytes ?? MEDIA_SLICE_BYTES).map((slice) =>
        this.#packet(slice, 0, 0),
      ),
    );
    this.#log().video(frame, shape);
  }

  audio(frame: Frame): void {
    this.#frame(frame, [this.#packet(audioChunk(frame.payload), CARRIES_AUDIO, 0)]);
    this.#log().audio(frame.payload);
  }

  /** The zero-length packet with the end flag that closes playback, download and upgrade. */
  end(): void {
    this.#packet(Buffer.alloc(0), 0, END);
  }

  /** Bytes that are no media chunk: firmware. */
  block(bytes: Buffer): void {
    this.#packet(bytes, 0, 0);
    this.#log().file(bytes);
  }

  #log(): StreamLog {
    this.#stream ??= this.#connection.flow.stream(this.#place.about);
    return this.#stream;
  }

  #frame(frame: Frame, messages: readonly number[]): void {
    this.#connection.flow.frame(frame.kind, frame.payload.length, messages);
    this.#frames += 1;
  }

  #packet(body: Buffer, octet3: number, endFlag: number): number {
    const { id, version, sessionId, channel, octet2, countsFrames } = this.#place;
    const message: Message = {
      id,
      version,
      octet2,
      octet3,
      sessionId,
      sequence: this.#sequence,
      octet12: countsFrames === true ? this.#frames & 0xff : channel,
      octet13: endFlag,
      body,
    };
    if (countsFrames !== true) this.#sequence += 1;
    const index = this.#connection.send(message);
    if (index >= 0) this.#log().message(index);
    return index;
  }
}
