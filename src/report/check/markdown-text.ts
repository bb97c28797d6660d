import { safeLine } from '../format/safe-text.ts';

/** Characters that mean something to Markdown or HTML, or make links, mentions and formulas on GitHub. */
const MEANINGFUL = /[\\`*_[\]<>#|&~@:$]|www\./gi;

/**
 * Text from anywhere as inline text: every character that could mean something is a numeric reference, which CommonMark
 * (0.31, §2.5) never takes for structure, so that even a table row keeps its cells.
 */
export function markdownText(text: string): string {
  return safeLine(text).replace(MEANINGFUL, (found) =>
    Array.from(found, (character) => `&#${character.codePointAt(0)};`).join(''),
  );
}

/** The same in the typewriter face, where GitHub looks for no mentions. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
