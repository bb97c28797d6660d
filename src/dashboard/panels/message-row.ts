import { safeLine } from '../../report/format/safe-text.ts';
import { formatBytes, formatCount } from '../../report/format/table.ts';
import { formatDelay, formatSpan } from '../../report/format/time.ts';
import type { MessageRow } from '../model/contract.ts';
import type { Tone } from '../theme.ts';
import { clockWords } from './words.ts';

/** How times are shown: since the first packet, of the day (UTC), since the row above. */
export type TimeMode = 'elapsed' | 'clock' | 'above';

export const TIME_TITLES: Readonly<Record<TimeMode, string>> = {
  elapsed: 'Time',
  clock: 'UTC',
  above: 'Since above',
};

export function nextTimeMode(mode: TimeMode): TimeMode {
  return mode === 'elapsed' ? 'clock' : mode === 'clock' ? 'above' : 'elapsed';
}

export function timeWords(row: MessageRow, above: MessageRow | undefined, mode: TimeMode): string {
  if (mode === 'clock') return clockWords(row.time);
  return (mode === 'above' ? row.elapsed - (above?.elapsed ?? row.elapsed) : row.elapsed).toFixed(6);
}

/** What stands out in a message or run: how many, the return code, the channel, how long the answer took. */
export function remarkWords(row: MessageRow): string {
  const { run } = row;
  if (run !== undefined) {
    const bytes = row.media ? ` ${formatBytes(run.bytes)}` : '';
    return `× ${formatCount(run.count)} in ${formatSpan(Math.max(0, run.seconds))}${bytes}`;
  }
  const words: string[] = [];
  if (row.media && row.channel !== undefined) words.push(`channel ${row.channel}`);
  if (row.endFlag === true) words.push('end');
  if (row.encrypted) words.push('encrypted');
  if (row.fragments !== undefined) words.push(`in ${row.fragments} packets`);
  if (row.ret !== undefined)
    words.push(`${row.ret}${row.retText === undefined ? '' : ` ${safeLine(row.retText)}`}`);
  if (row.responseSeconds !== undefined) words.push(`(${formatDelay(row.responseSeconds)})`);
  return words.join(' ');
}

/** How a message is shown: red when it is not what it must be, else by its worst finding. */
export function messageTone(row: MessageRow): Tone {
  if (!row.valid || row.worst === 'error') return 'error';
  return row.worst === 'warning' ? 'warning' : 'plain';
}
