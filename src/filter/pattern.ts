import { createRequire } from 'node:module';
import { literal, type Reading, refused } from './kinds/kind.ts';
import { quoted } from './span.ts';

/** Back-references, look-around and atomic groups, as RE2 cites them when it refuses them. */
const NOT_LINEAR = /^(?:\\[1-9gk]|\(\?(?:[=!>]|<[=!]))/;

/**
 * A regular expression in RE2's syntax, looked for anywhere in a text. Ignores case like the `matches` of Wireshark
 * unless it says `(?-i)`. V8's own expressions go back and try again, and `(a+)+$` on forty letters keeps them busy for
 * hours: neither a pattern from a command line nor the text of a hostile peer may do that. RE2's time is linear.
 */
export function compilePattern(
  pattern: string,
  mostInstructions: number,
): Reading<(text: string) => boolean> {
  const { RE2JS, RE2JSSyntaxException } = loadRe2();
  let machine: InstanceType<typeof RE2JS>;
  try {
    machine = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return refusedSyntax(pattern, error.error, error.input ?? '');
  }
  if (machine.programSize() > mostInstructions) {
    return refused('the pattern is too large with its repeats written out');
  }
  // The `$` of PCRE, and so of Wireshark, also stands before a line feed that ends the text; RE2's does not. Without that
  // line feed it does, and nothing else changes but `\z`, which means the very end for both.
  const retries = !pattern.includes('\\z');
  return literal(
    (text) => machine.test(text) || (retries && text.endsWith('\n') && machine.test(text.slice(0, -1))),
  );
}

/** Loading re2js takes some 8 ms: its CommonJS build is loaded by the first `matches`, other filters go without. */
function loadRe2(): typeof import('re2js') {
  return createRequire(import.meta.url)('re2js');
}

/** `cited` is the piece that RE2 objects to; it cites the whole pattern where a bracket has no partner. */
function refusedSyntax(pattern: string, reason: string, cited: string): Reading<never> {
  if (NOT_LINEAR.test(cited)) {
    return refused(
      "the pattern uses a back-reference, look-around or atomic group, which 'matches' does not have",
    );
  }
  const where = cited === '' || cited === `(?i)${pattern}` ? '' : ` ${quoted(cited)}`;
  return refused(`the pattern is refused: ${reason}${where}`);
}
