import type { Scope, View } from '../contract.ts';
import type { FindingIndex } from '../index/finding-index.ts';
import type { MessageIndex } from '../index/message-index.ts';
import { rankOf } from '../index/severity.ts';
import { ROWS_AT_ONCE } from '../limits.ts';
import { GrowingList } from './growing-list.ts';
import { wordFilter } from './words.ts';

/** The list of findings that a view shows: words are looked for in severity, rule and message name. */
export function findingList(view: View, findings: FindingIndex, messages: MessageIndex): GrowingList {
  const inScope = scopeTest(view.scope ?? { of: 'all' }, findings);
  const words = wordFilter(view.filter);
  // Many findings, few pairs of rule and message name.
  const known = new Map<string, boolean>();
  const matches =
    words === undefined
      ? undefined
      : (number: number) => {
          const message = findings.messageOf(number);
          const { rule, severity } = findings.ruleAt(number);
          const text = `${severity} ${rule} ${messages.has(message) ? messages.nameOf(message) : ''}`;
          let match = known.get(text);
          if (match === undefined) {
            match = words(text);
            known.set(text, match);
          }
          return match;
        };
  const tests = [inScope, matches].filter((test) => test !== undefined);
  const accepts = tests.length === 0 ? undefined : (number: number) => tests.every((test) => test(number));
  return new GrowingList(findings, {
    ...(accepts !== undefined && { accepts }),
    atOnce: ROWS_AT_ONCE.columns,
  });
}

function scopeTest(scope: Scope, findings: FindingIndex): ((number: number) => boolean) | undefined {
  if (scope.of === 'session') return (number) => findings.sessionOf(number) === scope.session;
  if (scope.of === 'flow') return (number) => findings.flowOf(number) === scope.flow;
  return undefined;
}

/** Keys that findings can be sorted by, beside their number. */
export function findingKey(by: string, findings: FindingIndex): ((number: number) => number) | undefined {
  switch (by) {
    case 'severity':
      return (number) => rankOf(findings.ruleAt(number).severity);
    case 'rule': {
      const order = findings.rules.map((_, place) => place);
      order.sort((a, b) => (findings.rules[a]?.rule ?? '').localeCompare(findings.rules[b]?.rule ?? ''));
      const ranks = new Map(order.map((place, rank) => [place, rank]));
      return (number) => ranks.get(findings.rulePlace(number)) ?? 0;
    }
    case 'session':
      return (number) => findings.sessionOf(number);
    case 'message':
      return (number) => findings.messageOf(number);
    default:
      return undefined;
  }
}
