/** Bytes per stretch of time, in a bounded number of stretches: they grow twice as long when there are too many. */
export class BitRateSeries {
  /** Length of a stretch: 1, 2, 4, … seconds. */
  stretchSeconds = 1;
  readonly #bytes: number[] = [];
  readonly #longest: number;

  /** @param longest most stretches kept; even */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @param second whole seconds since the stream began; earlier than that counts as 0 */
  add(second: number, bytes: number): void {
    let stretch = Math.max(0, Math.floor(second / this.stretchSeconds));
    while (stretch >= this.#longest) {
      this.#halve();
      stretch = Math.floor(second / this.stretchSeconds);
    }
    while (this.#bytes.length <= stretch) this.#bytes.push(0);
    this.#bytes[stretch] = (this.#bytes[stretch] ?? 0) + bytes;
  }

  /** Mean bits per second of each stretch. */
  get bitsPerSecond(): readonly number[] {
    return this.#bytes.map((bytes) => Math.round((bytes * 8) / this.stretchSeconds));
  }

  #halve(): void {
    const bytes = this.#bytes;
    const half = Math.ceil(bytes.length / 2);
    for (let at = 0; at < half; at++) bytes[at] = (bytes[2 * at] ?? 0) + (bytes[2 * at + 1] ?? 0);
    bytes.length = half;
    this.stretchSeconds *= 2;
  }
}
