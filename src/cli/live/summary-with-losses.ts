import type { StatisticsRecord } from '../../report/records/live-records.ts';
import type { SummaryRecord } from '../../report/records/schemas.ts';

/**
 * The summary of a live capture: what the engines counted as dropped stands beside what a file would say of itself. What we
 * threw away ourselves counts with the kernel's: neither was seen.
 */
export function withLosses(
  summary: SummaryRecord,
  { kernelDropped, interfaceDropped, ownDropped }: StatisticsRecord,
): SummaryRecord {
  const beforeUs =
    kernelDropped === undefined && ownDropped === 0 ? undefined : (kernelDropped ?? 0) + ownDropped;
  return {
    ...summary,
    quality: {
      ...summary.quality,
      ...(beforeUs !== undefined && { kernelDropped: beforeUs }),
      ...(interfaceDropped !== undefined && { interfaceDropped }),
    },
  };
}
