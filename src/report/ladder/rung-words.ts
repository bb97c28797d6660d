import { formatBytes, formatCount } from '../format/table.ts';
import { formatDelay, formatSpan } from '../format/time.ts';
import type { Rung } from './ladder.ts';

/** What a rung says: `1001 LOGIN_RSP 100 OK, 0.8 ms`, `1412 MONITOR_DATA channel 0, 312 × 4.5 s 1.2 MB`. */
export function rungWords(rung: Rung): string {
  const words = [`${rung.id} ${rung.name}`];
  if (rung.count > 1) {
    words.push(`× ${formatCount(rung.count)} in ${formatSpan(Math.max(0, rung.until - rung.from))}`);
    if (rung.media) words.push(`${formatBytes(rung.bytes)}`);
    return words.join(' ');
  }
  if (rung.remark !== '') words.push(rung.remark);
  if (rung.response !== undefined) words.push(`(${formatDelay(rung.response)})`);
  return words.join(' ');
}
