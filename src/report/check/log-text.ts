import { safeLine } from '../format/safe-text.ts';

/** A word of this length may be broken, so that what is inside it begins a line. */
const BREAKABLE = 60;

/**
 * Text from a capture for a terminal or the log of a CI job. GitHub Actions takes a line that begins with `::`, after
 * blanks, and what follows `##[` anywhere, for commands to the runner: a capture must not give any.
 */
export function logText(text: string): string {
  const safe = safeLine(text).replaceAll('##[', '\\x23#[');
  if (!safe.includes('::')) return safe;
  return safe.split(' ').map(withoutCommand).join(' ');
}

function withoutCommand(word: string): string {
  return /^\s*::/.test(word) || word.length > BREAKABLE ? word.replace(/:(?=:)/g, '\\x3a') : word;
}
