/** Room for the counters of a whole project. */
export const MOST_COUNTERS = 1 << 16;

/** How often each place was passed, modulo 256: instrumented modules count here (instrument.ts). One of it, of its nature. */
export const counters = new Uint8Array(MOST_COUNTERS);
