import { z } from 'zod';
import { bare } from './schema-example.ts';

/**
 * What a schema has at a path as config-fields.tsv writes them: `[].Video.BitRate`, `PtzLink[][0]`, `(root)`. Every
 * branch of a union is followed, so there may be several. A map of something told has any key; what is untold has none.
 */
export function schemasAt(schema: z.ZodType, path: string): readonly z.ZodType[] {
  let reached = [schema];
  for (const step of path.matchAll(/\[(\d*)\]|\(root\)|[^.[\]]+/g)) {
    if (step[0] === '(root)') continue;
    const index = step[1];
    reached = reached
      .flatMap(branches)
      .flatMap((at) => (index === undefined ? member(at, step[0]) : place(at, index)));
  }
  return reached;
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

function member(schema: z.ZodType, key: string): readonly z.ZodType[] {
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, key)) {
    return [schema.shape[key] as z.ZodType];
  }
  if (schema instanceof z.ZodRecord && isTold(schema.valueType as z.ZodType)) {
    return [schema.valueType as z.ZodType];
  }
  return [];
}

function place(schema: z.ZodType, index: string): readonly z.ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  if (!(schema instanceof z.ZodTuple)) return [];
  const items = schema.def.items as readonly z.ZodType[];
  return index === '' ? items : items.slice(Number(index), Number(index) + 1);
}
