import { type Dialect, MESSAGES } from '../../schemas/registry.ts';
import { type Field, FieldTable } from '../filter/fields.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../reassembly/flow.ts';
import { severityOf } from '../rules/catalogue.ts';
import type { Message } from '../session/message.ts';
import { formatAddress, formatSessionId } from './format/address.ts';
import { wholeNanoseconds } from './format/time.ts';
import { messageBody, returnText } from './records/message-record.ts';

/** Capture time of the first record, which relative times count from. */
export interface TimeOrigin {
  seconds: number;
  nanoseconds: number;
}

/** What changes the values of fields. */
export interface FieldOptions {
  readonly dialect: Dialect;
  readonly showSecrets: boolean;
}

/** The ids that names stand for; the dialects differ in the messages of the login. */
function messageIds(wanted: Dialect): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const { name, alias, id, dialect } of MESSAGES) {
    if (dialect !== undefined && dialect !== wanted) continue;
    ids.set(name, id);
    if (alias !== undefined) ids.set(alias, id);
  }
  return ids;
}

function address(message: Message, sent: boolean): string {
  const side = sent ? message.side : message.side === 0 ? 1 : 0;
  return formatAddress(message.flow.address(side));
}

function port(message: Message, sent: boolean): number {
  return message.flow.port(sent ? message.side : message.side === 0 ? 1 : 0);
}

/**
 * A field that is there, and true, where something is so, and absent elsewhere: a name alone tests presence in
 * Wireshark's language, so that `dvrip.media` and `not dvrip.media` mean what they say.
 */
function flag(name: string, help: string, holds: (message: Message) => boolean): Field<Message> {
  return { name, type: 'boolean', help, each: (message, visit) => holds(message) && visit(true) };
}

/** Values that exist for one transport protocol only. */
function portFields(name: 'tcp' | 'udp', protocol: number): readonly Field<Message>[] {
  const of = (message: Message) => message.flow.protocol === protocol;
  return [
    flag(name, `sent over ${name.toUpperCase()}`, of),
    {
      name: `${name}.port`,
      type: 'number',
      help: `${name.toUpperCase()} port of either end`,
      each: (m, visit) => of(m) && (visit(port(m, true)) || visit(port(m, false))),
    },
    {
      name: `${name}.srcport`,
      type: 'number',
      help: `${name.toUpperCase()} port of the sender`,
      each: (m, visit) => of(m) && visit(port(m, true)),
    },
    {
      name: `${name}.dstport`,
      type: 'number',
      help: `${name.toUpperCase()} port of the receiver`,
      each: (m, visit) => of(m) && visit(port(m, false)),
    },
    {
      name: `${name}.stream`,
      type: 'number',
      help: `number of the flow, as \`flows\` lists it (${name.toUpperCase()} only)`,
      each: (m, visit) => of(m) && visit(m.flow.number),
    },
  ];
}

function addressFields(name: 'ip' | 'ipv6', length: number): readonly Field<Message>[] {
  const of = (message: Message) => message.flow.addressLength === length;
  return [
    flag(name, `sent over ${name === 'ip' ? 'IPv4' : 'IPv6'}`, of),
    {
      name: `${name}.addr`,
      type: 'address',
      help: 'address of either end',
      each: (m, visit) => of(m) && (visit(address(m, true)) || visit(address(m, false))),
    },
    {
      name: `${name}.src`,
      type: 'address',
      help: 'address of the sender',
      each: (m, visit) => of(m) && visit(address(m, true)),
    },
    {
      name: `${name}.dst`,
      type: 'address',
      help: 'address of the receiver',
      each: (m, visit) => of(m) && visit(address(m, false)),
    },
  ];
}

/** What `-Y` and `--fields` know of a message: Wireshark's names below DVRIP, `dvrip.…` above. */
export function messageFields(origin: TimeOrigin, options: FieldOptions): FieldTable<Message> {
  return new FieldTable<Message>([
    flag('frame', 'every message', () => true),
    {
      name: 'frame.number',
      type: 'number',
      help: 'number of the record that completes the message',
      each: (m, visit) => visit(m.lastPacket),
    },
    {
      name: 'frame.time',
      type: 'time',
      help: 'capture time',
      each: (m, visit) => visit({ seconds: m.seconds, nanoseconds: m.nanoseconds }),
    },
    {
      name: 'frame.time_epoch',
      type: 'time',
      help: 'capture time',
      each: (m, visit) => visit({ seconds: m.seconds, nanoseconds: m.nanoseconds }),
    },
    {
      name: 'frame.time_relative',
      type: 'number',
      help: 'seconds since the first record',
      each: (m, visit) =>
        visit(m.seconds - origin.seconds + (m.nanoseconds - origin.nanoseconds) / 1_000_000_000),
    },
    ...addressFields('ip', 4),
    ...addressFields('ipv6', 16),
    ...portFields('tcp', PROTOCOL_TCP),
    ...portFields('udp', PROTOCOL_UDP),
    flag('dvrip', 'every message', () => true),
    {
      name: 'dvrip.number',
      type: 'number',
      help: 'number of the message',
      each: (m, visit) => visit(m.number),
    },
    {
      name: 'dvrip.flow',
      type: 'number',
      help: 'number of the flow, as `flows` lists it',
      each: (m, visit) => visit(m.flow.number),
    },
    {
      name: 'dvrip.msgid',
      type: 'number',
      help: 'message id; its name may stand for it',
      each: (m, visit) => visit(m.header.messageId),
      enumeration: messageIds(options.dialect),
    },
    { name: 'dvrip.name', type: 'string', help: 'name of the message id', each: (m, visit) => visit(m.name) },
    {
      name: 'dvrip.session',
      type: 'number',
      help: 'session id in the header',
      each: (m, visit) => visit(m.header.sessionId),
    },
    {
      name: 'dvrip.session_id',
      type: 'string',
      help: 'session id in the header as text, 0x0000000B',
      each: (m, visit) => visit(formatSessionId(m.header.sessionId)),
    },
    {
      name: 'dvrip.session_number',
      type: 'number',
      help: 'number of the session, as `sessions` lists it',
      each: (m, visit) => m.session !== 0 && visit(m.session),
    },
    {
      name: 'dvrip.reply_to',
      type: 'number',
      help: 'number of the message that it answers',
      each: (m, visit) => m.replyTo !== 0 && visit(m.replyTo),
    },
    {
      name: 'dvrip.response_time',
      type: 'number',
      help: 'seconds from the request to this answer',
      each: (m, visit) => m.responseSeconds !== undefined && visit(wholeNanoseconds(m.responseSeconds)),
    },
    {
      name: 'dvrip.sequence',
      type: 'number',
      help: 'sequence number',
      each: (m, visit) => visit(m.header.sequence),
    },
    {
      name: 'dvrip.version',
      type: 'number',
      help: 'version byte of the header',
      each: (m, visit) => visit(m.header.version),
    },
    { name: 'dvrip.length', type: 'number', help: 'bytes of the body', each: (m, visit) => visit(m.length) },
    {
      name: 'dvrip.from',
      type: 'string',
      help: 'who sent it: client or device',
      each: (m, visit) => visit(m.from),
    },
    flag('dvrip.media', 'the body is media or firmware data', (m) => m.media),
    {
      name: 'dvrip.channel',
      type: 'number',
      help: 'channel in the header of media data',
      each: (m, visit) => m.media && visit(m.header.byte12),
    },
    flag('dvrip.endflag', 'end flag in the header of media data', (m) => m.media && m.header.byte13 === 1),
    {
      name: 'dvrip.ret',
      type: 'number',
      help: 'return code in the body',
      each: (m, visit) => m.ret !== undefined && visit(m.ret),
    },
    {
      name: 'dvrip.ret_text',
      type: 'string',
      help: 'name of the return code',
      each: (m, visit) => {
        const text = returnText(m);
        return text !== undefined && visit(text);
      },
    },
    flag('dvrip.valid', 'the message is whole and its body is what it must be', (m) => m.valid),
    flag('dvrip.invalid', 'the message is not whole, or its body is not what it must be', (m) => !m.valid),
    flag('dvrip.encrypted', 'the body is encrypted', (m) => m.encrypted),
    {
      name: 'dvrip.body',
      type: 'string',
      help: 'the body as text, secrets replaced',
      each: (m, visit) => {
        const body = messageBody(m, options.showSecrets);
        return body !== undefined && visit(typeof body === 'string' ? body : JSON.stringify(body));
      },
    },
    {
      name: 'dvrip.finding',
      type: 'string',
      help: 'rule of a finding',
      each: (m, visit) => m.findings.some((finding) => visit(finding.code)),
    },
    {
      name: 'dvrip.severity',
      type: 'string',
      help: 'severity of a finding: error, warning, note',
      each: (m, visit) => m.findings.some((finding) => visit(severityOf(finding.code))),
    },
  ]);
}
