import { Packet } from '../../dissectors/core/packet.ts';

export interface FedPacket {
  readonly bytes: Uint8Array;
  readonly seconds?: number;
  readonly nanoseconds?: number;
  /** Length on the wire; that of `bytes` unless given. */
  readonly wireLength?: number;
}

const CHUNK_BYTES = 1 << 16;
const CHUNKS = 8;

/**
 * Hands packets over as the capture reader does: one view filled anew for each, its bytes in read buffers that are
 * used again after a while.
 */
export class PacketFeed {
  readonly #take: (packet: Packet) => void;
  readonly #packet = new Packet();
  readonly #buffers: Buffer[] = Array.from({ length: CHUNKS }, () => Buffer.alloc(CHUNK_BYTES));
  #at = 0;

  constructor(take: (packet: Packet) => void) {
    this.#take = take;
    this.#packet.linkType = 1;
  }

  push(fed: FedPacket): void {
    const packet = this.#packet;
    const length = fed.bytes.length;
    if (length > CHUNK_BYTES) throw new Error(`a packet of ${length} bytes does not fit a read buffer`);
    if (this.#at + length > CHUNK_BYTES) {
      packet.chunk += 1;
      this.#at = 0;
    }
    const buffer = this.#buffers[packet.chunk % CHUNKS] ?? Buffer.alloc(0);
    buffer.set(fed.bytes, this.#at);
    packet.number += 1;
    packet.bytes = buffer;
    packet.start = this.#at;
    packet.end = this.#at + length;
    packet.wireLength = fed.wireLength ?? length;
    packet.seconds = fed.seconds ?? 0;
    packet.nanoseconds = fed.nanoseconds ?? 0;
    this.#at += length;
    this.#take(packet);
  }
}
