import type { Comparator, Expression, Member, Operand, Quantifier } from './ast.ts';
import { OPERATORS, type Operator, type Token, tokenize } from './lexer.ts';
import type { FilterLimits } from './limits.ts';
import { COMPARISONS } from './predicate.ts';
import { type FilterError, filterError, quoted, type Span } from './span.ts';

/** Binding strength of the operators between tests, as in wireshark-filter(4), «Logical expressions»: and, xor, or. */
const STRENGTH: { readonly [operator in Operator]?: number } = { or: 1, xor: 2, and: 3 };

export type ParseResult =
  | { readonly kind: 'blank' }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | FilterError;

/** The tree of an expression; `blank` where there is nothing but white space. */
export function parseFilter(text: string, limits: FilterLimits): ParseResult {
  const tokens = tokenize(text, limits);
  if ('kind' in tokens) return tokens;
  if (tokens[0]?.kind === 'end') return { kind: 'blank' };
  const parser = new Parser(tokens, limits);
  const expression = parser.whole();
  if (expression !== undefined) return { kind: 'expression', expression };
  return parser.error ?? filterError({ start: 0, end: text.length }, 'the expression cannot be read');
}

/**
 * Precedence climbing. Every method answers undefined once `error` is set: the first fault ends the parse, and a typed
 * expression is wrong far too often for an exception.
 */
class Parser {
  error: FilterError | undefined;
  readonly #tokens: readonly Token[];
  readonly #limits: FilterLimits;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], limits: FilterLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  whole(): Expression | undefined {
    const expression = this.#tests(1);
    if (expression === undefined) return undefined;
    return this.#peek().kind === 'end'
      ? expression
      : this.#unexpected('and, or, or the end of the expression');
  }

  /** Tests joined by operators at least as strong as `weakest`; a run of one operator becomes one node. */
  #tests(weakest: number): Expression | undefined {
    let left = this.#test();
    while (left !== undefined) {
      const operator = this.#operator();
      const strength = operator === undefined ? undefined : STRENGTH[operator];
      if (strength === undefined || strength < weakest) return left;
      if (operator !== 'and' && operator !== 'or' && operator !== 'xor') return left;
      const terms: Expression[] = [left];
      while (this.#take(operator)) {
        const term = this.#tests(strength + 1);
        if (term === undefined) return undefined;
        terms.push(term);
      }
      left = { kind: operator, terms };
    }
    return undefined;
  }

  /** `not` binds weaker than a comparison: `not a == b` is `not (a == b)`. */
  #test(): Expression | undefined {
    let negated = false;
    while (this.#take('not')) negated = !negated;
    const term = this.#operator() === '(' ? this.#group() : this.#relation();
    return term !== undefined && negated ? { kind: 'not', term } : term;
  }

  #group(): Expression | undefined {
    const open = this.#next();
    const inner = this.#nested(open.span, () => this.#tests(1));
    if (inner === undefined) return undefined;
    if (!this.#take(')')) {
      return this.#unexpected(`a ')' for the '(' at column ${open.span.start + 1}`);
    }
    return inner;
  }

  #relation(): Expression | undefined {
    const quantifier = this.#quantifier();
    const left = this.#operand('a field');
    if (left === undefined) return undefined;
    const operator = this.#operator();
    if (this.#comparator() !== undefined) return this.#comparisons(left, quantifier);
    if (operator === 'contains' || operator === 'matches') {
      this.#next();
      const right = this.#operand('a value');
      return right === undefined ? undefined : { kind: operator, ...quantifier, left, right };
    }
    const negated = operator === 'not' && this.#operator(1) === 'in';
    if (negated) this.#next();
    if (this.#take('in')) {
      const members = this.#members();
      if (members === undefined) return undefined;
      const term: Expression = { kind: 'in', ...quantifier, left, members };
      return negated ? { kind: 'not', term } : term;
    }
    return quantifier.quantifier === undefined
      ? { kind: 'present', operand: left }
      : this.#unexpected(`a comparison after '${quantifier.quantifier}'`);
  }

  /** `a <= b < c` means `a <= b and b < c`. */
  #comparisons(first: Operand, quantifier: { readonly quantifier?: Quantifier }): Expression | undefined {
    const terms: Expression[] = [];
    let left = first;
    for (let comparator = this.#comparator(); comparator !== undefined; comparator = this.#comparator()) {
      this.#next();
      const right = this.#operand('a value');
      if (right === undefined) return undefined;
      terms.push({ kind: 'compare', comparator, ...quantifier, left, right });
      left = right;
    }
    return terms.length === 1 ? terms[0] : { kind: 'and', terms };
  }

  #members(): readonly Member[] | undefined {
    const members: Member[] = [];
    if (!this.#take('{')) return this.#unexpected("a set in braces, as in {1000, 1410..1426}, after 'in'");
    do {
      if (members.length >= this.#limits.setMembers) {
        return this.#fail(this.#peek().span, `the set has more than ${this.#limits.setMembers} members`);
      }
      const first = this.#operand('a member of the set');
      if (first === undefined) return undefined;
      const last = this.#take('..') ? this.#operand('the end of the range') : first;
      if (last === undefined) return undefined;
      members.push({ first, last });
    } while (this.#take(','));
    return this.#take('}') ? members : this.#unexpected("',' or '}' in the set");
  }

  #operand(wanted: string): Operand | undefined {
    const token = this.#peek();
    if (token.kind === 'text') {
      this.#next();
      return { kind: 'text', parts: token.parts, span: token.span };
    }
    if (token.kind !== 'word') return this.#unexpected(wanted);
    this.#next();
    return this.#operator() === '('
      ? this.#call(token.text, token.span)
      : { kind: 'word', text: token.text, span: token.span };
  }

  #call(name: string, nameSpan: Span): Operand | undefined {
    this.#next();
    const operands: Operand[] = [];
    if (this.#operator() !== ')') {
      do {
        const operand = this.#nested(nameSpan, () => this.#operand('a field'));
        if (operand === undefined) return undefined;
        operands.push(operand);
      } while (this.#take(','));
    }
    const end = this.#peek().span.end;
    if (!this.#take(')')) return this.#unexpected(`',' or ')' after the operands of ${quoted(name)}`);
    return { kind: 'call', name, nameSpan, operands, span: { start: nameSpan.start, end } };
  }

  #nested<T>(span: Span, inner: () => T | undefined): T | undefined {
    if (this.#depth >= this.#limits.nesting) {
      return this.#fail(span, `brackets are nested more than ${this.#limits.nesting} deep`);
    }
    this.#depth++;
    const result = inner();
    this.#depth--;
    return result;
  }

  #quantifier(): { readonly quantifier?: Quantifier } {
    const operator = this.#operator();
    if (operator !== 'any' && operator !== 'all') return {};
    this.#next();
    return { quantifier: operator };
  }

  #comparator(): Comparator | undefined {
    const operator = this.#operator();
    return operator !== undefined && isComparator(operator) ? operator : undefined;
  }

  #operator(ahead = 0): Operator | undefined {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'operator' ? token.operator : undefined;
  }

  /** The list ends with an `end` token that is never stepped over. */
  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', span: { start: 0, end: 0 } };
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  #take(operator: Operator): boolean {
    if (this.#operator() !== operator) return false;
    this.#at++;
    return true;
  }

  #fail(span: Span, what: string, hint?: string): undefined {
    this.error ??= filterError(span, what, hint);
    return undefined;
  }

  #unexpected(wanted: string): undefined {
    const token = this.#peek();
    if (token.kind === 'end') return this.#fail(token.span, `expected ${wanted}, but the expression ends`);
    const text = token.kind === 'text' ? 'a quoted text' : quoted(token.text);
    const capitals = token.kind === 'word' && Object.hasOwn(OPERATORS, token.text.toLowerCase());
    return this.#fail(
      token.span,
      `expected ${wanted}, not ${text}`,
      capitals ? 'operators are written in small letters' : undefined,
    );
  }
}

function isComparator(operator: Operator): operator is Comparator {
  return operator in COMPARISONS;
}
