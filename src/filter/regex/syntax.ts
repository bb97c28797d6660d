import { FILTER_LIMITS } from '../limits.ts';
import {
  type CharacterSet,
  complement,
  fold,
  NAMED_SETS,
  POSIX_SETS,
  setOf,
  union,
} from './character-set.ts';

/** Places a pattern can ask for without taking a character. */
export type Anchor =
  | 'textStart'
  | 'lineStart'
  | 'textEnd'
  | 'lastLineEnd'
  | 'lineEnd'
  | 'wordEdge'
  | 'noWordEdge';

export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly PatternNode[] }
  /** `most` undefined: without end. */
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most?: number };

export interface PatternRefusal {
  readonly kind: 'refused';
  /** UTF-16 offset in the pattern. */
  readonly position: number;
  readonly why: string;
}

interface Flags {
  readonly anyCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

const LINE_FEED = 0x0a;
const REPEAT = /^(?:[*+?]|\{(\d{1,6})(,?)(\d{0,6})\})/;
const NOT_LINEAR = 'back-references, look-around, atomic groups and possessive repeats are not supported';

/**
 * Parses the part of pcre2pattern(3) that a machine without backtracking can run: characters, sets, groups, choices,
 * repeats, anchors, and the options i, m and s. Matching ignores case unless the pattern says `(?-i)`.
 */
export function parsePattern(pattern: string): PatternNode | PatternRefusal {
  const parser = new PatternParser(pattern);
  const node = parser.choice({ anyCase: true, multiline: false, dotAll: false });
  if (parser.refusal !== undefined) return parser.refusal;
  if (node === undefined || !parser.atEnd) return parser.refuse(parser.position, "')' without '('");
  return node;
}

class PatternParser {
  refusal: PatternRefusal | undefined;
  position = 0;
  #depth = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  refuse(position: number, why: string): PatternRefusal {
    this.refusal ??= { kind: 'refused', position, why };
    return this.refusal;
  }

  /** Alternatives up to the end or an unmatched `)`. An option set in one holds in those after it, as in PCRE. */
  choice(outer: Flags): PatternNode | undefined {
    const choices: PatternNode[] = [];
    let flags = outer;
    let parts: PatternNode[] = [];
    while (!this.atEnd && this.#peek() !== ')') {
      if (this.#take('|')) {
        choices.push({ kind: 'sequence', parts });
        parts = [];
        continue;
      }
      const changed = this.#options(flags);
      if (changed !== undefined) {
        flags = changed;
        continue;
      }
      const atom = this.#atom(flags);
      const part = atom === undefined ? undefined : this.#repeated(atom);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    choices.push({ kind: 'sequence', parts });
    return choices.length === 1 ? choices[0] : { kind: 'choice', parts: choices };
  }

  /** `(?i-s)`: options for the rest of the group. */
  #options(flags: Flags): Flags | undefined {
    const match = /^\(\?([ims]*)(?:-([ims]*))?\)/.exec(this.#ahead(12));
    if (match === null) return undefined;
    this.position += match[0].length;
    return changeFlags(flags, match[1] ?? '', match[2] ?? '');
  }

  #atom(flags: Flags): PatternNode | undefined {
    const at = this.position;
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group(at, flags);
      case '[':
        return this.#bracket(at, flags);
      case '\\':
        return this.#escape(at, flags);
      case '.':
        return { kind: 'set', set: complement(flags.dotAll ? [] : setOf(LINE_FEED)) };
      case '^':
        return { kind: 'anchor', anchor: flags.multiline ? 'lineStart' : 'textStart' };
      case '$':
        return { kind: 'anchor', anchor: flags.multiline ? 'lineEnd' : 'lastLineEnd' };
      case '*':
      case '+':
      case '?':
        return this.#fail(at, 'there is nothing to repeat');
      default:
        return this.#literal(character, flags);
    }
  }

  /** A character outside the basic plane is two units, and a repeat behind it means both. */
  #literal(character: string, flags: Flags): PatternNode {
    const parts: PatternNode[] = [];
    for (let unit = 0; unit < character.length; unit++) {
      const set = setOf(character.charCodeAt(unit));
      parts.push({ kind: 'set', set: flags.anyCase ? fold(set) : set });
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'sequence', parts };
  }

  #group(at: number, outer: Flags): PatternNode | undefined {
    let flags = outer;
    if (this.#peek() === '?') {
      const opening = /^\?(?:([ims]*)(?:-([ims]*))?:|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/.exec(this.#ahead(48));
      if (opening === null) return this.#fail(at, NOT_LINEAR);
      this.position += opening[0].length;
      flags = changeFlags(outer, opening[1] ?? '', opening[2] ?? '');
    } else if (this.#peek() === '*') return this.#fail(at, 'verbs are not supported');
    if (this.#depth >= FILTER_LIMITS.patternNesting) return this.#fail(at, 'groups are nested too deep');
    this.#depth++;
    const inner = this.choice(flags);
    this.#depth--;
    if (inner === undefined) return undefined;
    return this.#take(')') ? inner : this.#fail(at, "the ')' of this group is missing");
  }

  #repeated(atom: PatternNode): PatternNode | undefined {
    const at = this.position;
    const match = REPEAT.exec(this.#ahead(20));
    if (match === null) return atom;
    this.position += match[0].length;
    // A lazy repeat finds its match elsewhere, but finds one exactly when a greedy one does.
    if (!this.#take('?') && this.#peek() === '+') return this.#fail(this.position, NOT_LINEAR);
    if (REPEAT.test(this.#ahead(20))) {
      return this.#fail(this.position, 'a repeat of a repeat needs a group around the first');
    }
    const bounds = repeatBounds(match);
    if (Math.max(bounds.least, bounds.most ?? 0) > FILTER_LIMITS.patternRepeat) {
      return this.#fail(at, `a repeat counts to ${FILTER_LIMITS.patternRepeat} at most`);
    }
    if (bounds.most !== undefined && bounds.most < bounds.least) {
      return this.#fail(at, 'the numbers of this repeat are out of order');
    }
    return { kind: 'repeat', part: atom, ...bounds };
  }

  #escape(at: number, flags: Flags): PatternNode | undefined {
    const letter = this.#next();
    const anchor = ESCAPED_ANCHORS.get(letter);
    if (anchor !== undefined) return { kind: 'anchor', anchor };
    const named = NAMED_SETS.get(letter);
    if (named !== undefined) return { kind: 'set', set: named };
    const code = this.#escapedUnit(at, letter);
    return code === undefined ? undefined : this.#literal(String.fromCharCode(code), flags);
  }

  /** The unit that an escape behind `\` stands for, inside and outside of brackets. */
  #escapedUnit(at: number, letter: string): number | undefined {
    const control = ESCAPED_CONTROLS.get(letter);
    if (control !== undefined) return control;
    if (letter === 'x') {
      const match = /^(?:\{([0-9A-Fa-f]{1,4})\}|([0-9A-Fa-f]{0,2}))/.exec(this.#ahead(6));
      this.position += match?.[0].length ?? 0;
      return Number.parseInt(match?.[1] ?? (match?.[2] || '0'), 16);
    }
    if (letter === '0') {
      const octal = /^[0-7]{0,2}/.exec(this.#ahead(2))?.[0] ?? '';
      this.position += octal.length;
      return Number.parseInt(`0${octal}`, 8);
    }
    if (/^[1-9gkK]$/.test(letter)) return this.#fail(at, NOT_LINEAR);
    if (/^[A-Za-z]?$/.test(letter)) return this.#fail(at, `'\\${letter}' is no escape of a pattern`);
    return letter.length === 1 ? letter.charCodeAt(0) : this.#fail(at, 'this character needs no backslash');
  }

  #bracket(at: number, flags: Flags): PatternNode | undefined {
    const negated = this.#take('^');
    const items: CharacterSet[] = [];
    // A `]` that comes first is a member.
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.atEnd) return this.#fail(at, "the ']' of this set is missing");
      const item = this.#bracketItem();
      if (item === undefined) return undefined;
      items.push(item);
    }
    this.position++;
    const set = union(items);
    const folded = flags.anyCase ? fold(set) : set;
    return { kind: 'set', set: negated ? complement(folded) : folded };
  }

  /** A named set, one unit, or a range of units. */
  #bracketItem(): CharacterSet | undefined {
    const at = this.position;
    const posix = /^\[:(\^?)([a-z]{1,8}):\]/.exec(this.#ahead(16));
    if (posix !== null) {
      const set = POSIX_SETS.get(posix[2] ?? '');
      if (set === undefined) return this.#fail(at, 'there is no such class of characters');
      this.position += posix[0].length;
      return posix[1] === '' ? set : complement(set);
    }
    const low = this.#bracketUnit();
    if (low === undefined || typeof low !== 'number') return low;
    if (this.#peek() !== '-' || this.#text.charAt(this.position + 1) === ']') return setOf(low);
    this.position++;
    const high = this.#bracketUnit();
    if (high === undefined) return undefined;
    if (typeof high !== 'number') return union([setOf(low), setOf(0x2d), high]);
    return high < low ? this.#fail(at, 'this range runs backwards') : setOf(low, high);
  }

  #bracketUnit(): number | CharacterSet | undefined {
    const at = this.position;
    const character = this.#next();
    if (character.length > 1) return this.#fail(at, 'a set holds no characters beyond U+FFFF');
    if (character !== '\\') return character.charCodeAt(0);
    const letter = this.#next();
    return letter === 'b' ? 0x08 : (NAMED_SETS.get(letter) ?? this.#escapedUnit(at, letter));
  }

  #peek(): string {
    return this.#text.charAt(this.position);
  }

  #ahead(units: number): string {
    return this.#text.slice(this.position, this.position + units);
  }

  #take(character: string): boolean {
    if (this.atEnd || this.#peek() !== character) return false;
    this.position++;
    return true;
  }

  /** The next whole character (one or two units); the empty text at the end. */
  #next(): string {
    const code = this.#text.codePointAt(this.position);
    const character = code === undefined ? '' : String.fromCodePoint(code);
    this.position += character.length;
    return character;
  }

  #fail(position: number, why: string): undefined {
    this.refuse(position, why);
    return undefined;
  }
}

const ESCAPED_ANCHORS: ReadonlyMap<string, Anchor> = new Map([
  ['A', 'textStart'],
  ['z', 'textEnd'],
  ['Z', 'lastLineEnd'],
  ['b', 'wordEdge'],
  ['B', 'noWordEdge'],
]);

const ESCAPED_CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['e', 0x1b],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
]);

function changeFlags(flags: Flags, on: string, off: string): Flags {
  const flag = (letter: string, before: boolean): boolean =>
    off.includes(letter) ? false : on.includes(letter) || before;
  return {
    anyCase: flag('i', flags.anyCase),
    multiline: flag('m', flags.multiline),
    dotAll: flag('s', flags.dotAll),
  };
}

function repeatBounds(match: RegExpExecArray): { readonly least: number; readonly most?: number } {
  const [text, least, comma, most] = match;
  if (text === '*') return { least: 0 };
  if (text === '+') return { least: 1 };
  if (text === '?') return { least: 0, most: 1 };
  if (comma === '') return { least: Number(`${least}${most}`), most: Number(`${least}${most}`) };
  return most === '' ? { least: Number(least) } : { least: Number(least), most: Number(most) };
}
