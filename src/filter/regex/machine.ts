import { FILTER_LIMITS } from '../limits.ts';
import { holds, WORD } from './character-set.ts';
import { type Alphabet, acceptanceRows, alphabetOf, type Instruction } from './program.ts';
import type { Anchor } from './syntax.ts';

/** What stands beside a place in the text, as far as anchors ask. */
type Beside = 'nothing' | 'word' | 'lineFeed' | 'lastLineFeed' | 'other';

/** A set of instructions the machine may be at, and the answer or next state per character class once known. */
interface State {
  readonly instructions: Int32Array;
  readonly before: Beside;
  readonly next: (State | boolean | undefined)[];
}

const LINE_FEED = 0x0a;
/** Emptyings of the state table during one text before the machine goes on without it. */
const PATIENCE = 4;

/** What `#program` holds at the places of a match and of an instruction that takes a character. */
const MATCH = -1;
const TAKE = -2;
const ANCHOR = -3;

/**
 * Runs a program over a text by keeping all places it may be in at once, never going back: the time is bounded by the
 * length of the text times that of the program, whatever the pattern. Sets of places that were seen before are
 * remembered as states of a table, which makes the usual case one look-up per character; the table is bounded.
 * (Thompson 1968; the lazily built automaton of grep and RE2.) The program and the sets of places are typed arrays:
 * with objects and plain arrays the worst case takes some ten times as long.
 */
export class PatternMachine {
  /** Per instruction its first target, or one of the negative marks above; and its second target. */
  readonly #program: Int32Array;
  readonly #second: Int32Array;
  readonly #anchors: readonly (Anchor | undefined)[];
  readonly #rows: readonly (Uint8Array | undefined)[];
  readonly #alphabet: Alphabet;
  readonly #states = new Map<string, State>();
  readonly #stateLimit: number;
  /** Classes beyond those of the alphabet: a line feed that ends the text, and the end itself. */
  readonly #lastLineFeed: number;
  readonly #end: number;
  readonly #besides: readonly Beside[];
  /** The instructions visited in this step carry its mark. */
  readonly #marks: Int32Array;
  #mark = 0;
  readonly #stack: Int32Array;
  /** The instructions that wait for a character, filled by `#follow`. */
  readonly #waiting: Int32Array;
  #waitingCount = 0;
  /** Where they go with it, filled by `#take`. */
  readonly #taken: Int32Array;

  constructor(program: readonly Instruction[]) {
    this.#program = Int32Array.from(program, firstTarget);
    this.#second = Int32Array.from(program, (it) => (it.kind === 'split' ? it.second : 0));
    this.#anchors = program.map((it) => (it.kind === 'anchor' ? it.anchor : undefined));
    this.#alphabet = alphabetOf(program);
    this.#rows = acceptanceRows(program, this.#alphabet);
    const { starts } = this.#alphabet;
    this.#lastLineFeed = starts.length;
    this.#end = starts.length + 1;
    this.#stateLimit = Math.max(16, Math.floor(FILTER_LIMITS.patternTableCells / (starts.length + 2)));
    this.#besides = [...starts.map(besideOf), 'lastLineFeed', 'nothing'];
    this.#marks = new Int32Array(program.length);
    this.#waiting = new Int32Array(program.length + 1);
    this.#taken = new Int32Array(program.length + 1);
    // Each instruction is followed once and puts two others on the stack at most, after those it starts with.
    this.#stack = new Int32Array(3 * program.length + 1);
  }

  /** Whether the pattern matches anywhere in the first `FILTER_LIMITS.matchedUnits` units of the text. */
  test(text: string): boolean {
    const limit = Math.min(text.length, FILTER_LIMITS.matchedUnits);
    let state = this.#state(Int32Array.of(0), 'nothing');
    let emptied = 0;
    for (let at = 0; at <= limit; at++) {
      const characterClass = this.#classAt(text, at);
      let next = state.next[characterClass];
      if (next === undefined) {
        if (this.#states.size >= this.#stateLimit) {
          if (++emptied > PATIENCE) return this.#simulate(text, at, limit, state);
          this.#states.clear();
        }
        next = this.#step(state, characterClass);
        state.next[characterClass] = next;
      }
      if (typeof next === 'boolean') return next;
      state = next;
    }
    return false;
  }

  /** The same without the table, for patterns that hardly ever meet a state twice. */
  #simulate(text: string, from: number, limit: number, state: State): boolean {
    let { before } = state;
    let count = state.instructions.length;
    this.#taken.set(state.instructions);
    for (let at = from; at <= limit; at++) {
      const characterClass = this.#classAt(text, at);
      const after = this.#beside(characterClass);
      if (this.#follow(this.#taken, count, before, after)) return true;
      count = this.#take(characterClass);
      before = after;
    }
    return false;
  }

  #step(state: State, characterClass: number): State | boolean {
    const after = this.#beside(characterClass);
    if (this.#follow(state.instructions, state.instructions.length, state.before, after)) return true;
    if (characterClass === this.#end) return false;
    const count = this.#take(characterClass);
    return this.#state(this.#taken.slice(0, count).sort(), after);
  }

  #state(instructions: Int32Array, before: Beside): State {
    const key = `${before} ${instructions.join()}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state: State = { instructions, before, next: new Array(this.#end + 1) };
    this.#states.set(key, state);
    return state;
  }

  /** Follows forks and anchors up to the instructions that wait for a character; true when a match is reached. */
  #follow(instructions: Int32Array, count: number, before: Beside, after: Beside): boolean {
    const stack = this.#stack;
    const marks = this.#marks;
    const mark = this.#nextMark();
    let waitingCount = 0;
    let height = count;
    for (let i = 0; i < count; i++) stack[i] = instructions[i] as number;
    while (height > 0) {
      const at = stack[--height] as number;
      if (marks[at] === mark) continue;
      marks[at] = mark;
      const target = this.#program[at] as number;
      if (target >= 0) {
        stack[height++] = target;
        stack[height++] = this.#second[at] as number;
      } else if (target === TAKE) {
        this.#waiting[waitingCount++] = at;
      } else if (target === MATCH) {
        return true;
      } else {
        const anchor = this.#anchors[at];
        if (anchor !== undefined && fits(anchor, before, after)) stack[height++] = at + 1;
      }
    }
    this.#waitingCount = waitingCount;
    return false;
  }

  /** How many places the waiting instructions go to with a character; a match may also begin behind it, so 0 is one. */
  #take(characterClass: number): number {
    const known = characterClass === this.#lastLineFeed ? this.#alphabet.classOf(LINE_FEED) : characterClass;
    let count = 1;
    this.#taken[0] = 0;
    for (let i = 0; i < this.#waitingCount; i++) {
      const at = this.#waiting[i] as number;
      if (this.#rows[at]?.[known] === 1) this.#taken[count++] = at + 1;
    }
    return count;
  }

  #classAt(text: string, at: number): number {
    if (at >= text.length) return this.#end;
    const unit = text.charCodeAt(at);
    return unit === LINE_FEED && at === text.length - 1 ? this.#lastLineFeed : this.#alphabet.classOf(unit);
  }

  #beside(characterClass: number): Beside {
    return this.#besides[characterClass] ?? 'other';
  }

  #nextMark(): number {
    if (this.#mark === 0x7fff_ffff) {
      this.#marks.fill(0);
      this.#mark = 0;
    }
    return ++this.#mark;
  }
}

function firstTarget(instruction: Instruction): number {
  switch (instruction.kind) {
    case 'split':
      return instruction.first;
    case 'take':
      return TAKE;
    case 'anchor':
      return ANCHOR;
    case 'match':
      return MATCH;
  }
}

function besideOf(unit: number): Beside {
  if (unit === LINE_FEED) return 'lineFeed';
  return holds(WORD, unit) ? 'word' : 'other';
}

function fits(anchor: Anchor, before: Beside, after: Beside): boolean {
  switch (anchor) {
    case 'textStart':
      return before === 'nothing';
    case 'lineStart':
      return before === 'nothing' || before === 'lineFeed';
    case 'textEnd':
      return after === 'nothing';
    case 'lastLineEnd':
      return after === 'nothing' || after === 'lastLineFeed';
    case 'lineEnd':
      return after === 'nothing' || after === 'lastLineFeed' || after === 'lineFeed';
    case 'wordEdge':
      return (before === 'word') !== (after === 'word');
    case 'noWordEdge':
      return (before === 'word') === (after === 'word');
  }
}
