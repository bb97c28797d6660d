import type { Header } from '../../../../dissectors/dvrip/header.ts';
import { MAGIC } from '../../../../dissectors/dvrip/header.ts';
import { formatSessionId } from '../../../report/format/address.ts';
import { formatCount } from '../../../report/format/table.ts';
import type { Message } from '../../../session/message.ts';
import type { HeaderField } from '../contract.ts';

/** The fields of the header in the order of its bytes (specification 3.1 and 3.2; layout in dissectors/dvrip/header.ts). */
export function headerFields(message: Message, session: number | undefined): HeaderField[] {
  const { header, media, fragments } = message;
  const id = header.messageId;
  return [
    field('magic', hexByte(MAGIC), 0, 1),
    field('version', String(header.version), 1, 1),
    field('reserved 1', hexByte(header.reserved1), 2, 1),
    field('reserved 2', hexByte(header.reserved2), 3, 1),
    field(
      'session',
      formatSessionId(header.sessionId),
      4,
      4,
      session === undefined ? undefined : `session ${session}`,
    ),
    field('sequence', String(header.sequence), 8, 4),
    ...(media ? mediaFields(header) : controlFields(header, fragments)),
    field('message id', String(id), 14, 2, message.name),
    field('length', String(header.bodyLength), 16, 4, `${formatCount(header.bodyLength)} bytes of body`),
  ];
}

function mediaFields({ byte12, byte13 }: Header): HeaderField[] {
  return [
    field('channel', String(byte12), 12, 1),
    field('end flag', String(byte13), 13, 1, byte13 === 1 ? 'the last message of the stream' : undefined),
  ];
}

function controlFields({ byte12, byte13 }: Header, fragments: number): HeaderField[] {
  const joined = fragments > 1 ? `joined from ${fragments} packets` : undefined;
  return [
    field('total packets', String(byte12), 12, 1, joined),
    field('current packet', String(byte13), 13, 1),
  ];
}

function field(name: string, value: string, offset: number, length: number, meaning?: string): HeaderField {
  return { name, value, offset, length, ...(meaning !== undefined && { meaning }) };
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}
