import type { FilterTime } from '../fields.ts';
import { quoted } from '../span.ts';
import { itself, type Kind, literal, literalText, refused } from './kind.ts';

const DATE =
  /^(\d{4}-\d\d-\d\d)(?:[Tt ]((?:[01]\d|2[0-3]):\d\d)(?:(:\d\d)(?:[.,](\d{1,9}))?)?)?\s?(?:[Zz]|UTC|([-+]\d\d):?(\d\d))?$/;
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
  const [, day = '', minute = '00:00', second = ':00', fraction, zoneHour, zoneMinute] = match;
  const zone = zoneHour === undefined ? 'Z' : `${zoneHour}:${zoneMinute}`;
  const milliseconds = Date.parse(`${day}T${minute}${second}${zone}`);
  if (Number.isNaN(milliseconds) || !isDay(day)) return undefined;
  return { seconds: milliseconds / 1000, nanoseconds: readFraction(fraction) };
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  return new Date(Date.parse(day)).toISOString().startsWith(day);
}

function readFraction(digits = ''): number {
  return Number(digits.padEnd(9, '0'));
}

/** RFC 3339 in UTC with nine digits; the empty text for a time outside the years a date can have. */
export function writeTime(time: FilterTime): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toISOString().slice(0, -5)}.${String(time.nanoseconds).padStart(9, '0')}Z`;
}

export const TIME_KIND: Kind<FilterTime, FilterTime> = {
  read: (operand) => {
    const text = literalText(operand);
    const time = readTime(text);
    if (time !== undefined) return literal(time);
    return refused(
      `${quoted(text)} is not a time`,
      'write "2026-11-22 10:00:00" (UTC) or 2026-11-22T10:00:00+01:00',
    );
  },
  literalOf: itself,
  order: (a, b) => a.seconds - b.seconds || a.nanoseconds - b.nanoseconds,
};
