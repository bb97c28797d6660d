/** The bounds of reading a control body as JSON. */
export interface JsonLimits {
  /**
   * Arrays and objects inside one another. Bodies as devices send them nest some ten deep; much deeper ones stall
   * JSON.parse and overflow whoever walks them.
   */
  readonly nesting: number;
  /** Bytes of a body. The longest seen are 155 kB (field-notes 1). JSON.parse may need 25 times the length in memory. */
  readonly bytes: number;
  /** UTF-16 units of a text that is not quite JSON, to be mended: that takes some 20 times as long as JSON.parse. */
  readonly mendedUnits: number;
  /** Values and keys of which the place is known, some 100 bytes each; the longest bodies seen have 10,000. */
  readonly nodes: number;
  /** Slips listed of one text, and keys that are there twice: more of them say nothing new. */
  readonly listed: number;
}

export const JSON_LIMITS: JsonLimits = {
  nesting: 256,
  bytes: 4 * 1024 * 1024,
  mendedUnits: 1024 * 1024,
  nodes: 1 << 18,
  listed: 50,
};
