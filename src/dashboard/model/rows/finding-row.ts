import { z } from 'zod';
import { shownText } from '../../../report/check/finding-text.ts';
import { findingRecord } from '../../../report/records/message-record.ts';
import type { FindingRow, Moment } from '../contract.ts';
import { OWN_RECORD } from '../index/finding-index.ts';
import type { Recorder } from '../index/recorder.ts';
import { secondsBetween } from './elapsed.ts';

/** What a finding that stands alone has in the spool. */
const details = z.object({ text: z.string(), pointer: z.string().optional() });
type Details = z.infer<typeof details>;

/** The row of a finding. Its words are made from what the spool has of it; without that the rule stands for them. */
export function findingRow(recorder: Recorder, number: number, origin: Moment): FindingRow {
  const { findings, messages } = recorder;
  const found = findings.at(number);
  const { rule, severity, flow, session, message } = found;
  const said = detailsOf(recorder, number);
  const there = messages.has(message);
  return {
    number,
    rule,
    severity,
    text: findings.isTakenBack(number)
      ? `${said?.text ?? rule} (taken back: packets were dropped)`
      : (said?.text ?? rule),
    flow,
    ...(session !== 0 && { session }),
    ...(message !== 0 && { message }),
    ...(there && {
      messageId: messages.page(message).id[messages.rowOf(message)] ?? 0,
      messageName: messages.nameOf(message),
    }),
    elapsed: secondsBetween(origin, found),
    ...(said?.pointer !== undefined && { pointer: said.pointer }),
  };
}

function detailsOf(
  { findings, memory, messages, rules, spool }: Recorder,
  number: number,
): Details | undefined {
  const { detailAt, message, ordinal } = findings.at(number);
  if (detailAt === undefined) return undefined;
  if (ordinal !== OWN_RECORD) {
    const finding = messages.has(message) ? memory.whole(message).findings[ordinal] : undefined;
    if (finding === undefined) return undefined;
    const { text, pointer } = findingRecord(finding);
    return { text: shownText(text, pointer, rules.showSecrets), ...(pointer !== undefined && { pointer }) };
  }
  const record = spool.read(detailAt);
  return record === undefined ? undefined : details.parse(JSON.parse(record.notes));
}
