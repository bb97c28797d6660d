import { type WrittenMessage, writeMessage } from './dvrip-writer.ts';
import type { FedPacket } from './packet-feed.ts';
import { ACK, type Endpoint, FIN, SYN, writeSegment } from './tcp-writer.ts';

const DEVICE = '192.168.1.10';
const CLIENT = '192.168.1.5';

export interface SocketAddresses {
  readonly client?: string;
  readonly device?: string;
}

/** A TCP connection whose two sides speak in turn, each thing said in one segment. «client» is who opened it. */
export class Socket {
  readonly packets: FedPacket[] = [];
  readonly #ends: readonly [Endpoint, Endpoint];
  readonly #next: [number, number] = [1, 1];

  constructor(port: number, clientPort = 50_000, handshake = true, addresses: SocketAddresses = {}) {
    this.#ends = [
      { address: addresses.client ?? CLIENT, port: clientPort },
      { address: addresses.device ?? DEVICE, port },
    ];
    if (!handshake) return;
    this.#send(0, 0, SYN, Buffer.alloc(0), 0);
    this.#send(1, 0, SYN | ACK, Buffer.alloc(0), 0);
  }

  client(said: WrittenMessage | Uint8Array, seconds = 0): this {
    return this.#say(0, said, seconds);
  }

  device(said: WrittenMessage | Uint8Array, seconds = 0): this {
    return this.#say(1, said, seconds);
  }

  /** One side closes; the other follows at once. */
  close(side: 0 | 1, seconds = 0): this {
    const other: 0 | 1 = side === 0 ? 1 : 0;
    this.#send(side, this.#next[side], FIN | ACK, Buffer.alloc(0), seconds);
    this.#next[side] += 1;
    this.#send(other, this.#next[other], FIN | ACK, Buffer.alloc(0), seconds);
    this.#next[other] += 1;
    return this;
  }

  /** Bytes of a side that the capture missed. */
  lose(side: 0 | 1, length: number): this {
    this.#next[side] += length;
    return this;
  }

  #say(side: 0 | 1, said: WrittenMessage | Uint8Array, seconds: number): this {
    const payload = said instanceof Uint8Array ? said : writeMessage(said);
    this.#send(side, this.#next[side], ACK, payload, seconds);
    this.#next[side] += payload.length;
    return this;
  }

  #send(side: 0 | 1, sequence: number, flags: number, payload: Uint8Array, seconds: number): void {
    const other: 0 | 1 = side === 0 ? 1 : 0;
    const acknowledgement = this.#next[other];
    const [from, to] = [this.#ends[side], this.#ends[other]];
    this.packets.push({
      bytes: writeSegment({ from, to, sequence, acknowledgement, flags, payload }),
      seconds,
    });
  }
}
