/**
 * Every bound of the filter language in one place (house law 8). A filter is typed by a person or comes from a
 * script, so the bounds are generous for both and still keep parsing, memory and one evaluation finite.
 */
export interface FilterLimits {
  /** UTF-16 units of one expression. */
  readonly expressionUnits: number;
  /** Brackets and calls inside one another; bounds the recursion of parser and checker. */
  readonly nesting: number;
  /** Members of one `in {…}`. */
  readonly setMembers: number;
  /** Address texts whose parsed form one compiled filter remembers. */
  readonly cachedAddresses: number;
  /** UTF-16 units (or bytes) of a value that `matches` looks at; a longer value ends there, for `$` as well. */
  readonly matchedUnits: number;
  /** Instructions of one compiled pattern: the factor of the linear matching time. */
  readonly patternInstructions: number;
}

export const FILTER_LIMITS: FilterLimits = {
  expressionUnits: 16_384,
  nesting: 200,
  setMembers: 4_096,
  cachedAddresses: 4_096,
  matchedUnits: 65_536,
  patternInstructions: 2_000,
};
