import { z } from 'zod';
import { BodyChecker, type BodySource } from '../../schemas/body.ts';
import type { MessageDefinition } from '../../schemas/message.ts';

/** `minimal`: required members only, empty lists. `full`: every member, one element in each list. */
export type Extent = 'minimal' | 'full';

/** Texts that meet the patterns which schemas use; the first is for texts of any form. */
const TEXTS = ['text', '0x0000000B', '2026-11-22 10:00:00', '1 00:00:00-24:00:00'];
const NUMBERS = [1, 0];

/**
 * A value that meets the schema. Tests (test/support/schema-example.ts) and `explain` share it: what is shown to
 * people is what the schemas were tried with.
 */
export function exampleOf(schema: z.ZodType, extent: Extent): unknown {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) return exampleObject(inner, extent);
  if (inner instanceof z.ZodArray) {
    return extent === 'full' ? [exampleOf(inner.element as z.ZodType, extent)] : [];
  }
  if (inner instanceof z.ZodTuple) {
    return inner.def.items.map((place) => exampleOf(place as z.ZodType, extent));
  }
  if (inner instanceof z.ZodRecord) {
    return extent === 'full' ? { Key: exampleOf(inner.valueType as z.ZodType, extent) } : {};
  }
  if (inner instanceof z.ZodUnion) return exampleOf(inner.options[0] as z.ZodType, extent);
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodLiteral) return [...inner.values][0];
  if (inner instanceof z.ZodBoolean) return true;
  if (inner instanceof z.ZodNull) return null;
  if (inner instanceof z.ZodUnknown) return {};
  if (inner instanceof z.ZodString && inner.meta()?.['x-secret'] === true) return '‹redacted›';
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

/** A body that the message may have, with the first object that it may carry; undefined where it is no JSON. */
export function exampleBody(message: MessageDefinition): unknown {
  const { body } = message;
  if (body === undefined) return undefined;
  const schema = bodySchema(message, body);
  const example = exampleOf(schema, 'full') as Record<string, unknown>;
  const name = carriedExample(message, body);
  if ('Name' in example) example.Name = name ?? '';
  if ('Ret' in example) example.Ret = 100;
  return example;
}

/** The schema of a body that carries the first object that it may carry, and that tells of success. */
export function bodySchema(message: MessageDefinition, body: BodySource): z.ZodType {
  const name = carriedExample(message, body);
  return new BodyChecker().schemaFor(message, body, name === undefined ? {} : { Name: name, [name]: {} });
}

/** A small object stands for all that may be carried where the message does not say which. */
function carriedExample(message: MessageDefinition, body: BodySource): string | undefined {
  if (body.carries !== true) return undefined;
  const asksAbility = message.id >= 1360 && message.id <= 1363;
  return body.objects?.[0] ?? (asksAbility ? 'MotionArea' : 'General.AutoMaintain');
}
