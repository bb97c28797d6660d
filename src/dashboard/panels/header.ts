import { formatBytes, formatCount, plural } from '../../report/format/table.ts';
import type { LiveProgress, Progress } from '../model/contract.ts';
import type { Line, Painter, Span } from '../painter.ts';
import { baseName } from './words.ts';

export const HEADER_HEIGHT = 2;
const BAR_WIDTH = 12;
const MINUTE = 60;
const HOUR = 3600;

/** The two lines at the top: which capture and how far it is read; how much there is, and always what was lost. */
export function paintHeader(
  painter: Painter,
  paths: readonly string[],
  progress: Progress | undefined,
): void {
  painter.fill(0, 0, painter.width, 1, 'bar');
  const [first = ''] = paths;
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  const state = progress === undefined ? 'opening' : stateWords(progress);
  const end = painter.width - state.length - 1;
  painter.text(0, 0, ` dvrscope  ${baseName(first)}${more}`, { tone: 'bar', width: Math.max(0, end - 1) });
  painter.text(Math.max(0, end), 0, state, { tone: 'bar' });
  if (progress === undefined) return;
  const loss = lossWords(progress);
  const width = loss.reduce((sum, { text }) => sum + text.length, 0);
  painter.line(1, 1, countWords(progress), { width: Math.max(0, painter.width - width - 3) });
  painter.line(Math.max(0, painter.width - width - 1), 1, loss);
}

function stateWords(progress: Progress): string {
  const { state, bytesRead, bytesTotal, errors, live } = progress;
  const size = formatBytes(bytesRead);
  if (live !== undefined) return liveWords(progress, live);
  if (state === 'done') return errors.length > 0 ? `${size}, damaged` : size;
  if (state === 'cancelled') return `stopped after ${size}`;
  const word = state === 'paused' ? 'paused' : 'reading';
  if (bytesTotal === undefined || bytesTotal === 0) return `${word} ${size}`;
  const share = Math.min(1, bytesRead / bytesTotal);
  const filled = Math.floor(share * BAR_WIDTH);
  return `${word} ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${Math.floor(share * 100)} % of ${formatBytes(bytesTotal)}`;
}

const LIVE_STATES = {
  reading: 'live',
  paused: 'paused',
  done: 'ended after',
  cancelled: 'stopped after',
} as const;

/** How much was seen, and of how long packets can be seen again. */
function liveWords({ state, bytesRead }: Progress, { ring }: LiveProgress): string {
  const words = `${LIVE_STATES[state]} ${formatBytes(bytesRead)}`;
  return ring === undefined ? words : `${words}, ring ${durationWords(ring.seconds)}`;
}

function durationWords(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  return `${Math.round(seconds / HOUR)} h`;
}

function countWords({ packets, messages, invalidMessages, findings, live }: Progress): Line {
  const spans: Span[] = [{ text: `${plural(packets, 'packet')}, ${plural(messages, 'message')}` }];
  if (invalidMessages > 0) spans.push({ text: `, ${formatCount(invalidMessages)} invalid`, tone: 'error' });
  if (findings.error > 0) spans.push({ text: `, ${plural(findings.error, 'error')}`, tone: 'error' });
  if (findings.warning > 0) spans.push({ text: `, ${plural(findings.warning, 'warning')}`, tone: 'warning' });
  const problem = live?.problems.at(-1);
  const before = (live?.problemCount ?? 0) - 1;
  if (before > 0) spans.push({ text: `  ${plural(before, 'problem')}, then`, tone: 'error' });
  if (problem !== undefined) spans.push({ text: `  ${problem}`, tone: 'error' });
  return spans;
}

/** What was lost on the way is said even when it is nothing: only then can the rest be trusted. */
function lossWords({ quality, live }: Progress): Line {
  const { gaps, gapBytes, dropped, undecodedPackets, evictedFlows, evictedMessages, limits } = quality;
  const tone = (value: number) => (value > 0 ? ('warning' as const) : ('plain' as const));
  const spans: Span[] = [
    { text: `gaps ${formatCount(gaps)}${gaps > 0 ? ` (${formatBytes(gapBytes)})` : ''}`, tone: tone(gaps) },
    { text: `  dropped ${formatCount(dropped)}`, tone: tone(dropped) },
  ];
  const leftOut = live?.ring?.leftOut ?? 0;
  if (leftOut > 0) spans.push({ text: `  not in the ring ${formatCount(leftOut)}`, tone: 'warning' });
  if (undecodedPackets > 0)
    spans.push({ text: `  undecoded ${formatCount(undecodedPackets)}`, tone: 'warning' });
  if (evictedFlows > 0)
    spans.push({ text: `  flows given up ${formatCount(evictedFlows)}`, tone: 'warning' });
  if (evictedMessages > 0)
    spans.push({ text: `  forgotten ${formatCount(evictedMessages)}`, tone: 'warning' });
  if (limits.length > 0)
    spans.push({ text: `  limits reached ${formatCount(limits.length)}`, tone: 'warning' });
  return spans;
}
