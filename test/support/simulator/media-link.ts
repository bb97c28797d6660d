import type { Connection } from './connection.ts';
import { MediaSender, type StreamPlace } from './media-sender.ts';
import { MEDIA_IDS, type Message } from './wire.ts';

/** The media side of a socket: counts what arrives, and can be waited on. */
export class MediaLink {
  readonly connection: Connection;
  packets = 0;
  bytes = 0;
  /** True once a packet with the end flag has come. */
  ended = false;
  #nextSequence: number | undefined;
  sequenceJumps = 0;
  readonly #waiting: { readonly reached: () => boolean; readonly resolve: () => void }[] = [];

  constructor(connection: Connection) {
    this.connection = connection;
    connection.onMedia(MEDIA_IDS, (message) => this.#take(message));
  }

  /** Resolves when that many packets have come in. */
  received(packets: number): Promise<void> {
    return this.#until(() => this.packets >= packets);
  }

  /** Resolves with the packet that carries the end flag. */
  end(): Promise<void> {
    return this.#until(() => this.ended);
  }

  /** The way back, for talk. */
  sender(place: StreamPlace): MediaSender {
    return new MediaSender(this.connection, place);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  #take(message: Message): void {
    if (this.#nextSequence !== undefined && message.sequence !== this.#nextSequence) this.sequenceJumps += 1;
    this.#nextSequence = message.sequence + 1;
    this.packets += 1;
    this.bytes += message.body.length;
    if (message.octet13 === 1) this.ended = true;
    for (const waiter of this.#waiting.filter(({ reached }) => reached())) {
      this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      waiter.resolve();
    }
  }

  #until(reached: () => boolean): Promise<void> {
    if (reached()) return Promise.resolve();
    const lost = this.connection.closed.then(() => {
      throw new Error('the connection was closed before the media was complete');
    });
    return Promise.race([lost, new Promise<void>((resolve) => this.#waiting.push({ reached, resolve }))]);
  }
}
