import type { Finding } from '../../../dissectors/core/finding.ts';
import { describeReturnCode } from '../../../schemas/return-codes.ts';
import { describeFinding, severityOf } from '../../rules/catalogue.ts';
import type { Message } from '../../session/message.ts';
import { formatSessionId } from '../format/address.ts';
import { formatTime, wholeNanoseconds } from '../format/time.ts';
import { redact, redactText } from '../redact.ts';
import type { MessageRecord } from './schemas.ts';

export interface MessageRecordOptions {
  readonly body: boolean;
  readonly showSecrets: boolean;
}

export function messageRecord(message: Message, options: MessageRecordOptions): MessageRecord {
  const { header } = message;
  const time = formatTime(message.seconds, message.nanoseconds);
  const meaning = returnText(message);
  const body = options.body ? messageBody(message, options.showSecrets) : undefined;
  return {
    schema: 'dvrscope.message/1',
    number: message.number,
    ...(time !== undefined && { time }),
    flow: message.flow.number,
    ...(message.session !== 0 && { session: message.session }),
    from: message.from,
    id: header.messageId,
    name: message.name,
    dialect: message.dialect,
    sequence: header.sequence,
    sessionId: formatSessionId(header.sessionId),
    length: message.length,
    ...(message.media && { channel: header.byte12, endFlag: header.byte13 === 1 }),
    ...(message.fragments > 1 && { fragments: message.fragments }),
    ...(message.ret !== undefined && { ret: message.ret }),
    ...(meaning !== undefined && { retText: meaning }),
    valid: message.valid,
    ...(message.encrypted && { encrypted: true as const }),
    packets: [message.firstPacket, message.lastPacket],
    ...(message.replyTo !== 0 && { replyTo: message.replyTo }),
    ...(message.responseSeconds !== undefined && {
      responseSeconds: wholeNanoseconds(message.responseSeconds),
    }),
    findings: message.findings.map(findingRecord),
    ...(body !== undefined && { body }),
  };
}

/** What the return code says; progress of an upgrade (1524) is a percentage, no code (reading notes, 5.15.3). */
export function returnText(message: Message): string | undefined {
  if (message.ret === undefined) return undefined;
  if (message.name === 'UPGRADE_PROGRESS' && message.ret >= 0 && message.ret <= 100) return undefined;
  return describeReturnCode(message.ret)?.name;
}

/** The body as a JSON value, or as text where it is none; undefined for media and binary bodies. */
export function messageBody(message: Message, showSecrets: boolean): unknown {
  const { content } = message;
  if (content === undefined || content.kind === 'empty') return undefined;
  if (content.kind === 'json') return showSecrets ? content.value : redact(content.value);
  return showSecrets ? content.body.text : redactText(content.body.text);
}

export function findingRecord(finding: Finding): MessageRecord['findings'][number] {
  return {
    rule: finding.code,
    severity: severityOf(finding.code),
    text: describeFinding(finding),
    ...(finding.pointer !== undefined && { pointer: finding.pointer }),
    ...(finding.offset !== undefined && { offset: finding.offset }),
    ...(finding.length !== undefined && { length: finding.length }),
    ...(finding.line !== undefined && { line: finding.line }),
    ...(finding.column !== undefined && { column: finding.column }),
    ...(finding.packets !== undefined && { packets: [...finding.packets] }),
  };
}
