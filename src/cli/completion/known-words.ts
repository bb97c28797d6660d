import { OBJECTS } from '../../../schemas/objects.ts';
import { MESSAGES } from '../../../schemas/registry.ts';
import { ALL_RULES } from '../../rules/all-rules.ts';
import type { Value } from '../command-table.ts';
import { AREAS } from '../config/rule-words.ts';

const RULES = ALL_RULES.map(({ rule }) => rule.id);

/** The words that a value may be; undefined where they are not known beforehand. */
export function wordsOf(value: Value): readonly string[] | undefined {
  switch (value.kind) {
    case 'words':
      return value.words;
    case 'rule':
      return [...AREAS, ...RULES];
    case 'topic':
      return [
        ...new Set([...MESSAGES.map(({ name }) => name), ...OBJECTS.map(({ name }) => name), ...RULES]),
      ];
    default:
      return undefined;
  }
}
