import type { Operand } from '../ast.ts';
import { quotedCharacters } from '../quoted-text.ts';

/** A value as it was typed. */
export type LiteralOperand = Extract<Operand, { readonly kind: 'word' | 'text' }>;

export type Reading<L> =
  | { readonly kind: 'literal'; readonly literal: L }
  | { readonly kind: 'refused'; readonly why: string; readonly hint?: string };

/**
 * What a field type knows: how a typed value is read as literal `L`, how a field's value `V` becomes one, and how two
 * compare. They differ where a literal says more than a value can (a network, not just an address).
 */
export interface Kind<V, L> {
  /** `names` may stand for numbers. */
  readonly read: (operand: LiteralOperand, names?: ReadonlyMap<string, number>) => Reading<L>;
  readonly literalOf: (value: V) => L;
  /** Negative, zero or positive like a sort function; NaN when the two have no order and are not equal. */
  readonly order: (a: L, b: L) => number;
}

export function literal<L>(value: L): Reading<L> {
  return { kind: 'literal', literal: value };
}

export function refused(why: string, hint?: string): Reading<never> {
  return hint === undefined ? { kind: 'refused', why } : { kind: 'refused', why, hint };
}

/** A value as characters, quoted or not. */
export function literalText(operand: LiteralOperand): string {
  return operand.kind === 'word' ? operand.text : quotedCharacters(operand);
}

/** For the types whose values are literals as they are. */
export function itself<V>(value: V): V {
  return value;
}
