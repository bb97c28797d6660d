import type { FilterTime } from '../fields.ts';
import { quotedCharacters } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { type Kind, literal, refused } from './kind.ts';

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(?:([Zz]|UTC)|([-+])(\d\d):?(\d\d))?$/;
/** At least nine digits, so that a lone year is not taken for a second in 1970. */
const UNIX_SECONDS = /^(\d{9,12})(?:\.(\d{1,9}))?$/;

/**
 * RFC 3339, the same with a blank for the `T`, without seconds, time or zone, or UNIX seconds; undefined for anything
 * else. Without a zone it is UTC: our reports print UTC, and a filter must not mean something else on another machine.
 */
export function readTime(text: string): FilterTime | undefined {
  const unix = UNIX_SECONDS.exec(text);
  if (unix !== null) return { seconds: Number(unix[1]), nanoseconds: readFraction(unix[2]) };
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour = '0',
    minute = '0',
    second = '0',
    fraction,
    ,
    sign,
    offsetHour,
    offsetMinute,
  ] = match;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnight);
  // Date.UTC turns the 31st of April into the 1st of May, and the year 26 into 1926.
  if (date.getUTCFullYear() !== Number(year) || date.getUTCDate() !== Number(day)) return undefined;
  if (date.getUTCMonth() + 1 !== Number(month)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const offset = Number(offsetHour ?? 0) * 3600 + Number(offsetMinute ?? 0) * 60;
  const ofDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return {
    seconds: midnight / 1000 + ofDay - (sign === '-' ? -offset : offset),
    nanoseconds: readFraction(fraction),
  };
}

function readFraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits.padEnd(9, '0'));
}

/** RFC 3339 in UTC with nine digits; the empty text for a time outside the years a date can have. */
export function writeTime(time: FilterTime): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toISOString().slice(0, -5)}.${String(time.nanoseconds).padStart(9, '0')}Z`;
}

export const TIME_KIND: Kind<FilterTime, FilterTime> = {
  read: (operand) => {
    const text = operand.kind === 'word' ? operand.text : quotedCharacters(operand);
    const time = readTime(text);
    if (time !== undefined) return literal(time);
    return refused(
      `${quoted(text)} is not a time`,
      'write "2026-11-22 10:00:00" (UTC) or 2026-11-22T10:00:00+01:00',
    );
  },
  equal: (value, right) => compareTimes(value, right) === 0,
  order: compareTimes,
  literalOf: (value) => value,
  orderLiterals: compareTimes,
};

function compareTimes(a: FilterTime, b: FilterTime): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}
