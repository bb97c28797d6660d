import { formatBytes, formatCount, plural } from '../format/table.ts';
import type { CheckQuality, CheckRecord } from './check-schema.ts';
import { shortfalls } from './gates.ts';
import { clipped, type ReportLimits } from './limits.ts';

/** One fact of the head of a report. Its text may hold what a capture or a file name holds. */
export interface Fact {
  readonly title: string;
  readonly text: string;
  readonly grade: 'good' | 'bad' | 'plain';
}

/** How good the capture is: what a verdict on it can be worth. */
export function qualityFacts(
  { files, firstTime, lastTime, quality }: CheckRecord,
  limits: ReportLimits,
): readonly Fact[] {
  const facts: Fact[] = [...fileFacts(files, limits)];
  if (firstTime !== undefined && lastTime !== undefined) {
    facts.push({
      title: 'Time',
      text: `${shortTime(firstTime)} to ${shortTime(lastTime)} UTC`,
      grade: 'plain',
    });
  }
  facts.push(completeness(quality));
  if (quality.gaps.count > 0) facts.push({ title: 'Gaps', text: gapWords(quality), grade: 'bad' });
  for (const text of beginnings(quality)) facts.push({ title: 'Began', text, grade: 'plain' });
  for (const { limit, reached } of quality.limits) {
    facts.push({ title: 'Limit', text: `${limit} was reached ${plural(reached, 'time')}`, grade: 'bad' });
  }
  return facts;
}

/** Of many files, the damaged ones come first. */
function fileFacts(files: CheckRecord['files'], { filesNamed, textUnits }: ReportLimits): readonly Fact[] {
  const many = files.length > filesNamed;
  const damaged = files.filter(({ error }) => error !== undefined);
  const order = many ? [...damaged, ...files.filter(({ error }) => error === undefined)] : files;
  const facts = order.slice(0, filesNamed).map((file): Fact => {
    const path = file.path === '-' ? 'standard input' : clipped(file.path, textUnits);
    const size = `${formatBytes(file.bytes)}, ${plural(file.packets, 'packet')}`;
    return file.error === undefined
      ? { title: 'File', text: `${path} (${file.format}, ${size})`, grade: 'plain' }
      : { title: 'File', text: clipped(file.error.message, textUnits), grade: 'bad' };
  });
  if (!many) return facts;
  const unshown = order.slice(filesNamed);
  const worse = unshown.some(({ error }) => error !== undefined);
  const text = `and ${formatCount(unshown.length)} more${worse ? ', damaged ones among them' : ''}`;
  return [...facts, { title: 'File', text, grade: worse ? 'bad' : 'plain' }];
}

function shortTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 23)}`;
}

function completeness(quality: CheckQuality): Fact {
  if (!quality.complete)
    return { title: 'Quality', text: `incomplete: ${shortfalls(quality)}`, grade: 'bad' };
  const counted = quality.dropped.kernel !== undefined || quality.dropped.interface !== undefined;
  return {
    title: 'Quality',
    text: counted
      ? 'complete: no gaps, no drops counted'
      : 'no gaps; the capture does not say whether packets were dropped',
    grade: counted ? 'good' : 'plain',
  };
}

const CAUSES: { readonly [cause in CheckQuality['gaps']['byCause'][number]['cause']]: string } = {
  'snap-length': 'packets cut by the snap length',
  dropped: 'packets dropped while capturing',
  'one-direction': 'only one direction captured',
  'mid-stream': 'connections that began before the capture',
  unknown: 'lost on the way to the capture',
};

function gapWords({ gaps }: CheckQuality): string {
  const causes = gaps.byCause.map(
    ({ cause, count, bytes }) =>
      `${formatCount(count)} (${formatBytes(bytes)}), likely cause: ${CAUSES[cause]}`,
  );
  return causes.join('; ');
}

function beginnings(quality: CheckQuality): readonly string[] {
  const { midStreamFlows, dvripFlows, sessionsWithoutLogin, sessions } = quality;
  const open = `${formatCount(midStreamFlows)} of ${plural(dvripFlows, 'DVRIP flow')} open before the capture`;
  const login = `login not captured of ${formatCount(sessionsWithoutLogin)} of ${plural(sessions, 'session')}`;
  return [...(midStreamFlows > 0 ? [open] : []), ...(sessionsWithoutLogin > 0 ? [login] : [])];
}

/** How much of the protocol the capture has shown. */
export function coverageFacts(
  { coverage, rules, rulesOff }: CheckRecord,
  { idsNamed }: ReportLimits,
): readonly Fact[] {
  const { messages, idsSeen, idsKnown, areas, missing } = coverage;
  const exercised = areas.reduce((sum, area) => sum + area.exercised, 0);
  const idle = areas.filter((area) => area.exercised === 0).map(({ area }) => area);
  const off = rulesOff > 0 ? `; ${rulesOff} switched off` : '';
  const facts: Fact[] = [
    {
      title: 'Messages',
      text: `${formatCount(messages)}; ${idsSeen} of ${idsKnown} known ids seen`,
      grade: messages === 0 ? 'bad' : 'plain',
    },
    {
      title: 'Rules',
      text: `${exercised} of ${rules.length} exercised${off}`,
      grade: exercised === 0 ? 'bad' : 'plain',
    },
  ];
  if (idle.length > 0) facts.push({ title: 'Untried', text: idle.join(', '), grade: 'plain' });
  if (missing.length > 0) {
    const named = missing.slice(0, idsNamed).map(({ id, name }) => `${id} ${name}`);
    const rest = missing.length - named.length;
    const text = [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
    facts.push({ title: 'Missing', text, grade: 'bad' });
  }
  return facts;
}

/** The ids seen, most frequent first: `1006 KEEPALIVE_REQ × 12`. */
export function seenWords({ coverage }: CheckRecord, { idsNamed }: ReportLimits): readonly string[] {
  const seen = [...coverage.seen].sort((a, b) => b.count - a.count || a.id - b.id);
  const named = seen.slice(0, idsNamed);
  const words = named.map(({ id, name, count }) => `${id} ${name} × ${formatCount(count)}`);
  return seen.length > named.length ? [...words, `and ${seen.length - named.length} more`] : words;
}
