import { z } from 'zod';
import { bare, type Extent, exampleOf } from '../../src/report/schema-example.ts';

/** Values made from schemas, so that every schema is tried with a body of its own and with spoilt ones. */

export { bare, type Extent, exampleOf };

export type Path = readonly (string | number)[];

/** One place in a schema's full example. */
export interface Place {
  readonly path: Path;
  readonly schema: z.ZodType;
  /** The key may be left out. */
  readonly optional: boolean;
  /** null is as good as a value. */
  readonly nullable: boolean;
}

/** Every place in the full example of a schema, the root first; of a union, the branch that the example takes. */
export function placesOf(schema: z.ZodType, path: Path = []): readonly Place[] {
  const inner = bare(schema);
  const optional = schema instanceof z.ZodOptional;
  const here: Place = { path, schema: inner, optional, nullable: schema.safeParse(null).success };
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
