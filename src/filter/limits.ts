/**
 * Every bound of the filter language in one place (house law 8). A filter is typed by a person or comes from a
 * script, so the bounds are generous for both and still keep parsing, memory and one evaluation finite.
 */
export const FILTER_LIMITS = {
  /** UTF-16 units of one expression. */
  expressionUnits: 16_384,
  /** Brackets and calls inside one another; bounds the recursion of parser and checker. */
  nesting: 200,
  /** Members of one `in {…}`. */
  setMembers: 4_096,
  /** Address texts whose parsed form one compiled filter remembers. */
  cachedAddresses: 4_096,
  /** UTF-16 units (or bytes) of a value that `matches` looks at; a longer value ends there, for `$` as well. */
  matchedUnits: 65_536,
  /** Instructions of one compiled pattern: the factor of the linear matching time. */
  patternInstructions: 2_000,
} as const;
