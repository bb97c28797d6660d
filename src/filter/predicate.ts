import type { Comparator, Quantifier } from './ast.ts';
import type { Each } from './fields.ts';

export type Predicate<S> = (subject: S) => boolean;

/** How the two sides of a comparison relate, and whether that must hold for every value or for one. */
export interface Relation {
  readonly wants: 'equal' | 'unequal' | 'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual';
  readonly every: boolean;
}

/**
 * wireshark-filter(4), «Comparison operators»: a field with several values satisfies an operator if any of them does,
 * except that `!=` and `===` ask for all of them.
 */
const RELATIONS: { readonly [comparator in Comparator]: Relation } = {
  eq: { wants: 'equal', every: false },
  all_eq: { wants: 'equal', every: true },
  ne: { wants: 'unequal', every: true },
  any_ne: { wants: 'unequal', every: false },
  gt: { wants: 'greater', every: false },
  ge: { wants: 'greaterOrEqual', every: false },
  lt: { wants: 'less', every: false },
  le: { wants: 'lessOrEqual', every: false },
};

export function relationOf(comparator: Comparator, quantifier: Quantifier | undefined): Relation {
  const relation = RELATIONS[comparator];
  return quantifier === undefined ? relation : { wants: relation.wants, every: quantifier === 'all' };
}

const MIRRORED: { readonly [comparator in Comparator]: Comparator } = {
  eq: 'eq',
  all_eq: 'all_eq',
  ne: 'ne',
  any_ne: 'any_ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

/** The comparator that says the same with its sides exchanged. */
export function mirrored(comparator: Comparator): Comparator {
  return MIRRORED[comparator];
}

const stop = (): boolean => true;

export function present<S, V>(each: Each<S, V>): Predicate<S> {
  return (subject) => each(subject, stop);
}

/** An absent field satisfies nothing: neither `any` nor `all`. */
export function quantified<S, V>(
  each: Each<S, V>,
  test: (value: V) => boolean,
  every: boolean,
): Predicate<S> {
  if (!every) return (subject) => each(subject, test);
  const fails = (value: V): boolean => !test(value);
  return (subject) => each(subject, stop) && !each(subject, fails);
}

/** The same for two fields: one pair, or every pair of a value of each. */
export function quantifiedPairs<S, A, B>(
  left: Each<S, A>,
  right: Each<S, B>,
  test: (a: A, b: B) => boolean,
  every: boolean,
): Predicate<S> {
  const wanted = !every;
  const found: Predicate<S> = (subject) => left(subject, (a) => right(subject, (b) => test(a, b) === wanted));
  if (!every) return found;
  return (subject) => left(subject, stop) && right(subject, stop) && !found(subject);
}

// Loops, not `every` and `some`: those would make a closure for each subject.

export function conjunction<S>(terms: readonly Predicate<S>[]): Predicate<S> {
  return (subject) => {
    for (const term of terms) if (!term(subject)) return false;
    return true;
  };
}

export function disjunction<S>(terms: readonly Predicate<S>[]): Predicate<S> {
  return (subject) => {
    for (const term of terms) if (term(subject)) return true;
    return false;
  };
}

/** True when an odd number of the terms are: `a xor b xor c` read from the left. */
export function parity<S>(terms: readonly Predicate<S>[]): Predicate<S> {
  return (subject) => {
    let odd = false;
    for (const term of terms) odd = odd !== term(subject);
    return odd;
  };
}

export function negation<S>(term: Predicate<S>): Predicate<S> {
  return (subject) => !term(subject);
}
