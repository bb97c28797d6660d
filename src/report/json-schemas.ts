import { z } from 'zod';
import { BodyChecker } from '../../schemas/body.ts';
import type { Message } from '../../schemas/message.ts';
import type { ObjectDefinition } from '../../schemas/object.ts';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { RECORD_SCHEMAS } from './records/schemas.ts';

/** One JSON Schema (2020-12) as `dvrscope schema` writes it. */
export interface PublishedSchema {
  /** Path below the output directory: ours, lower-case, without anything that a file system could mind. */
  readonly file: string;
  readonly schema: z.core.JSONSchema.BaseSchema;
}

/**
 * The JSON Schemas of every message with a JSON body, of every object, and of our own outputs. Those of bodies take
 * keys that they do not know: such are odd, not wrong. Made one by one, since all together take a second.
 */
export function* publishedSchemas(): Generator<PublishedSchema> {
  const checker = new BodyChecker();
  for (const message of MESSAGES) {
    if (message.body === undefined) continue;
    const schema = checker.schemaFor(message, message.body, {});
    yield published(messageFile(message), `${message.id} ${message.name}`, messageAbout(message), schema);
  }
  for (const definition of OBJECTS) {
    const { meaning } = definition;
    yield published(objectFile(definition), definition.name, meaning, definition.value());
    if (definition.reply === undefined) continue;
    const title = `${definition.name}, in the reply`;
    yield published(objectFile(definition, 'reply'), title, meaning, definition.reply());
  }
  for (const [kind, schema] of Object.entries(RECORD_SCHEMAS)) {
    const file = `outputs/dvrscope.${kind}.json`;
    yield { file, schema: { ...z.toJSONSchema(schema), $id: idOf(file), title: `dvrscope.${kind}/1` } };
  }
}

/** Messages of the `spec` dialect have ids that mean other messages in the field (§6.2.1). */
function messageFile({ id, name, dialect }: Message): string {
  return `messages/${safeName(`${id}-${name}${dialect === 'spec' ? '-spec' : ''}`)}.json`;
}

function objectFile({ name, family }: ObjectDefinition, side?: 'reply'): string {
  // General.General and the like have one schema each; an ability may share its name with a configuration.
  const twin = OBJECTS.some((other) => other.name === name && other.family !== family);
  const parts = [name, ...(twin ? [family] : []), ...(side === undefined ? [] : [side])];
  return `objects/${safeName(parts.join('.'))}.json`;
}

function safeName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
}

function messageAbout({ spec, body }: Message): string {
  const carried =
    body?.carries === true ? '; carries the object that Name names, under that name (see objects/)' : '';
  return `body of the message, ${spec.startsWith('6.') ? `§${spec}` : spec}${carried}`;
}

function idOf(file: string): string {
  return `urn:dvrscope:${file.replace(/\.json$/, '').replaceAll('/', ':')}`;
}

function published(file: string, title: string, about: string, schema: z.ZodType): PublishedSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { override: ({ jsonSchema }) => loosen(jsonSchema) });
  const { description } = rest;
  return {
    file,
    schema: {
      $schema,
      $id: idOf(file),
      title,
      ...rest,
      description: description === undefined ? about : `${about}: ${description}`,
    },
  };
}

/** Drops what zod says beyond the kinds: keys are never forbidden, and whole numbers have no bounds of JavaScript's. */
function loosen(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}
