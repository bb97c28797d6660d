import { JsonLexer } from './json-lexer.ts';
import { JSON_LIMITS, type JsonLimits } from './json-limits.ts';
import type { JsonMember, JsonNode } from './json-node.ts';
import { SlipList } from './json-slip.ts';
import { readWord } from './json-word.ts';

/** What was read: the outermost object or array, and how far the text deserves to be called JSON. */
export interface Mended {
  readonly root: JsonNode;
  readonly slips: SlipList;
  /** Number of members and elements that mean what they seem to mean. */
  readonly sound: number;
}

/** An object or array that is being read. */
interface Frame {
  readonly node: JsonNode;
  readonly members: JsonMember[];
  readonly items: JsonNode[];
  /** Behind the opening, behind a comma, or behind a member. */
  state: 'opened' | 'comma' | 'filled';
  /** Where the last comma stands, or where the last member ends. */
  mark: number;
}

const NO_MEMBERS: readonly JsonMember[] = [];
const NO_ITEMS: readonly JsonNode[] = [];

/**
 * Reads an object or array and mends what breaks the grammar on the way; undefined where the text begins with
 * neither, nests too deep or holds too much. One pass, no recursion.
 */
export function mend(text: string, limits: JsonLimits = JSON_LIMITS): Mended | undefined {
  return new Mender(text, limits).read();
}

class Mender {
  readonly #text: string;
  readonly #slips: SlipList;
  readonly #most: JsonLimits;
  readonly #lexer: JsonLexer;
  readonly #open: Frame[] = [];
  #openArrays = 0;
  #nodes = 0;
  #sound = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#most = limits;
    this.#slips = new SlipList(limits.listed);
    this.#lexer = new JsonLexer(text, this.#slips);
  }

  read(): Mended | undefined {
    this.#lexer.next();
    const root = this.#enter();
    while (this.#open.length > 0) {
      const frame = this.#open.at(-1);
      if (root === undefined || frame === undefined || this.#nodes > this.#most.nodes) return undefined;
      if (this.#open.length > this.#most.nesting) return undefined;
      this.#lexer.next();
      this.#step(frame);
    }
    if (root === undefined) return undefined;
    const rest = root.end + (/^[ \t\r\n]*/.exec(this.#text.slice(root.end))?.[0].length ?? 0);
    if (rest < this.#text.length) this.#slips.add('text-after-end', rest, this.#text.length - rest);
    return { root, slips: this.#slips, sound: this.#sound };
  }

  /** One token where a member, an element, a comma or the end is due. */
  #step(frame: Frame): void {
    const { kind, start, end } = this.#lexer;
    switch (kind) {
      case 'end':
        this.#slips.addCut(start);
        while (this.#open.length > 0) this.#leave(start);
        return;
      case '}':
      case ']':
        this.#close(frame);
        return;
      case ',':
        if (frame.state === 'filled') frame.mark = start;
        else this.#slips.add('extra-comma', start, end - start);
        frame.state = 'comma';
        return;
      case ':':
        this.#slips.add('stray-characters', start, end - start);
        return;
      default:
        if (frame.state === 'filled') this.#slips.add('missing-comma', frame.mark, 0);
        if (frame.node.kind === 'object') this.#member(frame);
        else this.#element(frame);
    }
  }

  /** `]` or `}`: ends what it fits; where it fits nothing that is open, it was meant for the innermost. */
  #close(frame: Frame): void {
    const { kind, start, end } = this.#lexer;
    const array = kind === ']';
    if ((frame.node.kind === 'array') !== array) {
      if (array ? this.#openArrays > 0 : this.#openArrays < this.#open.length) {
        this.#slips.add('missing-close', start, 0);
        this.#finish(frame, start);
        const outer = this.#open.at(-1);
        if (outer !== undefined) this.#closeOuter(array, start, end);
        return;
      }
      this.#slips.add('wrong-close', start, end - start);
    }
    this.#finish(frame, end);
  }

  /** Ends everything up to the nearest that the closing mark fits; there is one. */
  #closeOuter(array: boolean, start: number, end: number): void {
    for (let frame = this.#open.at(-1); frame !== undefined; frame = this.#open.at(-1)) {
      const fits = (frame.node.kind === 'array') === array;
      this.#finish(frame, fits ? end : start);
      if (fits) return;
    }
  }

  #finish(frame: Frame, end: number): void {
    if (frame.state === 'comma' && frame.node.members.length + frame.node.items.length > 0) {
      this.#slips.add('trailing-comma', frame.mark, 1);
    }
    this.#leave(end);
  }

  /** A key, its colon and its value. A value without key, as in `{[]}`, gets the empty key. */
  #member(frame: Frame): void {
    const { kind, start, end, value: key } = this.#lexer;
    const doubts = this.#slips.heavy;
    if (kind === '{' || kind === '[') {
      this.#slips.add('missing-key', start, 0);
      this.#put(frame, '', start, start, this.#enter());
      return;
    }
    if (kind === 'word') this.#slips.add('unquoted-key', start, end - start);
    this.#lexer.next();
    let colons = 0;
    for (; this.#lexer.kind === ':'; colons++) {
      if (colons > 0) this.#slips.add('stray-characters', this.#lexer.start, 1);
      this.#lexer.next();
    }
    if (this.#startsValue()) {
      if (colons === 0) this.#slips.add('missing-colon', end, 0);
      this.#put(frame, key, start, end, this.#enter());
      this.#weigh(doubts);
      return;
    }
    this.#slips.add('missing-value', end, 0);
    this.#put(frame, key, start, end, this.#scalar(null, end, end));
    // The token behind the key, a comma or an end, is still to be taken.
    this.#step(frame);
  }

  #element(frame: Frame): void {
    const doubts = this.#slips.heavy;
    const value = this.#enter();
    if (value === undefined) return;
    this.#weigh(doubts);
    frame.items.push(value);
    frame.state = 'filled';
    frame.mark = value.end;
  }

  /** A member or element in which one thing at most was mended means what it seems to mean. */
  #weigh(doubts: number): void {
    if (this.#slips.heavy - doubts <= 1) this.#sound += 1;
  }

  #put(frame: Frame, key: string, keyStart: number, keyEnd: number, value: JsonNode | undefined): void {
    if (value === undefined) return;
    frame.members.push({ key, keyStart, keyEnd, value });
    frame.state = 'filled';
    frame.mark = value.end;
  }

  #startsValue(): boolean {
    const { kind } = this.#lexer;
    return kind === 'string' || kind === 'word' || kind === '{' || kind === '[';
  }

  /** The value that begins with the present token; an object or array is opened, not yet read. */
  #enter(): JsonNode | undefined {
    const { kind, start, end, value } = this.#lexer;
    if (kind === 'string') return this.#scalar(value, start, end);
    if (kind === 'word') {
      const { value: meant, slip } = readWord(value);
      if (slip !== undefined) this.#slips.add(slip, start, end - start);
      return this.#scalar(meant, start, end);
    }
    if (kind !== '{' && kind !== '[') return undefined;
    this.#nodes += 1;
    const members: JsonMember[] = [];
    const items: JsonNode[] = [];
    const node: JsonNode = {
      kind: kind === '{' ? 'object' : 'array',
      start,
      end,
      value: undefined,
      members,
      items,
    };
    this.#open.push({ node, members, items, state: 'opened', mark: end });
    if (kind === '[') this.#openArrays += 1;
    return node;
  }

  #scalar(value: unknown, start: number, end: number): JsonNode {
    this.#nodes += 1;
    return { kind: 'scalar', start, end, value, members: NO_MEMBERS, items: NO_ITEMS };
  }

  #leave(end: number): void {
    const left = this.#open.pop();
    if (left === undefined) return;
    if (left.node.kind === 'array') this.#openArrays -= 1;
    left.node.end = end;
    const outer = this.#open.at(-1);
    if (outer !== undefined) outer.mark = end;
  }
}
