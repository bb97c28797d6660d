import { wholeNanoseconds } from '../../../report/format/time.ts';
import { returnText } from '../../../report/records/message-record.ts';
import type { MessageRow, Moment, Run } from '../contract.ts';
import type { MessageMemory } from '../index/message-memory.ts';
import { FLAG, SEVERITY_SHIFT } from '../index/message-page.ts';
import { severityOfRank } from '../index/severity.ts';
import type { ListEntry } from '../lists/growing-list.ts';
import { secondsBetween } from './elapsed.ts';

/** The row of a message, or of a run of them. */
export function messageRow(memory: MessageMemory, entry: ListEntry, origin: Moment): MessageRow {
  const { number } = entry;
  const { index } = memory;
  const message = memory.columns(number);
  const page = index.page(number);
  const row = index.rowOf(number);
  const flags = page.flags[row] ?? 0;
  // Of what was said before a login, the session that the login made.
  const session = page.session[row] ?? 0;
  const time = { seconds: message.seconds, nanoseconds: message.nanoseconds };
  const worst = severityOfRank(flags >> SEVERITY_SHIFT);
  const retText = returnText(message);
  const { header, media, ret, replyTo, responseSeconds } = message;
  return {
    number,
    time,
    elapsed: secondsBetween(origin, time),
    flow: message.flow.number,
    ...(session !== 0 && { session }),
    ...((flags & FLAG.beforeLogin) !== 0 && { beforeLogin: true as const }),
    from: message.from,
    id: header.messageId,
    name: message.name,
    sequence: header.sequence,
    sessionId: header.sessionId,
    length: message.length,
    media,
    ...(media && { channel: header.byte12, endFlag: header.byte13 === 1 }),
    ...(message.fragments > 1 && { fragments: message.fragments }),
    ...(ret !== undefined && { ret }),
    ...(retText !== undefined && { retText }),
    valid: message.valid,
    encrypted: message.encrypted,
    packets: [message.firstPacket, message.lastPacket],
    ...(replyTo !== 0 && { replyTo }),
    ...(responseSeconds !== undefined && { responseSeconds: wholeNanoseconds(responseSeconds) }),
    ...(worst !== undefined && { worst }),
    ...(entry.count > 1 && { run: runOf(memory, entry, time) }),
  };
}

function runOf({ index }: MessageMemory, { count, last, bytes }: ListEntry, from: Moment): Run {
  const page = index.page(last);
  const row = index.rowOf(last);
  const until = { seconds: page.seconds[row] ?? 0, nanoseconds: page.nanoseconds[row] ?? 0 };
  return { count, last, seconds: Math.max(0, secondsBetween(from, until)), bytes };
}
