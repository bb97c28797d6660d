/** Bytes of data in one control packet, without its header (§3.1). */
export const LONGEST_DATA = 16 * 1024;
