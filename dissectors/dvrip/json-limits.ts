/** Bodies as devices send them nest some ten deep. Deeper ones stall JSON.parse and overflow whoever walks them. */
export const MAX_JSON_DEPTH = 256;
/** The longest seen are 155 kB (field-notes 1). JSON.parse may need 25 times the length in memory. */
export const MAX_JSON_LENGTH = 4 * 1024 * 1024;
/** A longer text that is not JSON is not worth mending: mending takes some 20 times as long as JSON.parse. */
export const MAX_MENDED_LENGTH = 1024 * 1024;
/** Values and keys of which the place is known, some 100 bytes each; the longest bodies seen have 10,000. */
export const MAX_JSON_NODES = 1 << 18;
/** More slips, or more keys that are there twice, say nothing new about a text. */
export const MAX_LISTED = 50;
