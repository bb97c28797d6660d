import { z } from 'zod';
import { nearest } from '../../filter/suggest.ts';
import { type ConfigDocument, type DocumentPath, didYouMean, type Problem, refusal } from './document.ts';

/**
 * The document as the schema has it. Keys that the schema does not know are refused, with the one that was
 * probably meant.
 *
 * @throws Failure (exit code 2) with file, line and column of each problem
 */
export function validated<T>(document: ConfigDocument, schema: z.ZodType<T>): T {
  const problems = prototypeKeys(document, document.value, []);
  const result = schema.safeParse(document.value);
  if (result.success && problems.length === 0) return result.data;
  const found = result.success ? [] : result.error.issues.flatMap((issue) => worded(document, schema, issue));
  throw refusal(document.path, [...problems, ...found]);
}

/** zod passes over `__proto__` in records; here it is a key that nobody knows, like others. */
function prototypeKeys(document: ConfigDocument, value: unknown, path: DocumentPath): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  const key = '__proto__';
  const own = Object.hasOwn(value, key);
  const below = Object.entries(value).flatMap(([name, member]) =>
    prototypeKeys(document, member, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return own
    ? [{ place: document.place([...path, key], 'key'), text: `'${key}' is no key` }, ...below]
    : below;
}

function worded(document: ConfigDocument, schema: z.ZodType, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(z.toJSONSchema(schema, { unrepresentable: 'any' }), path);
    return issue.keys
      .filter((key) => key !== '__proto__')
      .map((key) => ({
        place: document.place([...path, key], 'key'),
        text: `the key '${key}' is not known${didYouMean(nearest(key, known))}`,
      }));
  }
  const place = document.place(path, 'value');
  const value = valueAt(document.value, path);
  const name = nameOf(path);
  if (value === undefined && path.length > 0) return [{ place, text: `${name} is missing` }];
  return [{ place, text: `${name}: ${wordsOf(issue, value)}` }];
}

function wordsOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_union') {
    const each = issue.errors.flatMap(([first]) => (first === undefined ? [] : [lowered(first.message)]));
    return [...new Set(each)].join(', or ');
  }
  if (issue.code !== 'invalid_value') return lowered(issue.message);
  const values = issue.values.map(String);
  const meant = typeof value === 'string' ? nearest(value, values) : undefined;
  return `expected ${values.map((each) => `'${each}'`).join(', ')}${didYouMean(meant)}`;
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** `waivers[0].expires`; `entry 1` of a document that is a list; «the document» for the root. */
function nameOf(path: DocumentPath): string {
  const [first] = path;
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  if (typeof first === 'number') return `entry ${first + 1}${name.slice(`[${first}]`.length)}`;
  return name === '' ? 'the document' : name.slice(1);
}

function valueAt(value: unknown, path: DocumentPath): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys that an object at a path may have, as far as they are listed. */
function keysAt(schema: JsonSchema, path: DocumentPath): readonly string[] {
  let at: readonly JsonSchema[] = alternatives(schema);
  for (const part of path) {
    at = at.flatMap((each) => {
      const next =
        typeof part === 'number' ? each.items : (each.properties?.[part] ?? each.additionalProperties);
      return isSchema(next) ? alternatives(next) : [];
    });
  }
  return at.flatMap(({ properties, propertyNames }) => [
    ...Object.keys(properties ?? {}),
    ...(isSchema(propertyNames) ? (propertyNames.enum ?? []).map(String) : []),
  ]);
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []).filter(isSchema)];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
