/** Fragment offsets count in eights (RFC 791 section 3.1), so presence is kept per eight bytes. */
const BLOCK = 8;
const FIRST_CAPACITY = 2048;

/** Largest end of a fragment's data: both IP versions count the datagram in 16 bits. */
export const LARGEST_DATAGRAM = 65_535;

/**
 * The pieces of one fragmented datagram. The buffer begins with both addresses, so that what is handed on still
 * knows its ends; the data follows. Where fragments overlap, the first to arrive wins. Work and memory are
 * bounded by 65,535 bytes and 8,192 blocks, whatever arrives.
 */
export class FragmentedDatagram {
  readonly addressLength: number;
  readonly id: number;
  readonly protocol: number;
  /** Capture time of the first piece. */
  readonly seconds: number;
  /** Both addresses, then the data. A Buffer, as packets are: engines read one kind of array faster than two. */
  bytes: Uint8Array;
  /** The protocol the piece at offset 0 names, or -1. */
  payload = -1;
  /** Data length, known from the last piece, or -1. */
  total = -1;
  #present: Uint8Array;
  #firstMissing = 0;

  constructor(addressLength: number, id: number, protocol: number, seconds: number) {
    this.addressLength = addressLength;
    this.id = id;
    this.protocol = protocol;
    this.seconds = seconds;
    this.bytes = Buffer.alloc(2 * addressLength + FIRST_CAPACITY);
    this.#present = new Uint8Array(FIRST_CAPACITY / BLOCK);
  }

  /** Memory held, in bytes. */
  get size(): number {
    return this.bytes.length + this.#present.length;
  }

  get complete(): boolean {
    return this.total >= 0 && this.payload >= 0 && this.#firstMissing * BLOCK >= this.total;
  }

  setAddresses(source: Uint8Array, sourceAt: number, destinationAt: number): void {
    const length = this.addressLength;
    this.bytes.set(source.subarray(sourceAt, sourceAt + length));
    this.bytes.set(source.subarray(destinationAt, destinationAt + length), length);
  }

  hasAddresses(other: Uint8Array, sourceAt: number, destinationAt: number): boolean {
    const { bytes, addressLength } = this;
    for (let i = 0; i < addressLength; i += 1) {
      if (bytes[i] !== other[sourceAt + i] || bytes[addressLength + i] !== other[destinationAt + i])
        return false;
    }
    return true;
  }

  /** Takes in the data `from[start … end)` that belongs at `offset`; the caller has checked its end. */
  add(from: Uint8Array, start: number, end: number, offset: number, more: boolean): void {
    // Of a piece that others follow only whole blocks count, as Linux has it (ip_frag_queue).
    const length = more ? (end - start) & ~(BLOCK - 1) : end - start;
    if (!more) {
      if (this.total >= 0 && this.total !== offset + length) return; // two ends: the first stands
      this.total = offset + length;
    }
    this.#reserve(offset + length);
    const base = 2 * this.addressLength;
    const present = this.#present;
    for (let done = 0; done < length; done += BLOCK) {
      const block = (offset + done) / BLOCK;
      if (present[block] === 1) continue;
      present[block] = 1;
      const stop = Math.min(done + BLOCK, length);
      for (let i = done; i < stop; i += 1) this.bytes[base + offset + i] = from[start + i] as number;
    }
    while (present[this.#firstMissing] === 1) this.#firstMissing += 1;
  }

  #reserve(length: number): void {
    let capacity = this.#present.length * BLOCK;
    if (length <= capacity) return;
    while (capacity < length) capacity *= 2;
    const bytes = Buffer.alloc(2 * this.addressLength + capacity);
    bytes.set(this.bytes);
    this.bytes = bytes;
    const present = new Uint8Array(capacity / BLOCK);
    present.set(this.#present);
    this.#present = present;
  }
}
