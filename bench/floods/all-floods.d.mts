/** Floods by name: what writes each. */
export declare const FLOODS: Readonly<Record<string, unknown>>;

/** Filters by the name of the flood that they are asked of, without `-Y: `. */
export declare const PATTERNS: Readonly<Record<string, string>>;

/** Writes a flood of some `n` packets, or `n` times a hundred bytes, to a pcap file; of 0: a capture of nothing. */
export declare function writeFlood(
  name: string,
  path: string,
  n: number,
): { readonly bytes: number; readonly packets: number };
