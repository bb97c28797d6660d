import type { Finding } from '../../../dissectors/core/finding.ts';
import { describeFinding, severityOf } from '../../rules/catalogue.ts';
import type { Message } from '../../session/message.ts';
import { formatSessionId } from '../format/address.ts';
import { safeLine, safeLines } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { pad } from '../format/table.ts';
import { formatElapsed } from '../format/time.ts';
import type { TimeOrigin } from '../message-fields.ts';
import { messageBody, returnText } from '../records/message-record.ts';

/** Widths are fixed, since rows are printed while the capture is still being read. */
const WIDTHS = {
  number: 6,
  time: 12,
  flow: 5,
  from: 6,
  id: 5,
  name: 31,
  session: 10,
  sequence: 6,
  length: 7,
};

export function messagesHeading(style: Style): string {
  return style.faint(
    row('No.', 'Time', 'Flow', 'From', 'Id', 'Name', 'Session', 'Seq', 'Length', 'Ret').trimEnd(),
  );
}

/** One message as a line, its findings as lines below it. */
export function messageLines(message: Message, origin: TimeOrigin, style: Style): string[] {
  const { header } = message;
  const line = row(
    String(message.number),
    formatElapsed(origin.seconds, origin.nanoseconds, message.seconds, message.nanoseconds),
    String(message.flow.number),
    message.from,
    String(header.messageId),
    message.name,
    formatSessionId(header.sessionId),
    String(header.sequence),
    String(message.length),
    remark(message),
  ).trimEnd();
  const dressed = message.valid ? (message.media ? style.faint(line) : line) : style.error(line);
  return [dressed, ...message.findings.filter(isShown).map((finding) => findingLine(finding, style))];
}

/** Notes are habits of devices, often the same in each message: the list leaves them to `show` and to `--json`. */
function isShown({ code }: Finding): boolean {
  return severityOf(code) !== 'note';
}

/** The body below its message, indented; nothing for media and binary bodies. */
export function bodyLines(message: Message, showSecrets: boolean): string[] {
  const body = messageBody(message, showSecrets);
  if (body === undefined) return [];
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return safeLines(text)
    .split('\n')
    .map((line) => `        ${line}`);
}

export function findingLine(finding: Finding, style: Style): string {
  const severity = severityOf(finding.code);
  const place = finding.offset === undefined ? '' : ` (at byte ${finding.offset} of the body)`;
  return `        ${style[severity](severity)} ${finding.code}: ${safeLine(describeFinding(finding))}${place}`;
}

/** What stands out in a message: its return code, or what its media header says. */
function remark(message: Message): string {
  if (message.media) {
    const channel = `channel ${message.header.byte12}`;
    return message.header.byte13 === 1 ? `${channel}, end` : channel;
  }
  if (message.content?.kind === 'encrypted') return 'encrypted';
  if (message.ret === undefined) return message.fragments > 1 ? `in ${message.fragments} packets` : '';
  const meaning = returnText(message);
  return meaning === undefined ? String(message.ret) : `${message.ret} ${meaning}`;
}

function row(
  number: string,
  time: string,
  flow: string,
  from: string,
  id: string,
  name: string,
  session: string,
  sequence: string,
  length: string,
  last: string,
): string {
  return [
    pad(number, WIDTHS.number, 'right'),
    pad(time, WIDTHS.time, 'right'),
    pad(flow, WIDTHS.flow, 'right'),
    pad(from, WIDTHS.from),
    pad(id, WIDTHS.id, 'right'),
    pad(name, WIDTHS.name),
    pad(session, WIDTHS.session),
    pad(sequence, WIDTHS.sequence, 'right'),
    pad(length, WIDTHS.length, 'right'),
    last,
  ].join('  ');
}
