import type { Packet } from '../../dissectors/core/packet.ts';
import { u32 } from './byte-order.ts';

const TWO_32 = 4_294_967_296;
const TWO_16 = 65_536;
const BILLION = 1_000_000_000;

/** Largest powers that `Clock.stamp` divides by in plain numbers: 10^9, and 2^23 since (2^23)·10^9 < 2^53. */
const MOST_DIGITS = 9;
const MOST_BITS = 23;

/**
 * How an interface counts time: if_tsresol and if_tsoffset (draft-ietf-opsawg-pcapng section 4.2). Timestamps are
 * unsigned 64-bit numbers of units, more than a plain number holds; the division is exact all the same.
 */
export class Clock {
  readonly #units: number;
  readonly #nanosecondsPerUnit: number;
  readonly #offsetSeconds: number;
  readonly #exactUnits: bigint;

  /** `resolution` is the if_tsresol byte: a negative power of 10, or of 2 when its top bit is set. */
  constructor(resolution: number, offsetSeconds: number) {
    const exponent = resolution & 0x7f;
    const binary = (resolution & 0x80) !== 0;
    const plain = exponent <= (binary ? MOST_BITS : MOST_DIGITS);
    this.#units = plain ? (binary ? 2 : 10) ** exponent : 0;
    this.#nanosecondsPerUnit = plain ? BILLION / this.#units : 0;
    this.#exactUnits = plain ? 0n : (binary ? 2n : 10n) ** BigInt(exponent);
    this.#offsetSeconds = offsetSeconds;
  }

  /** Sets the time of `packet` from the timestamp at `bytes[at]`: its upper 32 bits, then the lower. */
  stamp(packet: Packet, bytes: Uint8Array, at: number, big: boolean): void {
    const high = u32(bytes, at, big);
    const low = u32(bytes, at + 4, big);
    const units = this.#units;
    let seconds: number;
    let rest: number;
    if (units === 0) {
      this.#stampExactly(packet, high, low);
      return;
    }
    if (high < 0x200000) {
      // Below 2^53: the quotient cannot round up to the next whole number.
      const time = high * TWO_32 + low;
      seconds = Math.floor(time / units);
      rest = time - seconds * units;
    } else {
      // Long division with 16-bit digits: each dividend is below 10^9 · 2^16 < 2^46.
      const first = Math.floor(high / units);
      const second = (high - first * units) * TWO_16 + (low >>> 16);
      const middle = Math.floor(second / units);
      const third = (second - middle * units) * TWO_16 + (low & 0xffff);
      const last = Math.floor(third / units);
      seconds = first * TWO_32 + middle * TWO_16 + last;
      rest = third - last * units;
    }
    packet.seconds = seconds + this.#offsetSeconds;
    packet.nanoseconds = Math.floor(rest * this.#nanosecondsPerUnit);
  }

  #stampExactly(packet: Packet, high: number, low: number): void {
    const time = (BigInt(high) << 32n) | BigInt(low);
    const units = this.#exactUnits;
    packet.seconds = Number(time / units) + this.#offsetSeconds;
    packet.nanoseconds = Number(((time % units) * 1_000_000_000n) / units);
  }
}
