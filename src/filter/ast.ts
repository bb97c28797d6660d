import type { QuotedText } from './quoted-text.ts';
import type { Span } from './span.ts';

/** A comparison with one value: what must hold between the sides (`eq`…), and of how many values by default. */
export type Comparator = 'eq' | 'all_eq' | 'ne' | 'any_ne' | 'gt' | 'ge' | 'lt' | 'le';

/** `any` or `all` in front of a relation; without it the operator decides. */
export type Quantifier = 'any' | 'all';

export type Operand =
  | { readonly kind: 'word'; readonly text: string; readonly span: Span }
  | ({ readonly kind: 'text' } & QuotedText)
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly nameSpan: Span;
      readonly operands: readonly Operand[];
      readonly span: Span;
    };

/** One member of a set: all from `first` to `last`, both included, which are one operand for a single value. */
export interface Member {
  readonly first: Operand;
  readonly last: Operand;
}

export type Expression =
  | { readonly kind: 'and' | 'or' | 'xor'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | { readonly kind: 'present'; readonly operand: Operand }
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly quantifier?: Quantifier;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly kind: 'contains' | 'matches';
      readonly quantifier?: Quantifier;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly kind: 'in';
      readonly quantifier?: Quantifier;
      readonly left: Operand;
      readonly members: readonly Member[];
    };
