import { quoted } from '../span.ts';
import { nearest } from '../suggest.ts';
import { itself, type Kind, literal, literalText, refused } from './kind.ts';

/** Decimal, with fraction and exponent; and C's notations of whole numbers, where a leading zero alone means octal. */
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?$|^[-+]?\.\d+$/;
const PREFIXED = /^[-+]?0(?:x[0-9a-f]+|b[01]+|o?[0-7]+)$/i;

/** The number a word spells, or undefined. Whole numbers beyond 2^53 are not numbers here: they would be rounded. */
export function readNumber(word: string): number | undefined {
  if (!DECIMAL.test(word) && !PREFIXED.test(word)) return undefined;
  const magnitude = Number(word.replace(/^[-+]/, '').replace(/^0(?=\d)/, '0o'));
  const tooLarge = Number.isInteger(magnitude) && !Number.isSafeInteger(magnitude);
  if (tooLarge || !Number.isFinite(magnitude)) return undefined;
  return word.startsWith('-') ? -magnitude : magnitude;
}

/** Numbers, and the names of numbers where the field has such. */
export const NUMBER_KIND: Kind<number, number> = {
  read: (operand, names) => {
    const text = literalText(operand);
    const number = readNumber(text);
    if (operand.kind === 'word' && number !== undefined) return literal(number);
    const named = names === undefined ? undefined : lookUp(names, text);
    if (named !== undefined) return literal(named);
    if (number !== undefined) {
      return refused(
        `a number is expected, not the quoted text ${quoted(text)}`,
        `write ${text} without quotes`,
      );
    }
    const near = nearest(text, names?.keys() ?? []);
    return refused(
      `${quoted(text)} is not a ${names === undefined ? 'number' : 'number or the name of one'}`,
      near === undefined ? undefined : `did you mean '${near}'?`,
    );
  },
  literalOf: itself,
  order: (a, b) => a - b,
};

/** As spelled, else in any case. */
function lookUp(names: ReadonlyMap<string, number>, name: string): number | undefined {
  const exact = names.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [candidate, value] of names) if (candidate.toLowerCase() === lower) return value;
  return undefined;
}
