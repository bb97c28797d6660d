import type { Comparator } from './ast.ts';
import type { Each } from './fields.ts';

export type Predicate<S> = (subject: S) => boolean;

interface Comparison {
  /** Whether two sides relate so, by their order (negative, zero, positive, NaN for none). */
  readonly holds: (order: number) => boolean;
  /** Whether it must hold for every value of a field, or for one. */
  readonly every: boolean;
  /** The comparator that says the same with its sides exchanged. */
  readonly mirrored: Comparator;
}

/**
 * wireshark-filter(4), «Comparison operators»: a field with several values satisfies an operator if any of them does,
 * except that `!=` and `===` ask for all of them.
 */
export const COMPARISONS: { readonly [comparator in Comparator]: Comparison } = {
  eq: { holds: (order) => order === 0, every: false, mirrored: 'eq' },
  all_eq: { holds: (order) => order === 0, every: true, mirrored: 'all_eq' },
  ne: { holds: (order) => order !== 0, every: true, mirrored: 'ne' },
  any_ne: { holds: (order) => order !== 0, every: false, mirrored: 'any_ne' },
  gt: { holds: (order) => order > 0, every: false, mirrored: 'lt' },
  ge: { holds: (order) => order >= 0, every: false, mirrored: 'le' },
  lt: { holds: (order) => order < 0, every: false, mirrored: 'gt' },
  le: { holds: (order) => order <= 0, every: false, mirrored: 'ge' },
};

const stop = (): boolean => true;

export function present<S>(each: (subject: S, visit: () => boolean) => boolean): Predicate<S> {
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

/**
 * How a run of tests joined by one operator answers; `a xor b xor c` read from the left is true when an odd number of
 * them are. Loops, not `every` and `some`: those would make a closure for each subject.
 */
export const JOINS: {
  readonly [operator in 'and' | 'or' | 'xor']: <S>(terms: readonly Predicate<S>[]) => Predicate<S>;
} = {
  and: (terms) => (subject) => {
    for (const term of terms) if (!term(subject)) return false;
    return true;
  },
  or: (terms) => (subject) => {
    for (const term of terms) if (term(subject)) return true;
    return false;
  },
  xor: (terms) => (subject) => {
    let odd = false;
    for (const term of terms) odd = odd !== term(subject);
    return odd;
  },
};
