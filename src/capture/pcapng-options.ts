import { u16, u32 } from './byte-order.ts';

/**
 * Walks the options of a block (draft-ietf-opsawg-pcapng section 3.5) with plain numbers.
 *
 * ```
 * 0 code (u16)  2 length (u16)  4 value, padded to a multiple of 4      code 0 ends the list
 * ```
 */
export class OptionWalk {
  code = 0;
  /** The value is `bytes[start … start + length)`. */
  start = 0;
  length = 0;
  /** An option reached beyond the end of its block. */
  malformed = false;
  readonly #bytes: Uint8Array;
  readonly #big: boolean;
  readonly #end: number;
  #next: number;

  constructor(bytes: Uint8Array, start: number, end: number, big: boolean) {
    this.#bytes = bytes;
    this.#next = start;
    this.#end = end;
    this.#big = big;
  }

  /** Steps to the next option; false after the last one. */
  next(): boolean {
    const at = this.#next;
    const left = this.#end - at;
    if (left < 4) return this.#stop(left !== 0);
    this.code = u16(this.#bytes, at, this.#big);
    this.length = u16(this.#bytes, at + 2, this.#big);
    this.start = at + 4;
    if (this.code === 0) return this.#stop(false);
    if (this.length > left - 4) return this.#stop(true);
    this.#next = Math.min(this.start + ((this.length + 3) & ~3), this.#end);
    return true;
  }

  /** The value as an unsigned 64-bit number; undefined when it has another length. Inexact beyond 2^53. */
  u64(): number | undefined {
    if (this.length !== 8) return undefined;
    const first = u32(this.#bytes, this.start, this.#big);
    const second = u32(this.#bytes, this.start + 4, this.#big);
    return this.#big ? first * 4_294_967_296 + second : second * 4_294_967_296 + first;
  }

  /** The value as a signed 64-bit number; undefined when it has another length. Inexact beyond ±2^53. */
  i64(): number | undefined {
    if (this.length !== 8) return undefined;
    const first = u32(this.#bytes, this.start, this.#big);
    const second = u32(this.#bytes, this.start + 4, this.#big);
    return this.#big ? (first | 0) * 4_294_967_296 + second : (second | 0) * 4_294_967_296 + first;
  }

  #stop(malformed: boolean): boolean {
    this.malformed = malformed;
    this.#next = this.#end;
    return false;
  }
}
