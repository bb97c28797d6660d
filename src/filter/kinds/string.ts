import { quotedCharacters } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { type Kind, literal, refused } from './kind.ts';
import { readNumber } from './number.ts';

/**
 * Text, compared unit by unit and case-sensitively. A plain word may stand without quotes, as in Wireshark, but a
 * number may not: who writes `dvrip.name > 5` has most likely taken the field for a numeric one.
 */
export const STRING_KIND: Kind<string, string> = {
  read: (operand) => {
    if (operand.kind === 'text') return literal(quotedCharacters(operand));
    if (readNumber(operand.text) === undefined) return literal(operand.text);
    return refused(`text is expected, not the number ${quoted(operand.text)}`, `quote it: "${operand.text}"`);
  },
  equal: (value, right) => value === right,
  order: compareTexts,
  literalOf: (value) => value,
  orderLiterals: compareTexts,
  oneOf: (literals) => {
    const set = new Set(literals);
    return (value) => set.has(value);
  },
};

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}
