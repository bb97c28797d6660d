/**
 * Plain reads from a byte array. The caller has checked the length once; these do not check again
 * (house law 9), so a read past the end would yield NaN-free garbage rather than throw: check first.
 * They are one-liners so that V8 inlines them into the hot path.
 */

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

export function u16be(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export function u16le(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 1] as number) << 8) | (bytes[at] as number);
}

/** A 32-bit number as a wrapped signed integer: what sequence arithmetic and hashing want (no heap number). */
export function i32be(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

export function i32le(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at + 3] as number) << 24) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 1] as number) << 8) |
    (bytes[at] as number)
  );
}

export function u32be(bytes: Uint8Array, at: number): number {
  return i32be(bytes, at) >>> 0;
}

export function u32le(bytes: Uint8Array, at: number): number {
  return i32le(bytes, at) >>> 0;
}

/** A copy that outlives the buffer it was cut from. */
export function copyBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(end - start);
  copy.set(bytes.subarray(start, end));
  return copy;
}
