import type { FieldTable, FieldType, Source } from './fields.ts';
import { FUNCTIONS } from './functions.ts';
import { type Operator, type Token, tokenize } from './lexer.ts';
import { FILTER_LIMITS } from './limits.ts';

export interface Completion {
  readonly text: string;
  readonly kind: 'field' | 'function' | 'operator' | 'value';
  readonly help: string;
}

export interface Completions {
  /** Column (UTF-16 units from 1) of the word that a completion replaces; the cursor itself when there is none yet. */
  readonly column: number;
  readonly items: readonly Completion[];
}

const COMPARISONS = ['==', '!=', '>', '>=', '<', '<=', 'in'];
const OPERATORS_OF: { readonly [type in FieldType]: readonly string[] } = {
  number: COMPARISONS,
  string: ['==', '!=', 'contains', 'matches', 'in'],
  address: COMPARISONS,
  boolean: ['==', '!='],
  time: COMPARISONS,
  bytes: ['==', '!=', 'contains', 'matches', 'in'],
};
const JOINTS = ['and', 'or', 'xor'];

/** What may follow at a column of an expression: fields, operators that fit the field, or names of its values. */
export function completions<S>(text: string, column: number, table: FieldTable<S>): Completions {
  const head = text.slice(0, Math.max(0, column - 1));
  const tokens = tokenize(head, FILTER_LIMITS);
  if ('kind' in tokens) return { column: head.length + 1, items: [] };
  const before = tokens.filter((token) => token.kind !== 'end');
  const last = before.at(-1);
  const typing = last !== undefined && isTyped(last) && last.span.end === head.length ? last : undefined;
  if (typing !== undefined) before.pop();
  const typed = typing?.text.toLowerCase() ?? '';
  const items = following(before, table).filter((item) => item.text.toLowerCase().startsWith(typed));
  return { column: (typing?.span.start ?? head.length) + 1, items };
}

/** A word, or an operator of letters, which a longer word may begin with. */
function isTyped(token: Token): token is Extract<Token, { readonly kind: 'word' | 'operator' }> {
  return token.kind === 'word' || (token.kind === 'operator' && /\w/.test(token.text));
}

function following<S>(before: readonly Token[], table: FieldTable<S>): readonly Completion[] {
  const last = before.at(-1);
  const operator = last?.kind === 'operator' ? last.operator : undefined;
  switch (operator) {
    case 'and':
    case 'or':
    case 'xor':
    case 'not':
    case 'any':
    case 'all':
    case '(':
      return subjects(table);
    case ')':
    case '}':
      return joints();
    case 'in':
      return [{ text: '{', kind: 'operator', help: 'a set of values' }];
    case undefined:
      break;
    default:
      return values(comparedField(before, table));
  }
  if (last === undefined) return subjects(table);
  const field = last.kind === 'word' ? table.get(last.text) : undefined;
  return field === undefined ? joints() : [...operators(field), ...joints()];
}

function subjects<S>(table: FieldTable<S>): readonly Completion[] {
  return [
    ...table.all.map(({ name, help }): Completion => ({ text: name, kind: 'field', help })),
    ...[...FUNCTIONS].map(([name, { help }]): Completion => ({ text: `${name}(`, kind: 'function', help })),
  ];
}

function joints(): readonly Completion[] {
  return JOINTS.map((text) => ({ text, kind: 'operator', help: 'joins two tests' }));
}

function operators<S>(field: Source<S>): readonly Completion[] {
  return OPERATORS_OF[field.type].map((text) => ({ text, kind: 'operator', help: `compares ${field.name}` }));
}

/** The field whose value is being typed: the word before the comparison, or before the `in` of an open set. */
function comparedField<S>(before: readonly Token[], table: FieldTable<S>): Source<S> | undefined {
  const lastOf = (operator: Operator): number =>
    before.findLastIndex((token) => token.kind === 'operator' && token.operator === operator);
  const inSet = lastOf('{') > lastOf('}');
  let at = (inSet ? lastOf('in') : before.length - 1) - 1;
  if (before[at]?.kind === 'operator') at--;
  const word = before[at];
  return word?.kind === 'word' ? table.get(word.text) : undefined;
}

function values<S>(field: Source<S> | undefined): readonly Completion[] {
  if (field?.type === 'boolean') {
    return ['true', 'false'].map((text) => ({ text, kind: 'value', help: field.name }));
  }
  if (field?.type !== 'number' || field.enumeration === undefined) return [];
  return [...field.enumeration].map(([text, value]) => ({ text, kind: 'value', help: String(value) }));
}
