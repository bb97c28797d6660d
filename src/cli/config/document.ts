import { clipped, REPORT_LIMITS } from '../../report/check/limits.ts';
import { safeLine } from '../../report/format/safe-text.ts';
import { plural } from '../../report/format/table.ts';
import { type Failure, usageError } from '../failure.ts';

/** Line and column in a text, both from 1; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Keys and indices from the root of a document. */
export type DocumentPath = readonly (string | number)[];

/** A file that somebody wrote for dvrscope, read: JSON or YAML. */
export interface ConfigDocument {
  /** As it was given. */
  readonly path: string;
  readonly value: unknown;
  /** Where a value stands, or its key; of what is missing, where that stands which lacks it. */
  place(path: DocumentPath, what: 'value' | 'key'): Place;
}

/** Something wrong in a document. */
export interface Problem {
  readonly place: Place;
  readonly text: string;
}

/** Problems that one run tells of; who mends these sees the next. */
const TOLD = 10;

/** What to throw: a line for each problem, `file:line:column: what`. */
export function refusal(path: string, problems: readonly Problem[]): Failure {
  const sorted = [...problems].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const lines = sorted
    .slice(0, TOLD)
    // The YAML reader quotes whole scalars, which may be as long as the document.
    .map(
      ({ place, text }) => `${path}:${place.line}:${place.column}: ${clipped(text, REPORT_LIMITS.textUnits)}`,
    )
    .map(safeLine);
  if (sorted.length > TOLD) lines.push(`and ${plural(sorted.length - TOLD, 'more problem')} in it`);
  return usageError(lines.join('\n'));
}

/** ` (did you mean 'x'?)`, or nothing. */
export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? '' : `; did you mean '${meant}'?`;
}
