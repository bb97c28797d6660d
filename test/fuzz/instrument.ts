import { type ESTree, parseSync, Visitor } from 'rolldown/utils';

/** A module that counts, and how many places it counts. */
export interface Instrumented {
  readonly code: string;
  /** Places numbered from the one that was asked for. */
  readonly places: number;
}

const COUNTERS = '__counters';

/**
 * Writes into a JavaScript module a counter for each way that it can take: functions, both arms of a condition (also the
 * one that is not written), bodies of loops, cases, handlers, and what `&&`, `||`, `??` and `?:` come to. Nothing is moved to
 * another line, so that stack traces stay true.
 *
 * @param first number of its first counter
 * @param counters module specifier of counters.ts
 */
export function instrument(source: string, first: number, counters: string): Instrumented {
  const { program, errors } = parseSync('module.js', source);
  if (errors[0] !== undefined) throw new SyntaxError(errors[0].message);
  const marks = new Marks(first);
  new Visitor(visitor(marks)).visit(program);
  if (marks.places === 0) return { code: source, places: 0 };
  // Behind all else: no line moves, a «#!» stays in front, and imports come first wherever they stand.
  const code = `${marks.write(source)}\nimport { counters as ${COUNTERS} } from ${JSON.stringify(counters)};\n`;
  return { code, places: marks.places };
}

/** What is put in at each offset. */
class Marks {
  readonly #first: number;
  /** In front of a node: what is further out was there before. Behind it: what is further in was there before. */
  readonly #before = new Map<number, string>();
  readonly #behind = new Map<number, string>();
  places = 0;

  constructor(first: number) {
    this.#first = first;
  }

  count(): string {
    return `${COUNTERS}[${this.#first + this.places++}]++`;
  }

  before(offset: number, text: string): void {
    this.#before.set(offset, (this.#before.get(offset) ?? '') + text);
  }

  behind(offset: number, text: string): void {
    this.#behind.set(offset, (this.#behind.get(offset) ?? '') + text);
  }

  write(source: string): string {
    const offsets = [...new Set([...this.#before.keys(), ...this.#behind.keys()])].sort((a, b) => a - b);
    let written = '';
    let done = 0;
    for (const at of offsets) {
      written += source.slice(done, at) + (this.#behind.get(at) ?? '') + (this.#before.get(at) ?? '');
      done = at;
    }
    return written + source.slice(done);
  }
}

type Place = Pick<ESTree.Node, 'type' | 'start' | 'end'>;

/** Begins to count a statement; one without braces gets them. */
function enterStatement(marks: Marks, node: Place): void {
  if (node.type === 'BlockStatement') marks.before(node.start + 1, `${marks.count()};`);
  else marks.before(node.start, `{${marks.count()};`);
}

function leaveStatement(marks: Marks, node: Place): void {
  if (node.type !== 'BlockStatement') marks.behind(node.end, '}');
}

function enterExpression(marks: Marks, node: Place): void {
  marks.before(node.start, `(${marks.count()},`);
}

function leaveExpression(marks: Marks, node: Place): void {
  marks.behind(node.end, ')');
}

/** Marks are set on the way in for what is in front, and on the way out for what is behind, so that they nest as nodes do. */
function visitor(marks: Marks): ConstructorParameters<typeof Visitor>[0] {
  const enterBody = ({ body }: { readonly body: Place | null }) => {
    if (body !== null) enterStatement(marks, body);
  };
  const loop = ({ body }: { readonly body: Place }) => enterStatement(marks, body);
  const loopEnd = ({ body }: { readonly body: Place }) => leaveStatement(marks, body);
  const right = (node: { readonly right: Place }) => enterExpression(marks, node.right);
  const rightEnd = (node: { readonly right: Place }) => leaveExpression(marks, node.right);
  return {
    FunctionDeclaration: enterBody,
    FunctionExpression: enterBody,
    ArrowFunctionExpression: ({ body }) => {
      if (body.type === 'BlockStatement') enterStatement(marks, body);
      else enterExpression(marks, body);
    },
    'ArrowFunctionExpression:exit': ({ body }) => {
      if (body.type !== 'BlockStatement') leaveExpression(marks, body);
    },
    IfStatement: ({ consequent, alternate }) => {
      enterStatement(marks, consequent);
      if (alternate !== null) enterStatement(marks, alternate);
    },
    'IfStatement:exit': ({ consequent, alternate }) => {
      leaveStatement(marks, consequent);
      if (alternate !== null) leaveStatement(marks, alternate);
      else marks.behind(consequent.end, `else ${marks.count()};`);
    },
    ForStatement: loop,
    'ForStatement:exit': loopEnd,
    ForInStatement: loop,
    'ForInStatement:exit': loopEnd,
    ForOfStatement: loop,
    'ForOfStatement:exit': loopEnd,
    WhileStatement: loop,
    'WhileStatement:exit': loopEnd,
    DoWhileStatement: loop,
    'DoWhileStatement:exit': loopEnd,
    SwitchCase: ({ consequent: [statement] }) => {
      if (statement !== undefined) marks.before(statement.start, `${marks.count()};`);
    },
    CatchClause: enterBody,
    ConditionalExpression: ({ consequent, alternate }) => {
      enterExpression(marks, consequent);
      enterExpression(marks, alternate);
    },
    'ConditionalExpression:exit': ({ consequent, alternate }) => {
      leaveExpression(marks, consequent);
      leaveExpression(marks, alternate);
    },
    LogicalExpression: right,
    'LogicalExpression:exit': rightEnd,
  };
}
