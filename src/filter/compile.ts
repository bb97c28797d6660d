import { Checker } from './check.ts';
import type { FieldTable } from './fields.ts';
import { FILTER_LIMITS, type FilterLimits } from './limits.ts';
import { parseFilter } from './parser.ts';
import { type FilterError, filterError } from './span.ts';

export type FilterResult<S> =
  | {
      readonly kind: 'filter';
      /** Whether the filter lets the subject through. */
      readonly test: (subject: S) => boolean;
      /** The fields the filter reads, in the order of their first use. */
      readonly fields: readonly string[];
    }
  | FilterError;

/**
 * Compiles a display filter in the language of wireshark-filter(4) over the fields of the table. A blank text lets
 * everything through. What is wrong with a text is answered as an error with its column; nothing is thrown. One
 * compiled filter remembers parsed addresses (see limits.ts) and states of patterns (re2js: 8 MB at most) and tests one subject at a time.
 */
export function compileFilter<S>(
  text: string,
  fields: FieldTable<S>,
  limits: FilterLimits = FILTER_LIMITS,
): FilterResult<S> {
  const parsed = parseFilter(text, limits);
  if (parsed.kind === 'error') return parsed;
  if (parsed.kind === 'blank') return { kind: 'filter', test: () => true, fields: [] };
  const checker = new Checker(fields, limits);
  const test = checker.test(parsed.expression);
  if (test !== undefined) return { kind: 'filter', test, fields: [...checker.fields] };
  return checker.error ?? filterError({ start: 0, end: text.length }, 'the expression has no meaning');
}
