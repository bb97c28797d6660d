/** One outgoing media stream: frames into chunks into slices, with the sequence numbers of its socket. */
import type { Connection } from './connection.ts';
import { audioChunk, type Frame, frameChunk, sliceBytes, type VideoShape } from './media-chunks.ts';
import type { Message } from './wire.ts';

export interface StreamPlace {
  readonly id: number;
  readonly version: number;
  readonly sessionId: number;
  readonly channel: number;
  /** 1 for the Extra stream, else 0. */
  readonly octet2: number;
  readonly firstSequence: number;
}

const CARRIES_AUDIO = 0x80;
const END = 1;

export class MediaSender {
  readonly #connection: Connection;
  readonly #place: StreamPlace;
  #sequence: number;

  constructor(connection: Connection, place: StreamPlace) {
    this.#connection = connection;
    this.#place = place;
    this.#sequence = place.firstSequence;
  }

  video(frame: Frame, shape: VideoShape, time: Date): void {
    const chunk = frameChunk(frame, shape, time);
    this.#frame(
      frame,
      sliceBytes(chunk).map((slice) => this.#packet(slice, 0, 0)),
    );
  }

  audio(frame: Frame): void {
    this.#frame(frame, [this.#packet(audioChunk(frame.payload), CARRIES_AUDIO, 0)]);
  }

  /** The zero-length packet with the end flag that closes playback, download and upgrade. */
  end(): void {
    this.#packet(Buffer.alloc(0), 0, END);
  }

  /** Bytes that are no media chunk: firmware. */
  block(bytes: Buffer): void {
    this.#packet(bytes, 0, 0);
  }

  #frame(frame: Frame, messages: readonly number[]): void {
    this.#connection.flow.frame(frame.kind, frame.payload.length, messages);
  }

  #packet(body: Buffer, octet3: number, endFlag: number): number {
    const { id, version, sessionId, channel, octet2 } = this.#place;
    const message: Message = {
      id,
      version,
      octet2,
      octet3,
      sessionId,
      sequence: this.#sequence,
      octet12: channel,
      octet13: endFlag,
      body,
    };
    this.#sequence += 1;
    return this.#connection.send(message);
  }
}
