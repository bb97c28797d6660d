import type { Code } from '../../dissectors/core/finding.ts';
import { UNNAMED } from '../../schemas/field.ts';
import type { MessageDefinition } from '../../schemas/message.ts';
import type { ObjectDefinition } from '../../schemas/object.ts';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { describeReturnCode, RETURN_CODES, type ReturnCode } from '../../schemas/return-codes.ts';
import { nearest } from '../filter/suggest.ts';
import { ALL_RULES } from '../rules/all-rules.ts';
import { CODES } from '../rules/catalogue.ts';
import type { Rule } from '../rules/rule.ts';

/** Something that `explain` knows. */
export type Topic =
  | { readonly kind: 'message'; readonly message: MessageDefinition }
  | { readonly kind: 'unnamed-id'; readonly id: number }
  | { readonly kind: 'object'; readonly definition: ObjectDefinition }
  | { readonly kind: 'branch'; readonly name: string; readonly objects: readonly ObjectDefinition[] }
  | { readonly kind: 'return-code'; readonly code: ReturnCode }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'finding'; readonly code: Code };

/**
 * All that a word may mean: a message by id or name, an object, a branch of the configuration, a return code by number
 * or name, a rule, a finding that is none. Letter case does not matter. Several where an id differs between the dialects, or where an
 * ability and a configuration share a name.
 */
export function findTopics(word: string): readonly Topic[] {
  const wanted = word.trim().toLowerCase();
  return /^-?\d{1,6}$/.test(wanted) ? byNumber(Number(wanted)) : byName(wanted);
}

/** The word that was probably meant. */
export function nearestTopic(word: string): string | undefined {
  return nearest(word.trim(), [
    ...new Set([
      ...MESSAGES.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias])),
      ...OBJECTS.map(({ name }) => name),
      ...RETURN_CODES.map(({ name }) => name),
      ...ALL_RULES.map(({ rule }) => rule.id),
      ...CODES,
    ]),
  ]);
}

function byNumber(number: number): readonly Topic[] {
  const topics = MESSAGES.filter(({ id }) => id === number).map(messageTopic);
  if (topics.length === 0 && UNNAMED.includes(number)) return [{ kind: 'unnamed-id', id: number }];
  const code = describeReturnCode(number);
  return code === undefined ? topics : [...topics, { kind: 'return-code', code }];
}

function byName(wanted: string): readonly Topic[] {
  const is = (name: string | undefined) => name?.toLowerCase() === wanted;
  const rule = ALL_RULES.find((entry) => is(entry.rule.id));
  const code = rule === undefined ? CODES.find(is) : undefined;
  const returnCode = RETURN_CODES.find(({ name }) => is(name));
  return [
    ...MESSAGES.filter(({ name, alias }) => is(name) || is(alias)).map(messageTopic),
    ...byObjectName(wanted),
    ...(returnCode === undefined ? [] : [{ kind: 'return-code', code: returnCode } as const]),
    ...(rule === undefined ? [] : [{ kind: 'rule', rule } as const]),
    ...(code === undefined ? [] : [{ kind: 'finding', code } as const]),
  ];
}

/** `Record.[0]` is explained by `Record`, and `ChannelSystemFunction@SmartH264` by what precedes the @. */
function byObjectName(wanted: string): readonly Topic[] {
  const plain = wanted.replace(/@.*$/s, '').replace(/(?:\.?\[\d+\])+$/, '');
  const objects = OBJECTS.filter(({ name }) => name.toLowerCase() === plain);
  const topics: Topic[] = objects.map((definition) => ({ kind: 'object', definition }));
  const below = OBJECTS.filter(
    ({ name, family }) => family === 'config' && name.toLowerCase().startsWith(`${plain}.`),
  );
  const [first] = below;
  if (first === undefined) return topics;
  return [...topics, { kind: 'branch', name: first.name.slice(0, plain.length), objects: below }];
}

function messageTopic(message: MessageDefinition): Topic {
  return { kind: 'message', message };
}
