import { encodeHeader } from '../../../dissectors/dvrip/header.ts';
import { describeReturnCode } from '../../../schemas/return-codes.ts';
import type { Message } from '../../session/message.ts';
import { formatAddress, formatEndpoint, formatSessionId } from '../format/address.ts';
import { hexDump } from '../format/hex-dump.ts';
import type { Style } from '../format/style.ts';
import { formatCount, plural } from '../format/table.ts';
import { formatDelay, formatTime } from '../format/time.ts';
import { messageBody, returnText } from '../records/message-record.ts';
import { secretRanges } from '../redact.ts';
import { bodyLines, findingLine } from './messages-text.ts';

/** Bytes of a body that are printed in hex. */
export const SHOWN_HEX_BYTES = 4096;

/** One message whole. */
export function showText(message: Message, showSecrets: boolean, style: Style): string[] {
  const what =
    message.definition === undefined ? 'an id that nobody has named' : `section ${message.definition.spec}`;
  return [
    style.heading(`Message ${message.number}: ${message.header.messageId} ${message.name}`) +
      style.faint(`  ${what}`),
    ...facts(message).map(([title, text]) => `  ${style.faint(title.padEnd(9))} ${text}`),
    ...findings(message, style),
    ...body(message, showSecrets, style),
    ...hex(message, showSecrets, style),
  ];
}

function facts(message: Message): [string, string][] {
  const { header, flow, side } = message;
  const end = (which: 0 | 1) => formatEndpoint(formatAddress(flow.address(which)), flow.port(which));
  const rows: [string, string][] = [
    ['Time', formatTime(message.seconds, message.nanoseconds) ?? 'out of range'],
    [
      'From',
      `${message.from} ${end(side)} to ${end(side === 0 ? 1 : 0)}, flow ${flow.number}, ${packets(message)}`,
    ],
    [
      'Session',
      `${formatSessionId(header.sessionId)}${message.session === 0 ? '' : ` (session ${message.session})`}`,
    ],
    ['Sequence', String(header.sequence)],
    ['Length', `${formatCount(message.length)} bytes of body${missing(message)}`],
    ['Version', `${header.version}, reserved ${hexByte(header.reserved1)} ${hexByte(header.reserved2)}`],
  ];
  if (message.media) {
    rows.push(['Channel', String(header.byte12)]);
    rows.push(['End flag', String(header.byte13)]);
  } else {
    rows.push(['Packets', `total ${header.byte12}, current ${header.byte13}`]);
  }
  if (message.replyTo !== 0) {
    const { responseSeconds } = message;
    const after = responseSeconds === undefined ? '' : `, ${formatDelay(responseSeconds)} after it`;
    rows.push(['Answers', `message ${message.replyTo}${after}`]);
  }
  if (message.ret !== undefined) {
    const meaning = returnText(message);
    const sentence =
      meaning === undefined ? '' : ` ${meaning}: ${describeReturnCode(message.ret)?.meaning ?? ''}`;
    rows.push(['Ret', `${message.ret}${sentence}`]);
  }
  return rows;
}

function packets({ firstPacket, lastPacket }: Message): string {
  return firstPacket === lastPacket ? `packet ${firstPacket}` : `packets ${firstPacket} to ${lastPacket}`;
}

function missing({ missing, cut }: Message): string {
  if (missing > 0) return `, ${formatCount(missing)} never captured`;
  return cut > 0 ? `, the last ${formatCount(cut)} not there` : '';
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

function findings(message: Message, style: Style): string[] {
  if (message.findings.length === 0) return [];
  return ['', style.heading('Findings'), ...message.findings.map((finding) => findingLine(finding, style))];
}

function body(message: Message, showSecrets: boolean, style: Style): string[] {
  const { content } = message;
  if (content === undefined || messageBody(message, showSecrets) === undefined) return [];
  const kinds = { json: 'JSON', empty: 'empty', encrypted: 'encrypted', 'not-json': 'not JSON' } as const;
  const { encoding, trailer } = content.body;
  const details = `${kinds[content.kind]}, ${encoding}, trailer of ${plural(trailer, 'byte')}`;
  return ['', `${style.heading('Body')} ${style.faint(details)}`, ...bodyLines(message, showSecrets)];
}

function hex(message: Message, showSecrets: boolean, style: Style): string[] {
  const bytes = message.body.subarray(message.bodyStart, message.bodyEnd);
  const shown = bytes.subarray(0, SHOWN_HEX_BYTES);
  const rest = message.length - message.missing - message.cut - shown.length;
  return [
    '',
    style.heading('Header bytes'),
    ...hexDump(encodeHeader(message.header)).map((line) => `  ${line}`),
    ...(shown.length === 0 ? [] : ['', style.heading('Body bytes')]),
    ...hexDump(shown, showSecrets ? [] : secretRanges(shown)).map((line) => `  ${line}`),
    ...(rest > 0 ? [style.faint(`  … ${formatCount(rest)} bytes more`)] : []),
  ];
}
