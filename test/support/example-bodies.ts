import { z } from 'zod';
import { ObjectSchemas } from '../../schemas/objects.ts';
import type { MessageDefinition } from '../../schemas/registry.ts';
import { bodySchema, exampleOf } from '../../src/report/schema-example.ts';
import { GIVING_REPLIES } from '../../src/rules/giving-replies.ts';

const OBJECTS = new ObjectSchemas();
const ENVELOPE: ReadonlySet<string> = new Set(['Name', 'Ret', 'SessionID']);

/**
 * The least that the message may say where nobody has anything against it. `asked` is the `Name` of the request that it
 * answers; what was asked for is given when the answer is a success. `said` are the members that will replace those here.
 */
export function validBody(
  definition: MessageDefinition | undefined,
  sessionId: number,
  asked: string | undefined,
  said: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  if (definition?.body === undefined) return {};
  const schema = bodySchema(definition, definition.body);
  const value = exampleOf(schema, 'minimal') as Record<string, unknown>;
  if (schema instanceof z.ZodObject && 'SessionID' in schema.shape) {
    value.SessionID = `0x${sessionId.toString(16).toUpperCase().padStart(8, '0')}`;
  }
  if ('Ret' in value) value.Ret = 100;
  if ('EncryptType' in value) value.EncryptType = 'MD5';
  // With another name it carries another object.
  if (typeof said?.Name === 'string' && said.Name in said && definition.body.carries === true) {
    for (const key of Object.keys(value)) if (!ENVELOPE.has(key)) delete value[key];
  }
  const name = asked ?? GIVING_REPLIES.get(definition.id);
  if (!GIVING_REPLIES.has(definition.id) || name === undefined || (said?.Ret ?? 100) !== 100) return value;
  const given = OBJECTS.select(name, true)?.schema;
  return { ...value, Name: name, [name]: given === undefined ? {} : exampleOf(given, 'minimal') };
}
