import { z } from 'zod';

/** Values made from schemas, so that every schema is tried with a body of its own and with spoilt ones. */

/** `minimal`: required members only, empty lists. `full`: every member, one element in each list. */
export type Extent = 'minimal' | 'full';

/** Texts that meet the patterns which schemas use. */
const TEXTS = ['abc', '0x0000000B', '2026-11-22 10:00:00', '1 00:00:00-24:00:00'];
const NUMBERS = [1, 0];

/** A value that meets the schema. */
export function exampleOf(schema: z.ZodType, extent: Extent): unknown {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) return exampleObject(inner, extent);
  if (inner instanceof z.ZodArray) {
    return extent === 'full' ? [exampleOf(inner.element as z.ZodType, extent)] : [];
  }
  if (inner instanceof z.ZodTuple)
    return inner.def.items.map((place) => exampleOf(place as z.ZodType, extent));
  if (inner instanceof z.ZodRecord) {
    return extent === 'full' ? { Key: exampleOf(inner.valueType as z.ZodType, extent) } : {};
  }
  if (inner instanceof z.ZodUnion) return exampleOf(inner.options[0] as z.ZodType, extent);
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodLiteral) return [...inner.values][0];
  if (inner instanceof z.ZodBoolean) return true;
  if (inner instanceof z.ZodNull) return null;
  if (inner instanceof z.ZodUnknown) return {};
  const bounds = inner instanceof z.ZodNumber ? [inner.minValue ?? 0, inner.maxValue ?? 0] : [];
  const fitting = [...TEXTS, ...NUMBERS, ...bounds].find((candidate) => inner.safeParse(candidate).success);
  if (fitting === undefined) throw new Error(`no example for a schema of type ${inner.def.type}`);
  return fitting;
}

function exampleObject(schema: z.ZodObject, extent: Extent): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(schema.shape)) {
    if (extent === 'minimal' && member instanceof z.ZodOptional) continue;
    value[key] = exampleOf(member as z.ZodType, extent);
  }
  return value;
}

/** The schema without what only says that a value may be absent. */
export function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return bare(schema.unwrap() as z.ZodType);
  }
  return schema;
}

export type Path = readonly (string | number)[];

/** One place in a schema's full example. */
export interface Place {
  readonly path: Path;
  readonly schema: z.ZodType;
  /** The key may be left out. */
  readonly optional: boolean;
}

/** Every place in the full example of a schema, the root first; of a union, the branch that the example takes. */
export function placesOf(schema: z.ZodType, path: Path = []): readonly Place[] {
  const inner = bare(schema);
  const here: Place = { path, schema: inner, optional: schema instanceof z.ZodOptional };
  return [here, ...below(inner, path)];
}

function below(schema: z.ZodType, path: Path): readonly Place[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, member]) =>
      placesOf(member as z.ZodType, [...path, key]),
    );
  }
  if (schema instanceof z.ZodArray) return placesOf(schema.element as z.ZodType, [...path, 0]);
  if (schema instanceof z.ZodTuple) {
    return schema.def.items.flatMap((place, i) => placesOf(place as z.ZodType, [...path, i]));
  }
  if (schema instanceof z.ZodRecord) {
    const [here, ...rest] = placesOf(schema.valueType as z.ZodType, [...path, 'Key']);
    return here === undefined ? [] : [{ ...here, optional: true }, ...rest];
  }
  if (schema instanceof z.ZodUnion) return below(bare(schema.options[0] as z.ZodType), path);
  return [];
}

/** Whether the schema takes an object or a list, in any of its branches. */
export function isContainer(schema: z.ZodType): boolean {
  const inner = bare(schema);
  if (inner instanceof z.ZodUnion) return inner.options.some((option) => isContainer(option as z.ZodType));
  return (
    inner instanceof z.ZodObject ||
    inner instanceof z.ZodArray ||
    inner instanceof z.ZodTuple ||
    inner instanceof z.ZodRecord
  );
}

/** A copy of a JSON value with another value at a path; undefined takes the key away. */
export function withValueAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item, i) => (i === first ? withValueAt(item, rest, replacement) : item));
  }
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  const changed = withValueAt(copy[first], rest, replacement);
  if (changed === undefined) delete copy[first];
  else copy[first] = changed;
  return copy;
}

/** The value at a path of a JSON value. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], value);
}
