import { z } from 'zod';
import { bare } from './schema-example.ts';

/**
 * Whether a schema describes a path as config-fields.tsv writes them: `[].Video.BitRate`, `PtzLink[][0]`, `(root)`.
 * Every branch of a union is followed. A map of something told has any key; what is untold has none.
 */
export function hasPath(schema: z.ZodType, path: string): boolean {
  let reached = branches(schema);
  for (const step of path.matchAll(/\[(\d*)\]|\(root\)|[^.[\]]+/g)) {
    if (step[0] === '(root)') continue;
    reached = reached.flatMap((at) => (step[1] === undefined ? member(at, step[0]) : place(at, step[1])));
  }
  return reached.length > 0;
}

/** Whether the schema says anything at all. */
export function isTold(schema: z.ZodType): boolean {
  return branches(schema).every((branch) => !(branch instanceof z.ZodUnknown || branch instanceof z.ZodAny));
}

function branches(schema: z.ZodType): z.ZodType[] {
  const inner = bare(schema);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => branches(option as z.ZodType));
  return [inner];
}

function member(schema: z.ZodType, key: string): z.ZodType[] {
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, key)) {
    return branches(schema.shape[key] as z.ZodType);
  }
  if (schema instanceof z.ZodRecord && isTold(schema.valueType as z.ZodType)) {
    return branches(schema.valueType as z.ZodType);
  }
  return [];
}

function place(schema: z.ZodType, index: string): z.ZodType[] {
  if (schema instanceof z.ZodArray) return branches(schema.element as z.ZodType);
  if (!(schema instanceof z.ZodTuple)) return [];
  const items = schema.def.items as readonly z.ZodType[];
  const chosen = index === '' ? items : items.slice(Number(index), Number(index) + 1);
  return chosen.flatMap((item) => branches(item));
}
