/** A UDP port of one side: every datagram is one DVRIP message, sent into the log of its flow. */
import { createSocket, type Socket } from 'node:dgram';
import type { Endpoint, FlowLog, Log } from './log.ts';
import { type Message, MessageReader, writeMessage } from './wire.ts';

export interface DatagramOptions {
  /** Own address, written in the log: the socket itself is bound to all addresses, to hear broadcasts. */
  readonly address: string;
  readonly port: number;
  readonly log: Log;
}

export class DatagramPort {
  readonly #socket: Socket;
  readonly #options: DatagramOptions;
  readonly #flows = new Map<string, FlowLog>();

  constructor(socket: Socket, options: DatagramOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  onMessage(listener: (message: Message, from: Endpoint) => void): void {
    this.#socket.on('message', (bytes, from) => {
      const isOwnBroadcast = from.address === this.#options.address && from.port === this.#options.port;
      const message = isOwnBroadcast ? undefined : new MessageReader().push(bytes)[0];
      if (message !== undefined) listener(message, { address: from.address, port: from.port });
    });
  }

  async send(message: Message, to: Endpoint, notes: { ret?: number } = {}): Promise<void> {
    const { address, port, log } = this.#options;
    const key = `${to.address}:${to.port}`;
    let flow = this.#flows.get(key);
    if (flow === undefined) {
      flow = log.openFlow({ protocol: 'udp', opener: true, local: { address, port }, remote: to });
      this.#flows.set(key, flow);
    }
    const wire = writeMessage(message);
    flow.message(message, wire, notes);
    await new Promise<void>((resolve, reject) => {
      this.#socket.send(wire, to.port, to.address, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  close(): void {
    this.#socket.close();
  }
}

export async function openDatagramPort(options: DatagramOptions): Promise<DatagramPort> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    // On loopback every side has an address of its own; on a network broadcasts reach only the wildcard address.
    const bindTo = options.address.startsWith('127.') ? options.address : '0.0.0.0';
    socket.bind(options.port, bindTo, resolve);
  });
  socket.setBroadcast(true);
  return new DatagramPort(socket, options);
}
