import { nearest } from '../../filter/suggest.ts';
import { ruleArea } from '../../report/records/rule-record.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import { didYouMean } from './document.ts';

const IDS: readonly string[] = ALL_RULES.map(({ rule }) => rule.id);

/** Areas of rules, in the order of the rules. */
export const AREAS: readonly string[] = [...new Set(IDS.map(ruleArea))];

/**
 * The ids that a word names: a rule by its id, or all of an area by `area/*`. Where there are none: what is wrong
 * with the word.
 */
export function rulesNamed(word: string): readonly string[] | string {
  const found = IDS.filter((id) => id === word || `${ruleArea(id)}/*` === word);
  if (found.length > 0) return found;
  const meant = nearest(word, [...IDS, ...AREAS.map((area) => `${area}/*`)]);
  return `no rule is called '${word}'${didYouMean(meant) || '; `dvrscope rules` lists them'}`;
}

/** The one rule of an id; otherwise what is wrong with the word. */
export function isRule(word: string): true | string {
  if (IDS.includes(word)) return true;
  return `no rule is called '${word}'${didYouMean(nearest(word, IDS)) || '; `dvrscope rules` lists them'}`;
}
