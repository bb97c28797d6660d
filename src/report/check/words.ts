import type { Rule } from '../../rules/rule.ts';
import { plural } from '../format/table.ts';
import type { CheckFinding, CheckRecord, CheckRule, CheckSample } from './check-schema.ts';

/** What a rule asks, why, and what to do: the part of it that reports print. */
export type RuleText = Pick<Rule['rule'], 'id' | 'requires' | 'because' | 'remedy'>;

export function ruleTexts(rules: readonly Rule[]): ReadonlyMap<string, RuleText> {
  return new Map(rules.map(({ rule }) => [rule.id, rule]));
}

/** `§5.1.4`; `field 8`, of the field notes. */
export function sectionWords(section: string): string {
  return /^\d/.test(section) ? `§${section}` : section;
}

/** The message and place that a kind of finding is about: `1006 KEEPALIVE_REQ from the client at /Name`. */
export function subjectWords({ messageId, name, from, place }: CheckFinding): string {
  const message = messageId === undefined ? (name ?? '') : `${messageId} ${name ?? ''}`.trimEnd();
  const words = [
    ...(message === '' ? [] : [message]),
    ...(from === undefined ? [] : [`from the ${from}`]),
    ...(place === undefined ? [] : [`at ${place === '' ? 'the root' : place}`]),
  ];
  return words.length === 0 ? 'no single message' : words.join(' ');
}

/** Where a sample is: `message 12, packets 30 to 33, flow 1, session 2, byte 14 of the body`. */
export function placeWords({ message, packets, flow, session, offset }: CheckSample): string {
  return [
    ...(message === undefined ? [] : [`message ${message}`]),
    ...(packets === undefined ? [] : [packetWords(packets)]),
    ...(flow === undefined ? [] : [`flow ${flow}`]),
    ...(session === undefined ? [] : [`session ${session}`]),
    ...(offset === undefined ? [] : [`byte ${offset} of the body`]),
  ].join(', ');
}

function packetWords([first, last]: readonly [number, number]): string {
  return first === last ? `packet ${first}` : `packets ${first} to ${last}`;
}

type Waiver = NonNullable<CheckFinding['waiver']>;

/** `until 2027-01-31 by ops: reason`, or `for 192.0.2.10 until …`. */
function termsOf({ reason, owner, expires, device }: Waiver): string {
  const terms = `until ${expires} by ${owner}: ${reason}`;
  return device === undefined ? terms : `for ${device} ${terms}`;
}

/** A waiver that does nothing, which somebody should take out: `talk/channel-zero has expired (until …)`. */
export function idleWaiverWords(waiver: CheckRecord['waivers'][number]): string {
  const why = waiver.state === 'expired' ? 'has expired' : 'matches nothing';
  return `${waiver.rule}: the waiver ${why} (${termsOf(waiver)})`;
}

export function idleWaivers({ waivers }: CheckRecord): CheckRecord['waivers'] {
  return waivers.filter(({ state }) => state !== 'used');
}

/** Why a finding does not count; undefined for one that does. */
export function excuseWords({ status, waiver }: CheckFinding): string | undefined {
  if (waiver !== undefined) return `waived ${termsOf(waiver)}`;
  return status === 'known' ? 'known: it is in the baseline' : undefined;
}

const DOUBTS: { readonly [doubt in CheckRule['doubts'][number]['doubt']]: string } = {
  gap: 'in a gap',
  'one-direction': 'one direction captured',
  'began-before': 'began before the capture',
  ended: 'the capture ended first',
  dropped: 'packets were dropped',
  unreadable: 'the body could not be read',
  evicted: 'a limit was reached',
};

/** Why a rule could not tell: `3 × in a gap, 1 × the capture ended first`. */
export function doubtWords({ doubts }: CheckRule): string {
  return doubts.map(({ doubt, count }) => `${count} × ${DOUBTS[doubt]}`).join(', ');
}

/** Of the violations, those that nobody has excused. */
export function newViolations({ violations, waived, known }: CheckRule): number {
  return violations - waived - known;
}

export interface FindingsOfRule {
  readonly rule: string;
  readonly kinds: readonly CheckFinding[];
}

/** Findings that follow one another and are of one rule, together. */
export function groupedByRule(findings: readonly CheckFinding[]): readonly FindingsOfRule[] {
  const groups: { rule: string; kinds: CheckFinding[] }[] = [];
  for (const finding of findings) {
    const last = groups.at(-1);
    if (last?.rule === finding.rule) last.kinds.push(finding);
    else groups.push({ rule: finding.rule, kinds: [finding] });
  }
  return groups;
}

/** `41 passed, 2 broken, 1 known, 3 inconclusive, 31 not observed`; what is none is left out. */
export function verdictWords(rules: readonly CheckRule[]): string {
  const of = (verdict: CheckRule['verdict']) => rules.filter((rule) => rule.verdict === verdict);
  const failed = of('fail');
  const known = failed.filter((rule) => newViolations(rule) === 0).length;
  const words: readonly (readonly [number, string])[] = [
    [of('pass').length, 'passed'],
    [failed.length - known, 'broken'],
    [known, 'known'],
    [of('waived').length, 'waived'],
    [of('inconclusive').length, 'inconclusive'],
    [of('not-observed').length, 'not observed'],
  ];
  const some = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return some.length === 0 ? 'none' : some.join(', ');
}

/** `2 errors, 1 warning (3 known, 1 waived)`; `none`. */
export function totalWords({ totals }: CheckRecord): string {
  const severities = ['error', 'warning', 'note'] as const;
  const sum = (standing: 'known' | 'waived') =>
    severities.reduce((all, severity) => all + totals[severity][standing], 0);
  const found = severities
    .filter((severity) => totals[severity].new > 0)
    .map((severity) => plural(totals[severity].new, severity));
  const excused = [
    ...(sum('known') > 0 ? [`${sum('known')} known`] : []),
    ...(sum('waived') > 0 ? [`${sum('waived')} waived`] : []),
  ];
  const words = found.length === 0 ? 'none' : found.join(', ');
  return excused.length === 0 ? words : `${words} (and ${excused.join(', ')})`;
}
