import { u8 } from '../core/bytes.ts';
import { dahuaBytes, looksLikeDahua } from './dahua.ts';
import { MAGIC } from './header.ts';

const MOST_BYTES = 36;
const NO_BYTES = new Uint8Array(0);

/**
 * The first bytes of a stream that does not begin as DVRIP does, kept until there are enough of them to tell Dahua's
 * protocol by: the answer must not depend on how they were cut into segments.
 */
export class DahuaHint {
  #bytes: Uint8Array = NO_BYTES;
  #have = 0;
  #enough = MOST_BYTES;
  #open = true;

  /** Whether the stream, or datagram, is still at its beginning. */
  get open(): boolean {
    return this.#open;
  }

  /** Takes what it still needs, nothing of DVRIP; answers where that ends. */
  take(bytes: Uint8Array, start: number, end: number): number {
    if (this.#have === 0) {
      const first = u8(bytes, start);
      this.#enough = first === MAGIC ? 0 : dahuaBytes(first);
      if (first !== MAGIC) this.#bytes = new Uint8Array(MOST_BYTES);
    }
    const to = Math.min(end, start + this.#enough - this.#have);
    this.#bytes.set(bytes.subarray(start, to), this.#have);
    this.#have += to - start;
    return to;
  }

  /** Nothing more is needed. */
  get decided(): boolean {
    return this.#have === this.#enough;
  }

  /** Answers, once, whether what came looks like Dahua's protocol. */
  close(): boolean {
    const answer = this.#open && looksLikeDahua(this.#bytes, 0, this.#have);
    this.#open = false;
    this.#bytes = NO_BYTES;
    this.#have = 0;
    return answer;
  }

  /** Another datagram begins. */
  restart(): void {
    this.#open = true;
  }
}
