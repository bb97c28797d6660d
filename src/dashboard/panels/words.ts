import { safeLine } from '../../report/format/safe-text.ts';
import { formatBytes, formatCount } from '../../report/format/table.ts';
import { formatTime } from '../../report/format/time.ts';
import type { FindingCounts, Moment } from '../model/contract.ts';
import type { Span } from '../painter.ts';
import type { Tone } from '../theme.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** One character a value, as high as it is to the highest; the last `width` values. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width);
  const highest = Math.max(...shown, 0);
  if (highest === 0) return '';
  return shown
    .map((value) => (value <= 0 ? ' ' : (BARS[Math.min(7, Math.floor((value / highest) * 8))] ?? ' ')))
    .join('');
}

/** Bits per second: `812 bit/s`, `1.2 Mbit/s`; empty where nothing flows. */
export function bitRateWords(bitsPerSecond: number): string {
  return bitsPerSecond <= 0 ? '' : `${formatBytes(Math.round(bitsPerSecond)).replace(/B$/, 'bit/s')}`;
}

/** Empty for zero, so that what is there stands out. */
export function countOrNothing(value: number): string {
  return value === 0 ? '' : formatCount(value);
}

export function bytesOrNothing(value: number): string {
  return value === 0 ? '' : formatBytes(value);
}

/** The worst kind of findings and how many of it: `2 errors`. */
export function findingWords({ error, warning, note }: FindingCounts): Span {
  if (error > 0) return { text: `${formatCount(error)} error${error === 1 ? '' : 's'}`, tone: 'error' };
  if (warning > 0)
    return { text: `${formatCount(warning)} warning${warning === 1 ? '' : 's'}`, tone: 'warning' };
  if (note > 0) return { text: `${formatCount(note)} note${note === 1 ? '' : 's'}`, tone: 'note' };
  return { text: '' };
}

const STATE_TONES: Readonly<Record<string, Tone>> = {
  'logged-in': 'good',
  open: 'good',
  refused: 'error',
  reset: 'error',
  'forced-out': 'warning',
  'timed-out': 'warning',
  cut: 'warning',
};

export function stateSpan(state: string): Span {
  return { text: state, tone: STATE_TONES[state] ?? 'plain' };
}

/** The time of day of a moment, UTC, with microseconds. */
export function clockWords({ seconds, nanoseconds }: Moment): string {
  return formatTime(seconds, nanoseconds)?.slice(11, 26) ?? 'out of range';
}

/** The file name of a path. */
export function baseName(path: string): string {
  return path === '-' ? 'standard input' : safeLine(path.slice(path.lastIndexOf('/') + 1));
}
