import type { Expression, Operand } from './ast.ts';
import type { FieldTable, FieldType, FieldValues, Source, SourceOf } from './fields.ts';
import { FUNCTIONS } from './functions.ts';
import { type Kinds, kindsByType, type Literals, TYPE_NOUNS } from './kinds/by-type.ts';
import { type LiteralOperand, literalText, type Reading } from './kinds/kind.ts';
import type { FilterLimits } from './limits.ts';
import { compilePattern } from './pattern.ts';
import { COMPARISONS, JOINS, type Predicate, present, quantified, quantifiedPairs } from './predicate.ts';
import { quotedCharacters } from './quoted-text.ts';
import { CHARACTERS, CONTAINS, type Searchable } from './search.ts';
import { type FilterError, filterError, quoted, type Span } from './span.ts';
import { nearest } from './suggest.ts';

type Comparing = Extract<Expression, { readonly kind: 'compare' }>;
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
  readonly #kinds: Kinds;
  readonly #limits: FilterLimits;

  constructor(table: FieldTable<S>, limits: FilterLimits) {
    this.#table = table;
    this.#limits = limits;
    this.#kinds = kindsByType(limits);
  }

  test(expression: Expression): Predicate<S> | undefined {
    switch (expression.kind) {
      case 'and':
      case 'or':
      case 'xor':
        return this.#joined(expression.terms, JOINS[expression.kind]);
      case 'not': {
        const term = this.test(expression.term);
        return term === undefined ? undefined : (subject) => !term(subject);
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
    return present(source.each);
  }

  #compare(node: Comparing): Predicate<S> | undefined {
    if (this.#isLiteral(node.right)) {
      const source = this.#source(node.left);
      return source === undefined ? undefined : this.#compareLiteral(node, source, node.right);
    }
    const right = this.#source(node.right);
    if (right === undefined) return undefined;
    // A word on the left that could be a name is a misspelt field far more often than a value.
    if (this.#isLiteral(node.left) && !isName(node.left)) {
      const turned: Comparing = { ...node, comparator: COMPARISONS[node.comparator].mirrored };
      return this.#compareLiteral(turned, right, node.left);
    }
    const left = this.#source(node.left);
    return left === undefined ? undefined : this.#compareFields(node, left, right);
  }

  #compareLiteral<T extends FieldType>(
    node: Comparing,
    source: SourceOf<S, T>,
    operand: LiteralOperand,
  ): Predicate<S> | undefined {
    const reading = this.#read(source, operand);
    if (reading === undefined) return undefined;
    const { literal } = reading;
    const { literalOf, order } = this.#kinds[source.type];
    const { holds, every } = comparisonOf(node);
    return quantified(source.each, (value) => holds(order(literalOf(value), literal)), every);
  }

  #compareFields<T extends FieldType>(
    node: Comparing,
    left: SourceOf<S, T>,
    right: SourceOf<S, FieldType>,
  ): Predicate<S> | undefined {
    if (!isOfType(right, left.type)) return this.#mismatch(left, right, node.right.span);
    const { literalOf, order } = this.#kinds[left.type];
    const { holds, every } = comparisonOf(node);
    return quantifiedPairs(left.each, right.each, (a, b) => holds(order(literalOf(a), literalOf(b))), every);
  }

  #member(node: Membership): Predicate<S> | undefined {
    const source = this.#source(node.left);
    return source === undefined ? undefined : this.#memberOf(node, source);
  }

  #memberOf<T extends FieldType>(node: Membership, source: SourceOf<S, T>): Predicate<S> | undefined {
    const { literalOf, order } = this.#kinds[source.type];
    const ranges: { readonly low: Literals[T]; readonly high: Literals[T] }[] = [];
    for (const { first, last } of node.members) {
      const low = this.#memberValue(source, first);
      const high = this.#memberValue(source, last);
      if (low === undefined || high === undefined) return undefined;
      const direction = order(low.literal, high.literal);
      if (Number.isNaN(direction)) return this.#fail(first.span, 'a range needs ends of one kind');
      if (direction > 0) return this.#fail(first.span, 'the range ends before it begins');
      ranges.push({ low: low.literal, high: high.literal });
    }
    const test = (value: FieldValues[T]): boolean => {
      const literal = literalOf(value);
      return ranges.some(({ low, high }) => order(literal, low) >= 0 && order(literal, high) <= 0);
    };
    return quantified(source.each, test, node.quantifier === 'all');
  }

  #memberValue<T extends FieldType>(
    source: SourceOf<S, T>,
    operand: Operand,
  ): { readonly literal: Literals[T] } | undefined {
    if (this.#isLiteral(operand)) return this.#read(source, operand);
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
    return node.kind === 'matches' ? this.#matches(node, source) : this.#contains(node, source);
  }

  #matches<T extends Searchable>(node: Search, source: SourceOf<S, T>): Predicate<S> | undefined {
    if (node.right.kind !== 'text') {
      const hint = 'r"…" keeps its backslashes';
      return this.#fail(node.right.span, "'matches' wants a pattern between double quotes", hint);
    }
    const { patternInstructions, matchedUnits } = this.#limits;
    const reading = compilePattern(quotedCharacters(node.right), patternInstructions);
    const pattern = this.#accept(reading, node.right);
    if (pattern === undefined) return undefined;
    const text = CHARACTERS[source.type];
    return quantified(
      source.each,
      (value) => pattern.literal(text(value, matchedUnits)),
      node.quantifier === 'all',
    );
  }

  #contains<T extends Searchable>(node: Search, source: SourceOf<S, T>): Predicate<S> | undefined {
    const contains = CONTAINS[source.type];
    const every = node.quantifier === 'all';
    if (this.#isLiteral(node.right)) {
      const part = this.#read(source, source.type === 'string' ? asQuoted(node.right) : node.right);
      return part && quantified(source.each, (value) => contains(value, part.literal), every);
    }
    const part = this.#source(node.right);
    if (part === undefined) return undefined;
    if (!isOfType(part, source.type)) return this.#mismatch(source, part, node.right.span);
    const { literalOf } = this.#kinds[source.type];
    return quantifiedPairs(source.each, part.each, (a, b) => contains(a, literalOf(b)), every);
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

  #read<T extends FieldType>(
    source: SourceOf<S, T>,
    operand: LiteralOperand,
  ): { readonly literal: Literals[T] } | undefined {
    return this.#accept(this.#kinds[source.type].read(operand, source.enumeration), operand);
  }

  /** The value of a reading, or its refusal as an error at the operand. */
  #accept<L>(reading: Reading<L>, operand: Operand): { readonly literal: L } | undefined {
    return reading.kind === 'literal' ? reading : this.#fail(operand.span, reading.why, reading.hint);
  }

  #mismatch(left: SourceOf<S, FieldType>, right: SourceOf<S, FieldType>, span: Span): undefined {
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

/** `contains 5` means the digit, where `== 5` would be refused. */
function asQuoted(operand: LiteralOperand): LiteralOperand {
  return { kind: 'text', parts: [literalText(operand)], span: operand.span };
}

function comparisonOf(node: Comparing): { holds: (order: number) => boolean; every: boolean } {
  const { holds, every } = COMPARISONS[node.comparator];
  return { holds, every: node.quantifier === undefined ? every : node.quantifier === 'all' };
}

function isOfType<S, T extends FieldType>(source: SourceOf<S, FieldType>, type: T): source is SourceOf<S, T> {
  return source.type === type;
}
