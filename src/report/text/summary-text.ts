import { describeMessage } from '../../../schemas/registry.ts';
import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { formatBytes, formatCount, plural, renderTable } from '../format/table.ts';
import { formatSpan } from '../format/time.ts';
import type { SummaryRecord } from '../records/schemas.ts';

/** Message ids listed before the rest is summed up. */
const MOST_IDS = 25;

/** The summary as a page for people. */
export function summaryText(summary: SummaryRecord, style: Style): string[] {
  return [
    ...files(summary, style),
    ...traffic(summary, style),
    ...messages(summary, style),
    ...findings(summary, style),
  ];
}

function files(summary: SummaryRecord, style: Style): string[] {
  const lines: string[] = [];
  for (const file of summary.files) {
    if (file.error !== undefined && file.format === 'unknown') {
      lines.push(style.error(safeLine(file.error.message)));
      continue;
    }
    const kind = file.compression === undefined ? file.format : `${file.format}, ${file.compression}`;
    const size = `${formatBytes(file.bytes)}, ${plural(file.packets, 'packet')}`;
    const name = file.path === '-' ? 'standard input' : safeLine(file.path);
    lines.push(`${style.heading(name)}  ${style.faint(`${kind}, ${size}`)}`);
    if (file.error !== undefined) lines.push(`  ${style.error(safeLine(file.error.message))}`);
  }
  return lines;
}

function traffic(summary: SummaryRecord, style: Style): string[] {
  const { flows, reassembly, quality, media } = summary;
  const rows: [string, string][] = [['Time', period(summary)]];
  rows.push(['Packets', `${formatCount(summary.packets)}, ${formatBytes(summary.bytes)} on the wire`]);
  rows.push(['Capture', captureQuality(summary, style)]);
  rows.push([
    'Flows',
    `${formatCount(flows.tcp)} TCP, ${formatCount(flows.udp)} UDP; ${formatCount(flows.dvrip)} of them DVRIP`,
  ]);
  rows.push(['TCP', tcpQuality(summary, style)]);
  rows.push(['Sessions', sessions(summary, style)]);
  if (media.videoFrames + media.audioFrames > 0) {
    rows.push([
      'Media',
      `${plural(media.videoFrames, 'video frame')} (${formatBytes(media.videoBytes)}), ` +
        `${plural(media.audioFrames, 'audio frame')} (${formatBytes(media.audioBytes)})`,
    ]);
  }
  for (const { limit, reached } of quality.limits) {
    rows.push(['Limit', style.warning(`${limit} was reached ${plural(reached, 'time')}`)]);
  }
  if (reassembly.evictedFlows > 0) {
    rows.push(['Evicted', style.warning(`${plural(reassembly.evictedFlows, 'flow')} still open`)]);
  }
  return ['', ...rows.map(([title, text]) => `  ${style.faint(title.padEnd(9))} ${text}`)];
}

function sessions({ sessions, sessionStates, refusedLogins }: SummaryRecord, style: Style): string {
  const states = sessionStates.map(({ state, count }) => `${formatCount(count)} ${state}`).join(', ');
  const refused = refusedLogins === 0 ? '' : style.warning(`; ${plural(refusedLogins, 'login')} refused`);
  return `${formatCount(sessions)}${states === '' ? '' : ` (${states})`}${refused}`;
}

function period({ firstTime, lastTime }: SummaryRecord): string {
  if (firstTime === undefined || lastTime === undefined) return 'none';
  // Nanoseconds beyond what a Date holds do not show in a span.
  const seconds = (Date.parse(shortTime(lastTime)) - Date.parse(shortTime(firstTime))) / 1000;
  const to = lastTime.slice(0, 10) === firstTime.slice(0, 10) ? lastTime.slice(11, 23) : readable(lastTime);
  return `${readable(firstTime)} to ${to} UTC (${formatSpan(Math.max(0, seconds))})`;
}

function shortTime(time: string): string {
  return `${time.slice(0, 23)}Z`;
}

function readable(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 23)}`;
}

function captureQuality({ quality, undecodedPackets }: SummaryRecord, style: Style): string {
  const faults: string[] = [];
  if ((quality.kernelDropped ?? 0) > 0) {
    faults.push(`${plural(quality.kernelDropped ?? 0, 'packet')} dropped by the kernel`);
  }
  if ((quality.interfaceDropped ?? 0) > 0) {
    faults.push(`${plural(quality.interfaceDropped ?? 0, 'packet')} dropped by the interface`);
  }
  if ((quality.droppedBetween ?? 0) > 0) {
    faults.push(`${plural(quality.droppedBetween ?? 0, 'packet')} noted as dropped between others`);
  }
  if (quality.cutPackets > 0) faults.push(`${plural(quality.cutPackets, 'packet')} cut by the snap length`);
  if (quality.incompleteDatagrams > 0) {
    faults.push(`${plural(quality.incompleteDatagrams, 'IP datagram')} with fragments missing`);
  }
  if (undecodedPackets > 0) faults.push(`${plural(undecodedPackets, 'packet')} of unknown or broken form`);
  if (faults.length > 0) return style.warning(faults.join(', '));
  const told = quality.kernelDropped !== undefined || quality.interfaceDropped !== undefined;
  return told ? style.good('complete: no drops counted') : 'no fault seen; the file does not count drops';
}

function tcpQuality({ reassembly }: SummaryRecord, style: Style): string {
  const faults: string[] = [];
  if (reassembly.gaps > 0) {
    faults.push(`${plural(reassembly.gaps, 'gap')} (${formatBytes(reassembly.gapBytes)} never captured)`);
  }
  if (reassembly.conflictingBytes > 0) {
    faults.push(`${plural(reassembly.conflictingBytes, 're-sent byte')} with another value`);
  }
  const harmless: string[] = [];
  if (reassembly.retransmittedBytes > 0)
    harmless.push(`${formatBytes(reassembly.retransmittedBytes)} sent again`);
  if (reassembly.outOfOrderSegments > 0) {
    harmless.push(`${plural(reassembly.outOfOrderSegments, 'segment')} out of order`);
  }
  const verdict = faults.length > 0 ? style.warning(faults.join(', ')) : style.good('no gaps');
  return [verdict, ...harmless].join(', ');
}

function messages({ messages }: SummaryRecord, style: Style): string[] {
  if (messages.total === 0) return ['', style.heading('No DVRIP messages.')];
  const invalid = messages.invalid > 0 ? `, ${style.error(`${formatCount(messages.invalid)} invalid`)}` : '';
  const title =
    `${style.heading(plural(messages.total, 'message'))}: ` +
    `${formatCount(messages.control)} control, ${formatCount(messages.media)} media${invalid}`;
  const shown = [...messages.byId].sort((a, b) => b.count - a.count || a.id - b.id).slice(0, MOST_IDS);
  const rows = shown
    .sort((a, b) => a.id - b.id)
    .map((entry) => [
      String(entry.id),
      entry.name,
      formatCount(entry.count),
      entry.invalid > 0 ? formatCount(entry.invalid) : '',
      describeMessage('field', entry.id)?.spec ?? '',
    ]);
  const table = renderTable(
    [
      { title: 'Id', align: 'right' },
      { title: 'Name' },
      { title: 'Count', align: 'right' },
      { title: 'Invalid', align: 'right' },
      { title: 'Section' },
    ],
    rows,
    style.faint,
  );
  const rest = messages.byId.length - shown.length;
  const more = rest > 0 ? [style.faint(`  and ${plural(rest, 'further id')} (--json lists all)`)] : [];
  return ['', title, ...table.map((line) => `  ${line}`), ...more];
}

function findings({ findings }: SummaryRecord, style: Style): string[] {
  if (findings.byRule.length === 0) return ['', style.good('No findings.')];
  const worst = { error: 0, warning: 1, note: 2 } as const;
  const rows = [...findings.byRule]
    .sort((a, b) => worst[a.severity] - worst[b.severity] || b.count - a.count)
    .map(
      ({ severity, rule, count }) =>
        `  ${style[severity](severity.padEnd(7))}  ${rule}  ${formatCount(count)}`,
    );
  const title = `${plural(findings.error, 'error')}, ${plural(findings.warning, 'warning')}, ${plural(findings.note, 'note')}`;
  return ['', `${style.heading('Findings')}: ${title}`, ...rows];
}
