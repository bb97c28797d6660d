import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { formatBytes, formatCount, plural } from '../format/table.ts';
import { formatSpan } from '../format/time.ts';
import type { EventRecord, FindingRecord, StatisticsRecord, StreamRecord } from '../records/live-records.ts';
import type { SessionRecord } from '../records/schemas.ts';

/** What `live` prints between messages, a line each. */

export function sessionEndLine(record: SessionRecord, style: Style): string {
  const { session, sessionId, state, client, device, user, messages, streams } = record;
  const who = user === undefined ? '' : ` of ${user}`;
  const what = [plural(messages, 'message')];
  if (streams.length > 0) what.push(plural(streams.length, 'media stream'));
  const span = spanOf(record);
  if (span !== '') what.push(span);
  const ends = `${client.address} to ${device.address}:${device.port}`;
  const line = `session ${session}, ${sessionId}${who}, ${ends}: ${state}; ${what.join(', ')}`;
  return style.heading(safeLine(line));
}

export function streamEndLine(record: StreamRecord, style: Style): string {
  const { kind, session, channel, codec, width, height, iFrames, pFrames, pictures, audioFrames } = record;
  const of = session === undefined ? '' : ` of session ${session}`;
  const where = channel === undefined ? '' : `, channel ${channel}`;
  const size = width === undefined || height === undefined ? '' : ` ${width}x${height}`;
  const what: string[] = [];
  if (codec !== undefined) what.push(`${codec}${size}`);
  if (iFrames + pFrames > 0) what.push(plural(iFrames + pFrames, 'video frame'));
  if (pictures > 0) what.push(plural(pictures, 'picture'));
  if (audioFrames > 0) what.push(plural(audioFrames, 'audio frame'));
  what.push(formatBytes(record.bytes));
  const span = spanOf(record);
  if (span !== '') what.push(span);
  const lost: string[] = [];
  if (record.lostPackets > 0) lost.push(plural(record.lostPackets, 'lost packet'));
  if (record.gapBytes > 0) lost.push(`${formatBytes(record.gapBytes)} never captured`);
  const line = safeLine(`${kind} stream${of}${where} ended (${record.ending}): ${what.join(', ')}`);
  const losses = lost.length === 0 ? '' : `; ${style.warning(lost.join(', '))}`;
  return `${style.heading(line)}${losses}`;
}

export function findingLine(record: FindingRecord, style: Style): string {
  const { severity, rule, text, message, session, count } = record;
  const at: string[] = [];
  if (message !== undefined) at.push(`message ${message}`);
  if (session !== undefined) at.push(`session ${session}`);
  if (count !== undefined && count > 1) at.push(`${formatCount(count)} times by now`);
  const where = at.length === 0 ? '' : ` (${at.join(', ')})`;
  return `${style[severity](severity)} ${rule}: ${safeLine(text)}${style.faint(where)}`;
}

export function eventLine({ event, text }: EventRecord, style: Style): string {
  const good = event === 'started' || event === 'spool-resumed';
  return good ? style.faint(safeLine(text)) : style.warning(safeLine(text));
}

/** Ten seconds on one line; what was lost stands out. */
export function statisticsLine(record: StatisticsRecord, style: Style): string {
  const { rates, memory, seconds, gaps, spool } = record;
  const parts = [
    `${formatSpan(seconds)}: ${plural(record.received, 'packet')} (${formatCount(Math.round(rates.packetsPerSecond))}/s, ${formatBytes(rates.bitsPerSecond / 8)}/s)`,
    plural(record.messages, 'message'),
    plural(record.sessions.seen, 'session'),
  ];
  const line = style.faint(parts.join(', '));
  const lost = lossWords(record);
  const loss = lost.length === 0 ? style.faint('nothing dropped') : style.warning(lost.join(', '));
  const rest: string[] = [];
  if (gaps.count > 0) rest.push(plural(gaps.count, 'gap'));
  if (record.evicted.total > 0) rest.push(`${formatCount(record.evicted.total)} let go`);
  rest.push(memoryWords(memory));
  if (spool !== undefined) rest.push(`${formatBytes(spool.bytes)} spooled`);
  return `${line}; ${loss}; ${style.faint(rest.join(', '))}`;
}

/** What a capture ends with, below the summary: what was lost, and why. */
export function liveEndLines(record: StatisticsRecord, style: Style): string[] {
  const { engine, seconds, gaps, evicted, memory, spool, restarts } = record;
  const lost = lossWords(record);
  const known = record.unknown.includes('kernelDropped') ? '; what the kernel dropped is unknown' : '';
  const rows: [string, string][] = [
    ['Engine', `${engine}, ${formatSpan(seconds)}, ${plural(record.received, 'packet')}`],
    [
      'Lost',
      lost.length === 0
        ? style.good(`nothing that was counted${known}`)
        : style.warning(`${lost.join(', ')}${known}`),
    ],
  ];
  if (restarts > 0) rows.push(['Restarts', plural(restarts, 'time')]);
  for (const { cause, count, bytes } of gaps.byCause) {
    rows.push([
      'Gaps',
      style.warning(`${plural(count, 'gap')} (${formatBytes(bytes)}): ${CAUSE_WORDS[cause]}`),
    ]);
  }
  for (const { limit, times } of evicted.byLimit) {
    rows.push(['Let go', style.warning(`${limit}: ${plural(times, 'time')}`)]);
  }
  const lowered = memory.lowered === 0 ? '' : `; limits lowered ${plural(memory.lowered, 'time')}`;
  rows.push(['Memory', `${memoryWords(memory)}${lowered}`]);
  if (spool !== undefined) {
    const left = spool.leftOut === 0 ? '' : style.warning(`; ${plural(spool.leftOut, 'packet')} left out`);
    const removed = spool.removedFiles === 0 ? '' : `, ${plural(spool.removedFiles, 'older file')} removed`;
    const gone = spool.temporary ? ' (removed now)' : '';
    rows.push([
      'Spool',
      `${safeLine(spool.where)}${gone}: ${plural(spool.packets, 'packet')}, ${formatBytes(spool.bytes)}${removed}${left}`,
    ]);
  }
  return ['', ...rows.map(([title, text]) => `  ${style.faint(title.padEnd(9))} ${text}`)];
}

const CAUSE_WORDS: Readonly<Record<StatisticsRecord['gaps']['byCause'][number]['cause'], string>> = {
  'snap-length': 'packets were cut by the snap length',
  dropped: 'packets were dropped at that time',
  'one-direction': 'the mirror port shows one direction only',
  'mid-stream': 'the connection was there before the capture',
  unknown: 'cause unknown',
};

/** In the unit of `--max-memory`. */
function memoryWords({ bytes, ceiling }: StatisticsRecord['memory']): string {
  const [used, most] = [bytes, ceiling].map((value) => Math.round(value / 2 ** 20));
  return `${used} of ${most} MiB`;
}

function lossWords({ kernelDropped, interfaceDropped, ownDropped }: StatisticsRecord): string[] {
  const words: string[] = [];
  if ((kernelDropped ?? 0) > 0) words.push(`${formatCount(kernelDropped ?? 0)} dropped by the kernel`);
  if ((interfaceDropped ?? 0) > 0)
    words.push(`${formatCount(interfaceDropped ?? 0)} dropped by the interface`);
  if (ownDropped > 0) words.push(`${formatCount(ownDropped)} dropped by us`);
  return words;
}

function spanOf({
  startTime,
  endTime,
}: {
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
}): string {
  if (startTime === undefined || endTime === undefined) return '';
  const seconds = (Date.parse(milliseconds(endTime)) - Date.parse(milliseconds(startTime))) / 1000;
  return formatSpan(Math.max(0, seconds));
}

function milliseconds(time: string): string {
  return `${time.slice(0, 23)}Z`;
}
