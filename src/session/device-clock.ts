/** The clock of a device, as the key frames of a stream show it. Seconds of its local time; whole ones. */
export class DeviceClock {
  /** In the first and in the last key frame that tells. */
  first: number | undefined = undefined;
  last: number | undefined = undefined;
  /** Key frames whose time is before that of the key frame before. */
  stepsBack = 0;
  #readings = 0;
  #firstAt = 0;
  #lastAt = 0;

  /** A key frame tells the time; `at` is the capture's, in seconds since the stream began. */
  read(time: number, at: number): void {
    if (this.last !== undefined && time < this.last) this.stepsBack += 1;
    if (this.first === undefined) {
      this.first = time;
      this.#firstAt = at;
    }
    this.last = time;
    this.#lastAt = at;
    this.#readings += 1;
  }

  /** Seconds that it gained on the capture's clock between the first reading and the last; undefined of fewer than two. */
  get drift(): number | undefined {
    if (this.first === undefined || this.last === undefined || this.#readings < 2) return undefined;
    return this.last - this.first - (this.#lastAt - this.#firstAt);
  }
}
