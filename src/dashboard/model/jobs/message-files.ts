import { safeJson } from '../../../report/format/safe-text.ts';
import { PLAIN } from '../../../report/format/style.ts';
import { plural } from '../../../report/format/table.ts';
import { messageRecord } from '../../../report/records/message-record.ts';
import { bodyLines, messageLines, messagesHeading } from '../../../report/text/messages-text.ts';
import { ROWS_AT_ONCE } from '../limits.ts';
import type { Job } from './job.ts';
import type { OutputFile } from './output-file.ts';
import type { SaveSources } from './save.ts';
import type { Chosen } from './selection.ts';

/** Writes messages with their bodies, as `messages --body` prints them, as records or as text. */
export async function writeMessages(
  { recorder, options }: SaveSources,
  job: Job,
  format: 'ndjson' | 'text',
  { list }: Chosen,
  file: OutputFile,
): Promise<{ readonly items: number; readonly notes: readonly string[] } | { readonly kind: 'cancelled' }> {
  const { memory, messages, origin } = recorder;
  const showSecrets = options.showSecrets === true;
  while (list.advance()) if (!(await job.breathe())) return { kind: 'cancelled' };
  const { total } = list;
  let lost = 0;
  let gone = 0;
  if (format === 'text') file.text(`${messagesHeading(PLAIN)}\n`);
  // Messages that come while it is written are not part of it; those that go are counted.
  const numbers = Array.from({ length: total }, (_, place) => list.entry(place).number);
  for (let from = 0; from < total; from += ROWS_AT_ONCE.bodies) {
    const lines: string[] = [];
    for (const number of numbers.slice(from, from + ROWS_AT_ONCE.bodies)) {
      if (!messages.has(number)) {
        gone += 1;
        continue;
      }
      const message = memory.whole(number);
      if (!message.media && memory.lost(number) !== undefined) lost += 1;
      if (format === 'ndjson') lines.push(safeJson(messageRecord(message, { body: true, showSecrets })));
      else lines.push(...messageLines(message, origin, PLAIN), ...bodyLines(message, showSecrets));
    }
    if (lines.length > 0) file.text(`${lines.join('\n')}\n`);
    job.reached(from, total);
    if (!(await job.breathe())) return { kind: 'cancelled' };
  }
  return {
    items: total - gone,
    notes: [
      ...(lost > 0
        ? [`${plural(lost, 'message')} without body: ${recorder.spool.failure ?? 'it cannot be read'}`]
        : []),
      ...(gone > 0 ? [`${plural(gone, 'message')} made room for newer ones`] : []),
    ],
  };
}
