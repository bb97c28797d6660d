/** One TCP connection seen from one side: sends through the hook into the log, receives into waiting callers. */
import type { Socket } from 'node:net';
import type { Endpoint, FlowLog, Log, MessageNotes } from './log.ts';
import { type Message, MessageReader, writeMessage } from './wire.ts';

/**
 * Scripted misbehaviour: sees every message before it is written, and answers with what is to be written in its place.
 * A Message is written and logged as one, a Buffer is written as it is, an empty list drops the message.
 */
export type Hook = (
  message: Message,
  flow: { local: Endpoint; remote: Endpoint },
) => readonly (Message | Buffer)[];

export interface ConnectionOptions {
  readonly log: Log;
  readonly opener: boolean;
  readonly hook?: Hook | undefined;
}

interface Waiter {
  readonly wants: (message: Message) => boolean;
  readonly give: (message: Message) => void;
  readonly fail: (reason: Error) => void;
}

const WAIT_MILLISECONDS = 10_000;
/** Messages nobody waits for yet; a peer that sends more without being asked is not one of ours. */
const HELD_LIMIT = 10_000;

export class Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly flow: FlowLog;
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #hook: Hook | undefined;
  readonly #waiters: Waiter[] = [];
  readonly #held: Message[] = [];
  /** Place of each received message in its direction, which is its index in the other side's log. */
  readonly #places = new WeakMap<Message, number>();
  #received = 0;
  #corked = false;
  #listener: ((message: Message) => void) | undefined;
  #media: { readonly ids: ReadonlySet<number>; readonly take: (message: Message) => void } | undefined;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#hook = options.hook;
    this.local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    const place = {
      protocol: 'tcp',
      opener: options.opener,
      local: this.local,
      remote: this.remote,
    } as const;
    this.flow = options.log.openFlow(place);
    const reader = new MessageReader();
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      try {
        for (const message of reader.push(bytes)) this.#receive(message);
      } catch {
        socket.destroy();
      }
    });
    // A reset is one of the ends a conversation may have; 'close' follows it.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        for (const waiter of this.#waiters.splice(0)) waiter.fail(new Error('the connection was closed'));
        resolve();
      });
    });
  }

  get open(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** Sends one message. Returns its index in the flow's log, or -1 when the hook kept it back. */
  send(message: Message, notes: MessageNotes = {}): number {
    if (!this.open) return -1;
    let index = -1;
    for (const part of this.#hook === undefined ? [message] : this.#hook(message, this)) {
      const isRaw = Buffer.isBuffer(part);
      const wire = isRaw ? part : writeMessage(part);
      if (isRaw) {
        this.flow.raw(wire);
      } else {
        index = this.flow.messageCount;
        this.flow.message(part, wire, notes);
      }
      this.#write(wire);
    }
    return index;
  }

  /** What is sent in one turn leaves in one write, so that segments begin and end inside messages. */
  #write(wire: Buffer): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(wire);
  }

  /** Hands every message to `listener` instead of keeping it for a caller of `wait`. */
  listen(listener: (message: Message) => void): void {
    this.#listener = listener;
    for (const message of this.#held.splice(0)) listener(message);
  }

  /** Hands messages with these ids to `take`; all others are kept for callers of `wait`. */
  onMedia(ids: ReadonlySet<number>, take: (message: Message) => void): void {
    this.#media = { ids, take };
  }

  /** The next message that `wants` accepts, already received or still to come. */
  wait(wants: (message: Message) => boolean, what: string): Promise<Message> {
    const at = this.#held.findIndex(wants);
    const held = this.#held[at];
    if (held !== undefined) {
      this.#held.splice(at, 1);
      return Promise.resolve(held);
    }
    return new Promise((resolve, reject) => {
      const fail = (reason: Error) => {
        clearTimeout(timer);
        reject(reason);
      };
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(new Error(`no ${what} within ${WAIT_MILLISECONDS} ms`));
      }, WAIT_MILLISECONDS);
      const give = (message: Message) => {
        clearTimeout(timer);
        resolve(message);
      };
      const waiter: Waiter = { wants, give, fail };
      this.#waiters.push(waiter);
    });
  }

  /** How to note that a message answers `request`, which came on this connection. */
  answering(request: Message): MessageNotes {
    const answers = this.#places.get(request);
    return answers === undefined ? {} : { answers };
  }

  #receive(message: Message): void {
    this.#places.set(message, this.#received);
    this.#received += 1;
    const take = this.#listener ?? (this.#media?.ids.has(message.id) === true ? this.#media.take : undefined);
    if (take !== undefined) {
      take(message);
      return;
    }
    const at = this.#waiters.findIndex((waiter) => waiter.wants(message));
    const waiter = this.#waiters[at];
    if (waiter === undefined) {
      if (this.#held.length < HELD_LIMIT) this.#held.push(message);
      return;
    }
    this.#waiters.splice(at, 1);
    waiter.give(message);
  }

  /** Sends FIN and waits until the other side has closed as well. */
  async close(): Promise<void> {
    this.#socket.end();
    await this.closed;
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
