import { formatEndpoint } from '../format/address.ts';
import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { formatBytes, formatCount, plural, renderTable } from '../format/table.ts';
import { formatDelay, formatSpan } from '../format/time.ts';
import type { SessionRecord } from '../records/schemas.ts';

type Stream = SessionRecord['streams'][number];

/** The sessions as a table; below each, what stands out in it and its media streams. */
export function sessionsText(sessions: readonly SessionRecord[], style: Style): string[] {
  if (sessions.length === 0) return [style.heading('No sessions.')];
  const rows = sessions.map((session) => [
    String(session.session),
    session.sessionId,
    formatEndpoint(session.client.address, session.client.port),
    formatEndpoint(session.device.address, session.device.port),
    session.user === undefined ? '-' : safeLine(session.user),
    session.state,
    duration(session),
    formatCount(session.messages),
    session.flows.join(','),
    safeLine([session.loginType ?? '', session.deviceType ?? ''].filter((text) => text !== '').join(' to ')),
  ]);
  const table = renderTable(
    [
      { title: 'Session', align: 'right' },
      { title: 'Id' },
      { title: 'Client' },
      { title: 'Device' },
      { title: 'User' },
      { title: 'State' },
      { title: 'Time', align: 'right' },
      { title: 'Messages', align: 'right' },
      { title: 'Flows' },
      { title: 'Type' },
    ],
    rows,
    style.faint,
  );
  const [heading = '', ...lines] = table;
  return [heading, ...lines.flatMap((line, i) => [line, ...details(sessions[i], style)])];
}

function duration({ startTime, endTime }: SessionRecord): string {
  if (startTime === undefined || endTime === undefined) return '-';
  // A Date holds milliseconds, which is all that a span shows.
  const seconds = (Date.parse(`${endTime.slice(0, 23)}Z`) - Date.parse(`${startTime.slice(0, 23)}Z`)) / 1000;
  return formatSpan(Math.max(0, seconds));
}

function details(session: SessionRecord | undefined, style: Style): string[] {
  if (session === undefined) return [];
  const lines = [...notable(session, style), ...session.streams.map((stream) => streamLine(stream, style))];
  return lines.map((line) => `         ${line}`);
}

function notable(session: SessionRecord, style: Style): string[] {
  const { loginRet, loginText, exchanges, keepalives, aliveInterval, findings } = session;
  const lines: string[] = [];
  if (session.state === 'refused') {
    lines.push(style.warning(`login refused: ${loginRet ?? ''} ${loginText ?? 'unknown return code'}`));
    return lines;
  }
  if (keepalives.count > 0 || aliveInterval !== undefined) {
    const due = aliveInterval === undefined ? '' : ` (due every ${aliveInterval} s)`;
    const silence = `longest silence of the client ${keepalives.longestSilenceSeconds.toFixed(1)} s`;
    lines.push(style.faint(`${plural(keepalives.count, 'keepalive')}${due}, ${silence}`));
  }
  if (exchanges.answered > 0) {
    const mean = formatDelay(exchanges.meanResponseSeconds);
    const longest = formatDelay(exchanges.longestResponseSeconds);
    lines.push(
      style.faint(`${plural(exchanges.answered, 'reply', 'replies')} after ${mean}, at most ${longest}`),
    );
  }
  if (exchanges.unanswered > 0) {
    lines.push(style.warning(`${plural(exchanges.unanswered, 'request')} without a reply`));
  }
  if (exchanges.unasked > 0) {
    lines.push(style.warning(`${plural(exchanges.unasked, 'reply', 'replies')} without a request`));
  }
  if (session.encrypted) lines.push('encrypted');
  if (findings.error + findings.warning > 0) {
    lines.push(style.warning(`${plural(findings.error, 'error')}, ${plural(findings.warning, 'warning')}`));
  }
  return lines;
}

function streamLine(stream: Stream, style: Style): string {
  const words: string[] = [stream.kind];
  if (stream.channel !== undefined) words.push(`channel ${stream.channel}`);
  if (stream.streamType !== undefined) words.push(safeLine(stream.streamType));
  if (stream.codec !== undefined) words.push(`${stream.codec} ${stream.width ?? 0}x${stream.height ?? 0}`);
  if (stream.fps !== undefined) words.push(`${stream.measuredFps?.toFixed(1) ?? '-'} of ${stream.fps} fps`);
  const frames = stream.iFrames + stream.pFrames;
  if (frames > 0) words.push(`${plural(frames, 'frame')} (${stream.iFrames} key)`);
  if (stream.audioFrames > 0) {
    words.push(
      `${plural(stream.audioFrames, 'audio frame')}${stream.audioCodec === undefined ? '' : ` ${stream.audioCodec}`}`,
    );
  }
  if (stream.pictures > 0) words.push(plural(stream.pictures, 'picture'));
  words.push(formatBytes(stream.bytes));
  const faults: string[] = [];
  if (stream.lostPackets > 0) faults.push(`${plural(stream.lostPackets, 'packet')} lost`);
  if (stream.gapBytes > 0) faults.push(`${formatBytes(stream.gapBytes)} never captured`);
  if (stream.cutFrames > 0) faults.push(`${plural(stream.cutFrames, 'frame')} cut`);
  return `${words.join(', ')}${faults.length > 0 ? `, ${style.warning(faults.join(', '))}` : ''}`;
}
