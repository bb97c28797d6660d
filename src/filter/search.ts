import type { Operand } from './ast.ts';
import type { Source, SourceOf } from './fields.ts';
import { BYTES_KIND, containsBytes } from './kinds/bytes.ts';
import { type LiteralOperand, literal, type Reading, refused } from './kinds/kind.ts';
import { FILTER_LIMITS } from './limits.ts';
import { type Predicate, quantified, quantifiedPairs } from './predicate.ts';
import { quotedCharacters } from './quoted-text.ts';
import { compilePattern } from './regex/pattern.ts';

type Searchable<S> = SourceOf<S, 'string'> | SourceOf<S, 'bytes'>;

/** `contains` with a value: case-sensitive, anywhere in the field. */
export function containsLiteral<S>(
  source: Searchable<S>,
  operand: LiteralOperand,
  every: boolean,
): Reading<Predicate<S>> {
  if (source.type === 'string') {
    const part = operand.kind === 'word' ? operand.text : quotedCharacters(operand);
    return literal(quantified(source.each, (value) => containsText(value, part), every));
  }
  const part = BYTES_KIND.read(operand);
  if (part.kind === 'refused') return part;
  return literal(quantified(source.each, (value) => containsBytes(value, part.literal), every));
}

/** `contains` with another field of the same type; undefined when it has another type. */
export function containsSource<S>(
  whole: Searchable<S>,
  part: Source<S>,
  every: boolean,
): Predicate<S> | undefined {
  if (whole.type === 'string') {
    return part.type === 'string' ? quantifiedPairs(whole.each, part.each, containsText, every) : undefined;
  }
  return part.type === 'bytes' ? quantifiedPairs(whole.each, part.each, containsBytes, every) : undefined;
}

/** An empty part occurs nowhere, as in Wireshark. */
function containsText(whole: string, part: string): boolean {
  return part !== '' && whole.includes(part);
}

/** `matches`: the pattern anywhere in the field, in any case; bytes are looked at as the characters 0 to 255. */
export function matchesPattern<S>(
  source: Searchable<S>,
  operand: Operand,
  every: boolean,
): Reading<Predicate<S>> {
  if (operand.kind !== 'text') {
    return refused("'matches' wants a pattern between double quotes", 'r"…" keeps its backslashes');
  }
  const compiled = compilePattern(quotedCharacters(operand));
  if (compiled.kind === 'refused') {
    return refused(
      `the pattern fails at its character ${compiled.position + 1} (${compiled.why}), in the text`,
    );
  }
  const test = (text: string): boolean => compiled.test(text);
  if (source.type === 'string') return literal(quantified(source.each, test, every));
  return literal(quantified(source.each, (bytes) => test(asCharacters(bytes)), every));
}

function asCharacters(bytes: Uint8Array): string {
  const end = Math.min(bytes.length, FILTER_LIMITS.matchedUnits);
  return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('latin1');
}
