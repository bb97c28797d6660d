import type { Operand } from '../ast.ts';
import type { Relation } from '../predicate.ts';

/** A value as it was typed. */
export type LiteralOperand = Extract<Operand, { readonly kind: 'word' | 'text' }>;

export type Reading<L> =
  | { readonly kind: 'literal'; readonly literal: L }
  | { readonly kind: 'refused'; readonly why: string; readonly hint?: string };

/**
 * What a field type knows: how a typed value is read as literal `L`, and how a field's value `V` compares with it. They
 * differ where a literal says more than a value can (a network, not just an address).
 */
export interface Kind<V, L> {
  readonly read: (operand: LiteralOperand) => Reading<L>;
  readonly equal: (value: V, literal: L) => boolean;
  /** Negative, zero or positive like a sort function; NaN when the two have no order. */
  readonly order: (value: V, literal: L) => number;
  /** A value of another field as literal; undefined when it is not a proper value of its type. */
  readonly literalOf: (value: V) => L | undefined;
  /** Negative, zero or positive; NaN when they have no order. Tells a range that runs backwards. */
  readonly orderLiterals: (a: L, b: L) => number;
  /** Equality with any of many literals, where there is a faster way than one after the other. */
  readonly oneOf?: (literals: readonly L[]) => (value: V) => boolean;
}

export function literal<L>(value: L): Reading<L> {
  return { kind: 'literal', literal: value };
}

export function refused(
  why: string,
  hint?: string,
): { readonly kind: 'refused'; why: string; hint?: string } {
  return hint === undefined ? { kind: 'refused', why } : { kind: 'refused', why, hint };
}

/** The test of one value against one literal. */
export function relate<V, L>(kind: Kind<V, L>, wants: Relation['wants']): (value: V, literal: L) => boolean {
  switch (wants) {
    case 'equal':
      return kind.equal;
    case 'unequal':
      return (value, right) => !kind.equal(value, right);
    case 'less':
      return (value, right) => kind.order(value, right) < 0;
    case 'lessOrEqual':
      return (value, right) => kind.order(value, right) <= 0;
    case 'greater':
      return (value, right) => kind.order(value, right) > 0;
    case 'greaterOrEqual':
      return (value, right) => kind.order(value, right) >= 0;
  }
}
