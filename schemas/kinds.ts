import { z } from 'zod';

/**
 * The kinds of value that DVRIP bodies are made of, as strict zod schemas. What is said here once serves
 * validation, `explain`, and the published JSON Schemas: the meaning is the description, and marks that JSON Schema
 * has no word for are `x-` members. The checker (check.ts) tells breaches that make a body *wrong* from habits of
 * devices that make it *odd*; see there.
 */

/** Marks a schema may carry beside its description. */
export interface Marks {
  /** The value is a secret: shown as ‹redacted›. */
  readonly 'x-secret'?: true;
  /** The listed values are those known; devices use others (odd, not wrong). */
  readonly 'x-open'?: true;
  /** Unit of a number. */
  readonly 'x-unit'?: string;
  /** What single values of an enumeration mean. */
  readonly 'x-values'?: Readonly<Record<string, string>>;
}

/** Marks a schema that was just made. (`schema.meta()` would copy it, which costs as much as making it.) */
function marked<S extends z.ZodType>(schema: S, meaning: string, marks: Marks = {}): S {
  z.globalRegistry.add(schema, { ...(meaning !== '' && { description: meaning }), ...marks });
  return schema;
}

/** Any text. */
export function text(meaning: string, marks?: Marks) {
  return marked(z.string(), meaning, marks);
}

/** A text that nobody should read: password, hash, key, token. */
export function secret(meaning: string) {
  return marked(z.string(), meaning, { 'x-secret': true });
}

export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Values beyond the range are odd, not wrong. */
  readonly open?: true;
}

/**
 * What a check says whose breach is only odd. zod tells of a check, not of the schema that has it, so the mark of the
 * schema is out of reach where the breach is reported; check.ts reads this in its place.
 */
const ODD_BREACH = JSON.stringify({ open: true, secret: false });

/** A whole number. */
export function integer(meaning: string, range: Range = {}) {
  const breach = range.open && ODD_BREACH;
  let schema = z.int();
  if (range.min !== undefined) schema = schema.min(range.min, breach);
  if (range.max !== undefined) schema = schema.max(range.max, breach);
  return marked(schema, meaning, {
    ...(range.unit !== undefined && { 'x-unit': range.unit }),
    ...(range.open && { 'x-open': true as const }),
  });
}

/** A number with a fraction. */
export function number(meaning: string) {
  return marked(z.number(), meaning);
}

/** true or false. */
export function flag(meaning: string) {
  return marked(z.boolean(), meaning);
}

/** true or false, by some devices or clients as 1 or 0 (field notes §2, UseSSL, AutoCheck). */
export function flagOrInteger(meaning: string) {
  return marked(z.union([z.boolean(), z.int()]), meaning);
}

const HEX = /^0x[0-9a-fA-F]{1,64}$/;

/** A number as hexadecimal text, `0x0000000B`: masks, sizes, IPv4 addresses (little-endian: 0x0101A8C0 is 192.168.1.1). */
export function hex(meaning: string, unit?: string) {
  return marked(z.string().regex(HEX, ODD_BREACH), meaning, {
    'x-open': true,
    ...(unit !== undefined && { 'x-unit': unit }),
  });
}

/** A number, by some devices as hexadecimal text, by others as a number (field notes §10, WorkState). */
export function hexOrInteger(meaning: string, unit?: string) {
  return marked(z.union([z.int(), hex('')]), meaning, {
    ...(unit !== undefined && { 'x-unit': unit }),
  });
}

/** `2026-11-22 10:00:00`, device time; zero dates and bare dates occur (field notes §2). */
export function dateTime(meaning: string) {
  const form = /^\d{4}-\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}:\d{1,2})?$/;
  return marked(z.string().regex(form, ODD_BREACH), meaning, { 'x-open': true });
}

/** `1 00:00:00-24:00:00`: active or not, then from and to. */
export function timeSection(meaning: string) {
  const form = /^[0-9]+ \d{1,2}:\d{1,2}:\d{1,2}-\d{1,2}:\d{1,2}:\d{1,2}$/;
  return marked(z.string().regex(form, ODD_BREACH), meaning, { 'x-open': true });
}

/** One of these texts; anything else is wrong. Values with a meaning of their own as an object. */
export function oneOf(meaning: string, values: readonly string[] | Readonly<Record<string, string>>) {
  return enumeration(meaning, values, {});
}

/** Usually one of these texts; devices are known to use others, which are odd. */
export function usually(meaning: string, values: readonly string[] | Readonly<Record<string, string>>) {
  return enumeration(meaning, values, { 'x-open': true });
}

function enumeration(
  meaning: string,
  values: readonly string[] | Readonly<Record<string, string>>,
  marks: Marks,
) {
  const names: readonly string[] = Array.isArray(values) ? values : Object.keys(values);
  const meanings = Array.isArray(values) ? {} : { 'x-values': values as Readonly<Record<string, string>> };
  return marked(z.enum([...names] as [string, ...string[]]), meaning, { ...marks, ...meanings });
}

/** One of these whole numbers, each with its meaning; anything else is odd where `open`, else wrong. */
export function choice(meaning: string, values: Readonly<Record<number, string>>, open?: 'open') {
  const numbers = Object.keys(values).map(Number);
  return marked(z.literal(numbers), meaning, {
    'x-values': Object.fromEntries(numbers.map((value) => [String(value), values[value] ?? ''])),
    ...(open && { 'x-open': true as const }),
  });
}

/** An object with these members; other keys are odd. */
export function group<S extends z.ZodRawShape>(meaning: string, shape: S) {
  return marked(z.strictObject(shape), meaning);
}

/** A list of any length. */
export function list<S extends z.ZodType>(meaning: string, item: S) {
  return marked(z.array(item), meaning);
}

/** A list of fixed places, each with its own kind; a longer or shorter one is odd. */
export function row<T extends readonly [z.ZodType, ...z.ZodType[]]>(meaning: string, places: T) {
  return marked(z.tuple([...places] as [z.ZodType, ...z.ZodType[]]), meaning, { 'x-open': true });
}

/** An object whose keys are not known beforehand: ability flags, maps. */
export function map<S extends z.ZodType>(meaning: string, value: S) {
  return marked(z.record(z.string(), value), meaning);
}

/**
 * Flags of which every firmware brings new ones (field notes §10, SystemFunction): those known with their meanings; any
 * other is taken as it comes.
 */
export function flags(meaning: string, known: Readonly<Record<string, string>>) {
  const shape = Object.fromEntries(Object.entries(known).map(([name, words]) => [name, maybe(flag(words))]));
  return marked(z.object(shape).catchall(z.unknown()), meaning);
}

/** A list of objects that old firmware gives as one object, or the other way round (field notes §10, NetFTP). */
export function oneOrList<S extends z.ZodType>(meaning: string, item: S) {
  return either(meaning, [list(meaning, item), item]);
}

/** A key that may be absent. */
export function maybe<S extends z.ZodType>(schema: S) {
  return schema.optional();
}

/** A value for which devices are known to send null as a matter of course, so that null is not even odd. */
export function orNull<S extends z.ZodType>(schema: S) {
  return z.nullable(schema);
}

/** One of several shapes. */
export function either<T extends readonly [z.ZodType, z.ZodType, ...z.ZodType[]]>(
  meaning: string,
  shapes: T,
) {
  return marked(z.union([...shapes]), meaning);
}

/** A shape that no source tells: whatever comes is taken. To be used only where the sources say nothing. */
export function untold(meaning: string) {
  return marked(z.unknown(), meaning);
}

/** The session id in a body: hexadecimal or decimal text of any width (field notes §2). */
export function sessionIdText() {
  return marked(
    z.string().regex(/^\s*(?:0x)?[0-9a-fA-F]{1,16}\s*$/),
    'session id; the number must equal that of the header, its width and letter case are free',
  );
}

/** The return code of a reply; return-codes.ts names the values. */
export function returnCode() {
  return marked(z.int(), 'return code, see §6.1; 100 is success');
}
