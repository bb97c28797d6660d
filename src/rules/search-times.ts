import { type Body, textMember } from './turn.ts';

const DATE_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})$/;

/** `2009-02-16 13:36:11` as a number that grows with time; undefined for other forms, and for dates of zeros, which mean none. */
export function comparableTime(text: string | undefined): number | undefined {
  const parts = text === undefined ? null : DATE_TIME.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  if (month === 0 || day === 0) return undefined;
  return ((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second;
}

/** What a search asks for, as written and comparable. */
export interface TimeRange {
  readonly begin: string;
  readonly end: string;
  readonly from: number;
  readonly until: number;
}

/** The time range of a search (§5.8, §5.9) in the object of this name; undefined where it cannot be read. */
export function searchRange(body: Body, object: string): TimeRange | undefined {
  const begin = textMember(body, object, 'BeginTime');
  const end = textMember(body, object, 'EndTime');
  const from = comparableTime(begin);
  const until = comparableTime(end);
  if (begin === undefined || end === undefined || from === undefined || until === undefined) return undefined;
  return { begin, end, from, until };
}

/** Requests and the object that each carries. */
export const SEARCHES: ReadonlyMap<string, string> = new Map([
  ['FILESEARCH_REQ', 'OPFileQuery'],
  ['FILESEARCH_BYTIME_REQ', 'OPFileQuery'],
  ['LOGSEARCH_REQ', 'OPLogQuery'],
]);

/** The list in the answer to a search: devices name it as the request does, the specification otherwise. */
export function foundList(
  body: Body,
): { readonly key: string; readonly items: readonly unknown[] } | undefined {
  for (const key of ['OPFileQuery', 'FileList', 'OPLogQuery', 'LogList']) {
    const items: unknown = body[key];
    if (Object.hasOwn(body, key) && Array.isArray(items)) return { key, items };
  }
  return undefined;
}
