import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  parseDocument,
  visit,
} from 'yaml';
import {
  type ConfigDocument,
  type DocumentPath,
  type Place,
  type Problem,
  refusal,
} from '../config/document.ts';

/** Longest text that is read as YAML, in UTF-16 units: some ten thousand expectations. */
export const LONGEST_YAML = 1024 * 1024;

/** Lists and mappings inside of each other; the reader beyond would run out of stack. */
const DEEPEST_YAML = 32;

/** Behind so many errors nothing more is read: each costs the reader some forty microseconds. */
const MOST_ERRORS = 100;

/**
 * Reads one document of YAML 1.2 in its core schema: no tags of one's own, no aliases, no key twice.
 *
 * @throws Failure (exit code 2) with file, line and column of each fault
 */
export function parseYamlDocument(path: string, text: string): ConfigDocument {
  const lines = new LineCounter();
  const place = (at: number): Place => {
    const { line, col } = lines.linePos(at);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const start: Place = { line: 1, column: 1 };
  if (text.length > LONGEST_YAML) throw refusal(path, [{ place: start, text: 'is too long' }]);
  const length = soundLength(text);
  if (length === undefined) throw refusal(path, [{ place: start, text: 'nests too deeply' }]);
  const document = parseDocument(text.slice(0, length), {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    version: '1.2',
    resolveKnownTags: false,
  });
  const problems = [...document.errors, ...document.warnings].map(
    ({ message, pos }): Problem => ({
      place: place(pos[0]),
      text: `is no valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    }),
  );
  visit(document, {
    // Made a JavaScript object, a list or mapping that is a key would become text, with a warning on standard error.
    Pair: (_, { key }) => {
      if (!isNode(key) || isScalar(key) || isAlias(key)) return;
      problems.push({ place: place(key.range?.[0] ?? 0), text: 'a key must be a plain text' });
    },
    Alias: (_, { range }) => {
      problems.push({ place: place(range?.[0] ?? 0), text: 'aliases are not taken; write it out' });
    },
  });
  if (problems.length > 0) throw refusal(path, problems);
  return {
    path,
    value: document.toJS(),
    place: (keys, what) => place(nodeAt(document.contents, keys, what)?.range?.[0] ?? 0),
  };
}

/**
 * How much of a text is worth composing: all of it, or up to an error after many; undefined where it nests too deeply.
 * Asks the parser's own stack, which grows on the heap; only what is made of its tokens recurses.
 */
function soundLength(text: string): number | undefined {
  const parser = new Parser();
  let errors = 0;
  for (const token of new Lexer().lex(text)) {
    // What is complete is read again later.
    for (const { type, offset } of parser.next(token)) {
      if (type !== 'error') continue;
      errors += 1;
      if (errors === MOST_ERRORS) return offset;
    }
    if (parser.stack.length > DEEPEST_YAML) return undefined;
  }
  return text.length;
}

/** The node at a path, or its key; else the deepest on the way there. */
function nodeAt(root: Node | null, path: DocumentPath, what: 'value' | 'key'): Node | undefined {
  let node: Node | undefined = root ?? undefined;
  for (const [i, part] of path.entries()) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      : undefined;
    const next: unknown = isPair(pair)
      ? what === 'key' && i === path.length - 1
        ? pair.key
        : pair.value
      : childAt(node, part);
    if (!isNode(next) || isAlias(next)) return node;
    node = next;
  }
  return node;
}

function childAt(node: Node | undefined, part: string | number): unknown {
  return node !== undefined && 'items' in node ? node.items[Number(part)] : undefined;
}
