import type { Sample, Subject } from '../../rules/ledger.ts';
import { shownText } from '../check/finding-text.ts';
import { formatTime } from '../format/time.ts';
import type { FindingRecord } from './live-records.ts';

/** The record of one finding, as it is made; `count`: of its kind by now. */
export function liveFindingRecord(
  { rule, severity, messageId, name, from }: Subject,
  sample: Sample,
  count: number | undefined,
  showSecrets: boolean,
): FindingRecord {
  const { message, packets, flow, session, seconds, nanoseconds, text, pointer } = sample;
  const { offset, length, line, column } = sample;
  const time = message === 0 && seconds === 0 ? undefined : formatTime(seconds, nanoseconds);
  return {
    schema: 'dvrscope.finding/1',
    rule,
    severity,
    text: shownText(text, pointer, showSecrets),
    ...(time !== undefined && { time }),
    ...(count !== undefined && { count }),
    ...(messageId !== undefined && { id: messageId }),
    ...(name !== undefined && { name }),
    ...(from !== undefined && { from }),
    ...(message > 0 && { message }),
    ...(packets[0] > 0 && { packets: [...packets] }),
    ...(flow > 0 && { flow }),
    ...(session > 0 && { session }),
    ...(pointer !== undefined && { pointer }),
    ...(offset !== undefined && { offset }),
    ...(length !== undefined && { length }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
