import type { Packet } from '../../dissectors/core/packet.ts';

/** Bytes gathered before they are handed on. */
const BATCH_BYTES = 256 * 1024;

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

const SHB_USERAPPL = 4;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const NANOSECONDS = 9;

/** Time stamps count nanoseconds in 64 bits: this many seconds and no more lie in one interface's reach. */
const REACH_SECONDS = 10_000_000_000;

/**
 * Writes packets as pcapng (draft-ietf-opsawg-pcapng): one section, little-endian, time stamps in nanoseconds, an
 * interface for each link type. What the packets are is not touched: bytes, lengths and times are those of the
 * capture they come from. Times before 1970 or beyond 2286 get an interface of their own with an offset.
 */
export class PcapngWriter {
  /** Packets and bytes so far. */
  packets = 0;
  bytes = 0;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #interfaces = new Map<string, number>();
  readonly #batch: Buffer;
  #batched = 0;

  /**
   * @param application what wrote the file, for its header
   * @param write takes the bytes in order; they are good during the call only
   * @param batch from {@link pcapngBatch}, of a writer that has ended
   */
  constructor(application: string, write: (bytes: Uint8Array) => void, batch: Buffer = pcapngBatch()) {
    this.#write = write;
    this.#batch = batch;
    this.#sectionHeader(application);
  }

  /** Interfaces described so far. */
  get interfaces(): number {
    return this.#interfaces.size;
  }

  packet(packet: Packet): void {
    const reach = Math.floor(packet.seconds / REACH_SECONDS);
    const place = this.#interfaceOf(packet.linkType, reach);
    const length = packet.end - packet.start;
    const block = this.#block(ENHANCED_PACKET, 20 + padded(length));
    const { high, low } = nanosecondsSince(packet.seconds - reach * REACH_SECONDS, packet.nanoseconds);
    block.writeUInt32LE(place, 8);
    block.writeUInt32LE(high, 12);
    block.writeUInt32LE(low, 16);
    block.writeUInt32LE(length, 20);
    block.writeUInt32LE(Math.max(packet.wireLength, length), 24);
    block.set(packet.bytes.subarray(packet.start, packet.end), 28);
    block.fill(0, 28 + length, 28 + padded(length));
    this.#done(block);
    this.packets += 1;
  }

  /** Hands on what is left. */
  end(): void {
    if (this.#batched > 0) this.#write(this.#batch.subarray(0, this.#batched));
    this.#batched = 0;
  }

  #sectionHeader(application: string): void {
    const name = Buffer.from(application);
    const block = this.#block(SECTION_HEADER, 16 + 4 + padded(name.length) + 4);
    block.fill(0, 8, block.length - 4);
    block.writeUInt32LE(BYTE_ORDER_MAGIC, 8);
    block.writeUInt16LE(1, 12);
    // The section's length is not known beforehand: -1.
    block.fill(0xff, 16, 24);
    block.writeUInt16LE(SHB_USERAPPL, 24);
    block.writeUInt16LE(name.length, 26);
    block.set(name, 28);
    this.#done(block);
  }

  #interfaceOf(linkType: number, reach: number): number {
    const key = `${linkType} ${reach}`;
    const known = this.#interfaces.get(key);
    if (known !== undefined) return known;
    const place = this.#interfaces.size;
    const offset = reach === 0 ? 0 : 12;
    const block = this.#block(INTERFACE_DESCRIPTION, 8 + 8 + offset + 4);
    block.fill(0, 8, block.length - 4);
    block.writeUInt16LE(linkType, 8);
    block.writeUInt16LE(IF_TSRESOL, 16);
    block.writeUInt16LE(1, 18);
    block[20] = NANOSECONDS;
    if (reach !== 0) {
      block.writeUInt16LE(IF_TSOFFSET, 24);
      block.writeUInt16LE(8, 26);
      block.writeBigInt64LE(BigInt(reach) * BigInt(REACH_SECONDS), 28);
    }
    this.#done(block);
    this.#interfaces.set(key, place);
    return place;
  }

  /** A block of this type with room for `length` bytes of body, its lengths set; in the batch where it fits. */
  #block(type: number, length: number): Buffer {
    const total = length + 12;
    if (total > BATCH_BYTES - this.#batched) this.end();
    const block =
      total > BATCH_BYTES
        ? Buffer.allocUnsafe(total)
        : this.#batch.subarray(this.#batched, this.#batched + total);
    block.writeUInt32LE(type, 0);
    block.writeUInt32LE(total, 4);
    block.writeUInt32LE(total, total - 4);
    return block;
  }

  #done(block: Buffer): void {
    this.bytes += block.length;
    if (block.buffer === this.#batch.buffer) this.#batched += block.length;
    else this.#write(block);
  }
}

/** Where a writer gathers its bytes; for who makes one file after the other, to be used again. */
export function pcapngBatch(): Buffer {
  return Buffer.allocUnsafeSlow(BATCH_BYTES);
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

/** Seconds 0 … 10^10 in nanoseconds, as two words of 32 bits. */
function nanosecondsSince(
  seconds: number,
  nanoseconds: number,
): { readonly high: number; readonly low: number } {
  // A double holds no 64-bit product: the seconds are taken in two parts of 16 bits and more.
  const upper = Math.floor(seconds / 0x10000) * 1e9;
  const lower = (seconds % 0x10000) * 1e9 + nanoseconds + (upper % 0x10000) * 0x10000;
  const high = Math.floor(upper / 0x10000) + Math.floor(lower / 0x1_0000_0000);
  return { high, low: lower % 0x1_0000_0000 };
}
