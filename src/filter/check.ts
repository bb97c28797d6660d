import type { Expression, Member, Operand } from './ast.ts';
import type { FieldTable, Source } from './fields.ts';
import { FUNCTIONS } from './functions.ts';
import { addressKind } from './kinds/address.ts';
import { TYPE_NOUNS, withKind, withSharedKind } from './kinds/by-type.ts';
import { type Kind, type LiteralOperand, type Reading, relate } from './kinds/kind.ts';
import {
  conjunction,
  disjunction,
  mirrored,
  negation,
  type Predicate,
  parity,
  present,
  quantified,
  quantifiedPairs,
  relationOf,
} from './predicate.ts';
import { containsLiteral, containsSource, matchesPattern } from './search.ts';
import { type FilterError, filterError, quoted, type Span } from './span.ts';
import { nearest } from './suggest.ts';

type Relational = Extract<Expression, { readonly kind: 'compare' }>;
type Search = Extract<Expression, { readonly kind: 'contains' | 'matches' }>;
type Membership = Extract<Expression, { readonly kind: 'in' }>;

/**
 * Gives the words of an expression their meaning from the field table and builds the test of a subject. Every method
 * answers undefined once `error` is set. The recursion is as deep as the brackets, which the parser has bounded.
 */
export class Checker<S> {
  error: FilterError | undefined;
  /** The fields the expression reads, in the order of their first use. */
  readonly fields = new Set<string>();
  readonly #table: FieldTable<S>;
  readonly #addresses = addressKind();

  constructor(table: FieldTable<S>) {
    this.#table = table;
  }

  test(expression: Expression): Predicate<S> | undefined {
    switch (expression.kind) {
      case 'and':
        return this.#joined(expression.terms, conjunction);
      case 'or':
        return this.#joined(expression.terms, disjunction);
      case 'xor':
        return this.#joined(expression.terms, parity);
      case 'not': {
        const term = this.test(expression.term);
        return term === undefined ? undefined : negation(term);
      }
      case 'present':
        return this.#present(expression.operand);
      case 'compare':
        return this.#compare(expression);
      case 'contains':
      case 'matches':
        return this.#search(expression);
      case 'in':
        return this.#member(expression);
    }
  }

  #joined(
    terms: readonly Expression[],
    join: (tests: readonly Predicate<S>[]) => Predicate<S>,
  ): Predicate<S> | undefined {
    const tests: Predicate<S>[] = [];
    for (const term of terms) {
      const test = this.test(term);
      if (test === undefined) return undefined;
      tests.push(test);
    }
    return join(tests);
  }

  #present(operand: Operand): Predicate<S> | undefined {
    const source = this.#source(operand);
    if (source === undefined) return undefined;
    if (operand.kind === 'call') {
      return this.#fail(
        operand.span,
        `${quoted(source.name)} is no test by itself`,
        'compare it with a value',
      );
    }
    return withKind(source, this.#addresses, (each) => present(each));
  }

  #compare(node: Relational): Predicate<S> | undefined {
    if (this.#isLiteral(node.right)) {
      const source = this.#source(node.left);
      return source === undefined ? undefined : this.#compareLiteral(node, source, node.right);
    }
    const right = this.#source(node.right);
    if (right === undefined) return undefined;
    // A word on the left that could be a name is a misspelt field far more often than a value.
    if (this.#isLiteral(node.left) && !isName(node.left)) {
      const turned: Relational = { ...node, comparator: mirrored(node.comparator) };
      return this.#compareLiteral(turned, right, node.left);
    }
    const left = this.#source(node.left);
    if (left === undefined) return undefined;
    const { wants, every } = relationOf(node.comparator, node.quantifier);
    const test = withSharedKind(left, right, this.#addresses, (eachLeft, eachRight, kind) => {
      const relation = relate(kind, wants);
      return quantifiedPairs(
        eachLeft,
        eachRight,
        (a, b) => {
          const literal = kind.literalOf(b);
          return literal !== undefined && relation(a, literal);
        },
        every,
      );
    });
    return test ?? this.#mismatch(left, right, node.right.span);
  }

  #compareLiteral(node: Relational, source: Source<S>, operand: LiteralOperand): Predicate<S> | undefined {
    const { wants, every } = relationOf(node.comparator, node.quantifier);
    return withKind(source, this.#addresses, (each, kind) => {
      const reading = this.#read(kind, operand);
      if (reading === undefined) return undefined;
      const relation = relate(kind, wants);
      return quantified(each, (value) => relation(value, reading.literal), every);
    });
  }

  #member(node: Membership): Predicate<S> | undefined {
    const source = this.#source(node.left);
    if (source === undefined) return undefined;
    return withKind(source, this.#addresses, (each, kind) => {
      const test = this.#memberTest(kind, node.members);
      return test === undefined ? undefined : quantified(each, test, node.quantifier === 'all');
    });
  }

  #memberTest<V, L>(kind: Kind<V, L>, members: readonly Member[]): ((value: V) => boolean) | undefined {
    const singles: L[] = [];
    const ranges: { readonly first: L; readonly last: L }[] = [];
    for (const { first, last } of members) {
      const low = this.#memberValue(kind, first);
      const high = last === undefined ? undefined : this.#memberValue(kind, last);
      if (low === undefined || (last !== undefined && high === undefined)) return undefined;
      if (high === undefined) {
        singles.push(low.literal);
        continue;
      }
      const order = kind.orderLiterals(low.literal, high.literal);
      if (Number.isNaN(order)) return this.#fail(first.span, 'a range needs ends of one kind');
      if (order > 0) return this.#fail(first.span, 'the range ends before it begins');
      ranges.push({ first: low.literal, last: high.literal });
    }
    const single =
      kind.oneOf?.(singles) ?? ((value: V) => singles.some((literal) => kind.equal(value, literal)));
    if (ranges.length === 0) return single;
    const inRange = (value: V): boolean =>
      ranges.some(({ first, last }) => kind.order(value, first) >= 0 && kind.order(value, last) <= 0);
    return (value) => single(value) || inRange(value);
  }

  #memberValue<V, L>(kind: Kind<V, L>, operand: Operand): { readonly literal: L } | undefined {
    if (this.#isLiteral(operand)) return this.#read(kind, operand);
    return this.#fail(operand.span, 'a set holds values, not fields');
  }

  #search(node: Search): Predicate<S> | undefined {
    const source = this.#source(node.left);
    if (source === undefined) return undefined;
    if (source.type !== 'string' && source.type !== 'bytes') {
      return this.#fail(
        node.left.span,
        `${quoted(source.name)} is ${TYPE_NOUNS[source.type]}, and '${node.kind}' looks into text or bytes`,
        source.type === 'number' ? `string(${source.name}) is its text` : undefined,
      );
    }
    const every = node.quantifier === 'all';
    if (node.kind === 'matches')
      return this.#accept(matchesPattern(source, node.right, every), node.right)?.literal;
    if (this.#isLiteral(node.right)) {
      return this.#accept(containsLiteral(source, node.right, every), node.right)?.literal;
    }
    const right = this.#source(node.right);
    if (right === undefined) return undefined;
    return containsSource(source, right, every) ?? this.#mismatch(source, right, node.right.span);
  }

  #isLiteral(operand: Operand): operand is LiteralOperand {
    return (
      operand.kind === 'text' || (operand.kind === 'word' && this.#table.get(operand.text) === undefined)
    );
  }

  #source(operand: Operand): Source<S> | undefined {
    if (operand.kind === 'call') return this.#call(operand);
    if (operand.kind === 'text') return this.#fail(operand.span, 'a field is expected, not a quoted text');
    const field = this.#table.get(operand.text);
    if (field !== undefined) {
      this.fields.add(field.name);
      return field;
    }
    if (!isName(operand))
      return this.#fail(operand.span, `a field is expected, not the value ${quoted(operand.text)}`);
    const near = nearest(operand.text, this.#table.names);
    return this.#fail(
      operand.span,
      `unknown field ${quoted(operand.text)}`,
      near === undefined ? undefined : `did you mean '${near}'?`,
    );
  }

  #call(call: Extract<Operand, { readonly kind: 'call' }>): Source<S> | undefined {
    const definition = FUNCTIONS.get(call.name);
    if (definition === undefined) {
      const near = nearest(call.name, FUNCTIONS.keys());
      return this.#fail(
        call.nameSpan,
        `unknown function ${quoted(call.name)}`,
        near === undefined ? `there are ${[...FUNCTIONS.keys()].join(', ')}` : `did you mean '${near}'?`,
      );
    }
    const [operand, second] = call.operands;
    if (operand === undefined || second !== undefined) {
      return this.#fail(second?.span ?? call.span, `${quoted(call.name)} takes one field`);
    }
    const source = this.#source(operand);
    if (source === undefined) return undefined;
    const takes = definition.takes.map((type) => TYPE_NOUNS[type]).join(' or ');
    const result = definition.apply(source, `${call.name}(${source.name})`);
    return (
      result ??
      this.#fail(operand.span, `${quoted(call.name)} takes ${takes}, not ${TYPE_NOUNS[source.type]}`)
    );
  }

  #read<V, L>(kind: Kind<V, L>, operand: LiteralOperand): { readonly literal: L } | undefined {
    return this.#accept(kind.read(operand), operand);
  }

  /** The value of a reading, or its refusal as an error at the operand. */
  #accept<L>(reading: Reading<L>, operand: Operand): { readonly literal: L } | undefined {
    return reading.kind === 'literal' ? reading : this.#fail(operand.span, reading.why, reading.hint);
  }

  #mismatch(left: Source<S>, right: Source<S>, span: Span): undefined {
    const types = `${TYPE_NOUNS[left.type]} and ${TYPE_NOUNS[right.type]}`;
    return this.#fail(span, `${quoted(left.name)} and ${quoted(right.name)} do not compare: ${types}`);
  }

  #fail(span: Span, what: string, hint?: string): undefined {
    this.error ??= filterError(span, what, hint);
    return undefined;
  }
}

/** Whether a word could be the name of a field: not a number, an address, a time or a row of bytes. */
function isName(operand: Operand): boolean {
  return operand.kind === 'word' && !/^[\d.+-]|[:/]/.test(operand.text);
}
