import { MESSAGES } from '../../schemas/registry.ts';
import { type Field, FieldTable } from '../filter/fields.ts';
import { severityOf } from '../rules/catalogue.ts';
import type { Message } from '../session/message.ts';
import { formatAddress, formatSessionId } from './format/address.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../reassembly/flow.ts';
import { messageBody, returnText } from './records/message-record.ts';

/** Capture time of the first record, which relative times count from. */
export interface TimeOrigin {
  seconds: number;
  nanoseconds: number;
}

function messageIds(): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const { name, alias, id, dialect } of MESSAGES) {
    if (dialect === 'spec') continue;
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

/** Values that exist for one transport protocol only. */
function portFields(name: 'tcp' | 'udp', protocol: number): readonly Field<Message>[] {
  const of = (message: Message) => message.flow.protocol === protocol;
  return [
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
export function messageFields(origin: TimeOrigin, showSecrets: boolean): FieldTable<Message> {
  return new FieldTable<Message>([
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
    { name: 'dvrip.number', type: 'number', help: 'number of the message', each: (m, visit) => visit(m.number) },
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
      enumeration: messageIds(),
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
    {
      name: 'dvrip.media',
      type: 'boolean',
      help: 'the body is media or firmware data',
      each: (m, visit) => visit(m.media),
    },
    {
      name: 'dvrip.channel',
      type: 'number',
      help: 'channel in the header of media data',
      each: (m, visit) => m.media && visit(m.header.byte12),
    },
    {
      name: 'dvrip.endflag',
      type: 'boolean',
      help: 'end flag in the header of media data',
      each: (m, visit) => m.media && visit(m.header.byte13 === 1),
    },
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
    {
      name: 'dvrip.valid',
      type: 'boolean',
      help: 'the message is whole and its body is what it must be',
      each: (m, visit) => visit(m.valid),
    },
    {
      name: 'dvrip.encrypted',
      type: 'boolean',
      help: 'the body is encrypted',
      each: (m, visit) => visit(m.content?.kind === 'encrypted'),
    },
    {
      name: 'dvrip.body',
      type: 'string',
      help: 'the body as text, secrets replaced',
      each: (m, visit) => {
        const body = messageBody(m, showSecrets);
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
