import { formatSpan } from '../../report/format/time.ts';
import type { Column } from '../list/columns.ts';
import { sparkline } from './words.ts';

/** Columns that lists of several kinds of rows have. */

export const NUMBER_COLUMN: Column<{ readonly number: number }> = {
  title: 'No.',
  sort: 'number',
  align: 'right',
  from: 3,
  to: 7,
  rank: 0,
  cell: ({ number }) => ({ text: String(number) }),
};

/** How busy it was, over its time. */
export function activityColumn(width: number): Column<{ readonly activity: readonly number[] }> {
  return {
    title: 'Activity',
    from: 8,
    to: width,
    rank: 7,
    cell: ({ activity }) => ({ text: sparkline(activity, width), tone: 'label' }),
  };
}

export function durationColumn(rank: number): Column<{ readonly duration: number }> {
  return {
    title: 'Time',
    sort: 'duration',
    align: 'right',
    from: 6,
    to: 12,
    rank,
    cell: ({ duration }) => ({ text: formatSpan(duration) }),
  };
}
