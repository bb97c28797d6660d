import { FILTER_LIMITS } from '../limits.ts';
import { holds, WORD } from './character-set.ts';
import { type Alphabet, acceptanceRows, alphabetOf, type Instruction } from './program.ts';
import type { Anchor } from './syntax.ts';

/** What stands beside a place in the text, as far as anchors ask. */
type Beside = 'nothing' | 'word' | 'lineFeed' | 'lastLineFeed' | 'other';

/** A set of instructions the machine may be at, and the answer or next state per character class once known. */
interface State {
  readonly instructions: readonly number[];
  readonly before: Beside;
  readonly next: (State | boolean | undefined)[];
}

const LINE_FEED = 0x0a;
/** Emptyings of the state table during one text before the machine goes on without it. */
const PATIENCE = 4;

/**
 * Runs a program over a text by keeping all places it may be in at once, never going back: the time is bounded by the
 * length of the text times that of the program, whatever the pattern. Sets of places that were seen before are
 * remembered as states of a table, which makes the usual case one look-up per character; the table is bounded.
 * (Thompson 1968; the lazily built automaton of grep and RE2.)
 */
export class PatternMachine {
  readonly #program: readonly Instruction[];
  readonly #alphabet: Alphabet;
  readonly #rows: readonly (Uint8Array | undefined)[];
  readonly #states = new Map<string, State>();
  readonly #stateLimit: number;
  /** Classes beyond those of the alphabet: a line feed that ends the text, and the end itself. */
  readonly #lastLineFeed: number;
  readonly #end: number;
  readonly #besides: readonly Beside[];
  readonly #marks: Int32Array;
  #mark = 0;
  /** The instructions that wait for a character, filled by `#follow`. */
  readonly #waiting: number[] = [];

  constructor(program: readonly Instruction[]) {
    this.#program = program;
    this.#alphabet = alphabetOf(program);
    this.#rows = acceptanceRows(program, this.#alphabet);
    const { starts } = this.#alphabet;
    this.#lastLineFeed = starts.length;
    this.#end = starts.length + 1;
    this.#stateLimit = Math.max(16, Math.floor(FILTER_LIMITS.patternTableCells / (starts.length + 2)));
    this.#besides = [...starts.map(besideOf), 'lastLineFeed', 'nothing'];
    this.#marks = new Int32Array(program.length);
  }

  /** Whether the pattern matches anywhere in the first `FILTER_LIMITS.matchedUnits` units of the text. */
  test(text: string): boolean {
    const limit = Math.min(text.length, FILTER_LIMITS.matchedUnits);
    let state = this.#state([0], 'nothing');
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
    let { instructions, before } = state;
    for (let at = from; at <= limit; at++) {
      const characterClass = this.#classAt(text, at);
      if (this.#follow(instructions, before, this.#beside(characterClass))) return true;
      instructions = this.#take(characterClass);
      before = this.#beside(characterClass);
    }
    return false;
  }

  #step(state: State, characterClass: number): State | boolean {
    if (this.#follow(state.instructions, state.before, this.#beside(characterClass))) return true;
    if (characterClass === this.#end) return false;
    const instructions = this.#take(characterClass);
    instructions.sort((a, b) => a - b);
    return this.#state(instructions, this.#beside(characterClass));
  }

  #state(instructions: readonly number[], before: Beside): State {
    const key = `${before} ${instructions.join()}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state: State = { instructions, before, next: new Array(this.#end + 1) };
    this.#states.set(key, state);
    return state;
  }

  /** Follows forks and anchors up to the instructions that wait for a character; true when a match is reached. */
  #follow(instructions: readonly number[], before: Beside, after: Beside): boolean {
    this.#waiting.length = 0;
    const mark = this.#nextMark();
    const open = [...instructions];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#marks[at] === mark) continue;
      this.#marks[at] = mark;
      const instruction = this.#program[at];
      if (instruction === undefined) continue;
      switch (instruction.kind) {
        case 'match':
          return true;
        case 'take':
          this.#waiting.push(at);
          break;
        case 'split':
          open.push(instruction.first, instruction.second);
          break;
        case 'anchor':
          if (fits(instruction.anchor, before, after)) open.push(at + 1);
          break;
      }
    }
    return false;
  }

  /** Where the waiting instructions go with a character; a match may also begin behind it, so 0 is always there. */
  #take(characterClass: number): number[] {
    const known = characterClass === this.#lastLineFeed ? this.#alphabet.classOf(LINE_FEED) : characterClass;
    const next = [0];
    for (const at of this.#waiting) {
      if (this.#rows[at]?.[known] === 1) next.push(at + 1);
    }
    return next;
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
