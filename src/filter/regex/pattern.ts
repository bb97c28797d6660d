import { PatternMachine } from './machine.ts';
import { compileProgram } from './program.ts';
import { type PatternRefusal, parsePattern } from './syntax.ts';

export type PatternResult =
  | { readonly kind: 'pattern'; readonly test: (text: string) => boolean }
  | PatternRefusal;

/**
 * A regular expression in the syntax of pcre2pattern(3), without what cannot be matched in linear time. Ignores case by
 * default like the `matches` of Wireshark. V8's own expressions go back and try again, and `(a+)+$` on forty letters
 * keeps them busy for hours: neither a pattern from a command line nor the text of a hostile peer may do that.
 */
export function compilePattern(pattern: string): PatternResult {
  const node = parsePattern(pattern);
  if (node.kind === 'refused') return node;
  const program = compileProgram(node);
  if (program === undefined)
    return { kind: 'refused', position: 0, why: 'it is too large with its repeats written out' };
  const machine = new PatternMachine(program);
  return { kind: 'pattern', test: (text) => machine.test(text) };
}
