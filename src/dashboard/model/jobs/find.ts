import { formatAddress, formatSessionId } from '../../../report/format/address.ts';
import { messageBody, returnText } from '../../../report/records/message-record.ts';
import type { Message } from '../../../session/message.ts';
import type { FindQuery, Found } from '../contract.ts';
import type { MessageMemory } from '../index/message-memory.ts';
import { ROWS_AT_ONCE } from '../limits.ts';
import type { ModelLists } from '../lists/model-lists.ts';
import type { Job } from './job.ts';

/** Looks through a list of messages, from a row on, for a text in what they say. */
export async function find(
  lists: ModelLists,
  memory: MessageMemory,
  showSecrets: boolean,
  job: Job,
  { view, text, from, direction }: FindQuery,
): Promise<Found | undefined> {
  const wanted = text.toLowerCase();
  const list = lists.growing('messages', view);
  if (wanted === '' || 'kind' in list) return undefined;
  while (list.advance()) if (!(await job.breathe())) return undefined;
  const step = direction === 'forward' ? 1 : -1;
  const { total } = list;
  let looked = 0;
  for (let place = Math.min(Math.max(0, from), total - 1); place >= 0 && place < total; place += step) {
    // What a folded row stands for is media, or repeats itself: its first message speaks for it.
    const { number } = lists.entryAt('messages', list, view, place);
    if (memory.index.has(number) && says(memory.whole(number), wanted, showSecrets))
      return { position: place, number };
    looked += 1;
    if (looked % ROWS_AT_ONCE.bodies !== 0) continue;
    job.reached(looked, total);
    if (!(await job.breathe())) return undefined;
  }
  return undefined;
}

function says(message: Message, wanted: string, showSecrets: boolean): boolean {
  const { header, name, ret, flow } = message;
  const holds = (text: string) => text.toLowerCase().includes(wanted);
  if (holds(`${header.messageId} ${name} ${ret ?? ''} ${returnText(message) ?? ''}`)) return true;
  if (
    holds(
      `${formatSessionId(header.sessionId)} ${formatAddress(flow.address(0))} ${formatAddress(flow.address(1))}`,
    )
  ) {
    return true;
  }
  if (message.findings.some(({ code }) => holds(code))) return true;
  const body = messageBody(message, showSecrets);
  return body !== undefined && holds(typeof body === 'string' ? body : JSON.stringify(body));
}
