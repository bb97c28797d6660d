import { FILTER_LIMITS } from '../limits.ts';
import { type CharacterSet, holds, setOf, WORD } from './character-set.ts';
import type { Anchor, PatternNode } from './syntax.ts';

/**
 * One step of the machine: take a character of a set and go to the next instruction; go on at one or two others;
 * go on if the place fits; or report a match.
 */
export type Instruction =
  | { readonly kind: 'take'; readonly set: CharacterSet }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'match' };

/** The instructions of a pattern, or undefined when they are more than the limit. */
export function compileProgram(node: PatternNode): readonly Instruction[] | undefined {
  const writer = new ProgramWriter();
  writer.write(node);
  return writer.finish();
}

/** A program under construction. Past the limit it writes nothing more, so that `(((a{99}){99}){99}` ends soon. */
class ProgramWriter {
  readonly #instructions: Instruction[] = [];
  /** Nodes written, also those without instructions: `(){1000}` repeats nothing a thousand times. */
  #nodes = 0;

  write(node: PatternNode): void {
    this.#nodes++;
    if (this.#full) return;
    switch (node.kind) {
      case 'set':
        this.#put({ kind: 'take', set: node.set });
        return;
      case 'anchor':
        this.#put({ kind: 'anchor', anchor: node.anchor });
        return;
      case 'sequence':
        for (const part of node.parts) this.write(part);
        return;
      case 'choice':
        this.#choice(node.parts);
        return;
      case 'repeat':
        this.#repeat(node.part, node.least, node.most);
        return;
    }
  }

  finish(): readonly Instruction[] | undefined {
    this.#put({ kind: 'match' });
    return this.#full ? undefined : this.#instructions;
  }

  get #full(): boolean {
    const limit = FILTER_LIMITS.patternInstructions;
    return this.#instructions.length > limit || this.#nodes > 8 * limit + FILTER_LIMITS.expressionUnits;
  }

  #choice(parts: readonly PatternNode[]): void {
    const exits: number[] = [];
    for (const [index, part] of parts.entries()) {
      if (this.#full) return;
      if (index === parts.length - 1) {
        this.write(part);
        break;
      }
      const fork = this.#reserve();
      this.write(part);
      exits.push(this.#reserve());
      this.#fork(fork, fork + 1, this.#here);
    }
    for (const exit of exits) this.#fork(exit, this.#here, this.#here);
  }

  #repeat(part: PatternNode, least: number, most: number | undefined): void {
    for (let i = 0; i < least && !this.#full; i++) this.write(part);
    if (most === undefined) {
      const fork = this.#reserve();
      this.write(part);
      this.#put({ kind: 'split', first: fork, second: fork });
      this.#fork(fork, fork + 1, this.#here);
      return;
    }
    const forks: number[] = [];
    for (let i = least; i < most && !this.#full; i++) {
      forks.push(this.#reserve());
      this.write(part);
    }
    for (const fork of forks) this.#fork(fork, fork + 1, this.#here);
  }

  get #here(): number {
    return this.#instructions.length;
  }

  #put(instruction: Instruction): void {
    this.#instructions.push(instruction);
  }

  /** A place whose targets are known later. */
  #reserve(): number {
    this.#put({ kind: 'match' });
    return this.#here - 1;
  }

  #fork(at: number, first: number, second: number): void {
    this.#instructions[at] = { kind: 'split', first, second };
  }
}

/**
 * Characters that no set, line end or word edge of a program tells apart, as one class. Class `i` begins at `starts[i]`.
 */
export interface Alphabet {
  readonly starts: readonly number[];
  readonly classOf: (unit: number) => number;
}

export function alphabetOf(program: readonly Instruction[]): Alphabet {
  const edges = new Set<number>([0]);
  const sets = program.flatMap((instruction) => (instruction.kind === 'take' ? [instruction.set] : []));
  for (const set of [...sets, setOf(0x0a), WORD]) {
    for (let i = 0; i < set.length; i += 2) {
      edges.add(set[i] ?? 0);
      edges.add((set[i + 1] ?? 0) + 1);
    }
  }
  const starts = [...edges].filter((unit) => unit <= 0xffff).sort((a, b) => a - b);
  const ascii = Uint16Array.from({ length: 0x80 }, (_, unit) => search(starts, unit));
  return {
    starts,
    classOf: (unit) => ascii[unit] ?? search(starts, unit),
  };
}

/**
 * For each instruction that takes a character, 1 for each class it takes. A repeat written out shares the set and so
 * the row of its copies, which keeps the rows few.
 */
export function acceptanceRows(
  program: readonly Instruction[],
  alphabet: Alphabet,
): readonly (Uint8Array | undefined)[] {
  const rows = new Map<CharacterSet, Uint8Array>();
  return program.map((instruction) => {
    if (instruction.kind !== 'take') return undefined;
    const { set } = instruction;
    const row = rows.get(set) ?? Uint8Array.from(alphabet.starts, (unit) => (holds(set, unit) ? 1 : 0));
    rows.set(set, row);
    return row;
  });
}

/** The last index whose start is not above the unit. */
function search(starts: readonly number[], unit: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}
