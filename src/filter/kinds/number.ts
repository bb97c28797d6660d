import { quotedCharacters } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { nearest } from '../suggest.ts';
import { type Kind, type LiteralOperand, literal, type Reading, refused } from './kind.ts';

/** Decimal, with fraction and exponent; and C's notations of whole numbers, as Wireshark reads them. */
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?$|^[-+]?\.\d+$/;
const PREFIXED = /^([-+]?)0(?:x([0-9a-f]+)|b([01]+)|o?([0-7]+))$/i;

/** The number a word spells, or undefined. Whole numbers beyond 2^53 are not numbers here: they would be rounded. */
export function readNumber(word: string): number | undefined {
  const value = DECIMAL.test(word) ? Number(word) : readPrefixed(word);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value;
}

/** `0x1F`, `0b101`, `017`: a leading zero alone means octal, as in C. */
function readPrefixed(word: string): number | undefined {
  const match = PREFIXED.exec(word);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal] = match;
  const magnitude =
    hex !== undefined
      ? Number.parseInt(hex, 16)
      : binary !== undefined
        ? Number.parseInt(binary, 2)
        : Number.parseInt(octal ?? '', 8);
  return sign === '-' ? -magnitude : magnitude;
}

/** Numbers, and the names of numbers where the field has such (`enumeration`). */
export function numberKind(enumeration: ReadonlyMap<string, number> | undefined): Kind<number, number> {
  return {
    read: (operand) => readNumeric(operand, enumeration),
    equal: (value, right) => value === right,
    order: (value, right) => value - right,
    literalOf: (value) => value,
    orderLiterals: (a, b) => a - b,
    oneOf: (literals) => {
      const set = new Set(literals);
      return (value) => set.has(value);
    },
  };
}

function readNumeric(
  operand: LiteralOperand,
  enumeration: ReadonlyMap<string, number> | undefined,
): Reading<number> {
  const text = operand.kind === 'word' ? operand.text : quotedCharacters(operand);
  const value = operand.kind === 'word' ? readNumber(text) : undefined;
  if (value !== undefined) return literal(value);
  const named = enumeration === undefined ? undefined : lookUp(enumeration, text);
  if (named !== undefined) return literal(named);
  if (operand.kind === 'text' && readNumber(text) !== undefined) {
    return refused(
      `a number is expected, not the quoted text ${quoted(text)}`,
      `write ${text} without quotes`,
    );
  }
  const near = enumeration === undefined ? undefined : nearest(text, enumeration.keys());
  return refused(
    `${quoted(text)} is not a ${enumeration === undefined ? 'number' : 'number or the name of one'}`,
    near === undefined ? undefined : `did you mean '${near}'?`,
  );
}

/** As spelled, else in any case. */
function lookUp(enumeration: ReadonlyMap<string, number>, name: string): number | undefined {
  const exact = enumeration.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [candidate, value] of enumeration) if (candidate.toLowerCase() === lower) return value;
  return undefined;
}
