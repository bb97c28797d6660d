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
  /** Where the block that is being written lies: the batch, or where that is too small a buffer of its own. */
  #out: Buffer;
  /** Of the packet before: most have the same. */
  #linkType = -1;
  #reach = 0;
  #place = 0;

  /**
   * @param application what wrote the file, for its header
   * @param write takes the bytes in order; they are good during the call only
   * @param batch from {@link pcapngBatch}, of a writer that has ended
   */
  constructor(application: string, write: (bytes: Uint8Array) => void, batch: Buffer = pcapngBatch()) {
    this.#write = write;
    this.#batch = batch;
    this.#out = batch;
    this.#sectionHeader(application);
  }

  /** Interfaces described so far. */
  get interfaces(): number {
    return this.#interfaces.size;
  }

  packet(packet: Packet): void {
    const { bytes, start, end, linkType, nanoseconds } = packet;
    const reach = Math.floor(packet.seconds / REACH_SECONDS);
    if (linkType !== this.#linkType || reach !== this.#reach) this.#choose(linkType, reach);
    const length = end - start;
    const total = 32 + padded(length);
    const at = this.#begin(ENHANCED_PACKET, total);
    const out = this.#out;
    // A double holds no product of 64 bits: the seconds are taken in two parts of 16 bits and more.
    const seconds = packet.seconds - reach * REACH_SECONDS;
    const upper = Math.floor(seconds / 0x10000) * 1e9;
    const lower = (seconds % 0x10000) * 1e9 + nanoseconds + (upper % 0x10000) * 0x10000;
    out.writeUInt32LE(this.#place, at + 8);
    out.writeUInt32LE(Math.floor(upper / 0x10000) + Math.floor(lower / 0x1_0000_0000), at + 12);
    out.writeUInt32LE(lower % 0x1_0000_0000, at + 16);
    out.writeUInt32LE(length, at + 20);
    out.writeUInt32LE(Math.max(packet.wireLength, length), at + 24);
    out.set(bytes.subarray(start, end), at + 28);
    for (let pad = at + 28 + length; pad < at + total - 4; pad++) out[pad] = 0;
    this.#done(total);
    this.packets += 1;
  }

  /** Hands on what is left. */
  end(): void {
    if (this.#batched > 0) this.#write(this.#batch.subarray(0, this.#batched));
    this.#batched = 0;
  }

  #sectionHeader(application: string): void {
    const name = Buffer.from(application);
    const total = 28 + 4 + padded(name.length) + 4;
    const at = this.#begin(SECTION_HEADER, total);
    const out = this.#out;
    out.fill(0, at + 8, at + total - 4);
    out.writeUInt32LE(BYTE_ORDER_MAGIC, at + 8);
    out.writeUInt16LE(1, at + 12);
    // The section's length is not known beforehand: -1.
    out.fill(0xff, at + 16, at + 24);
    out.writeUInt16LE(SHB_USERAPPL, at + 24);
    out.writeUInt16LE(name.length, at + 26);
    out.set(name, at + 28);
    this.#done(total);
  }

  /** Makes the interface of such packets that of the next one, described first if it is new. */
  #choose(linkType: number, reach: number): void {
    const key = `${linkType} ${reach}`;
    this.#linkType = linkType;
    this.#reach = reach;
    this.#place = this.#interfaces.get(key) ?? this.#interfaces.size;
    if (this.#interfaces.has(key)) return;
    const total = 20 + 8 + (reach === 0 ? 0 : 12) + 4;
    const at = this.#begin(INTERFACE_DESCRIPTION, total);
    const out = this.#out;
    out.fill(0, at + 8, at + total - 4);
    out.writeUInt16LE(linkType, at + 8);
    out.writeUInt16LE(IF_TSRESOL, at + 16);
    out.writeUInt16LE(1, at + 18);
    out[at + 20] = NANOSECONDS;
    if (reach !== 0) {
      out.writeUInt16LE(IF_TSOFFSET, at + 24);
      out.writeUInt16LE(8, at + 26);
      out.writeBigInt64LE(BigInt(reach) * BigInt(REACH_SECONDS), at + 28);
    }
    this.#done(total);
    // Only now: what is handed on meanwhile does not hold it.
    this.#interfaces.set(key, this.#place);
  }

  /** A block of this type and so many bytes in all, both written; answers where it begins in `#out`. */
  #begin(type: number, total: number): number {
    if (total > BATCH_BYTES - this.#batched) this.end();
    const large = total > BATCH_BYTES;
    this.#out = large ? Buffer.allocUnsafe(total) : this.#batch;
    const at = large ? 0 : this.#batched;
    this.#out.writeUInt32LE(type, at);
    this.#out.writeUInt32LE(total, at + 4);
    this.#out.writeUInt32LE(total, at + total - 4);
    return at;
  }

  /** The block is complete. */
  #done(total: number): void {
    this.bytes += total;
    if (this.#out === this.#batch) this.#batched += total;
    else this.#write(this.#out);
  }
}

/** Where a writer gathers its bytes; for who makes one file after the other, to be used again. */
export function pcapngBatch(): Buffer {
  return Buffer.allocUnsafeSlow(BATCH_BYTES);
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
