import { z } from 'zod';
import { BodyChecker, type BodySource } from '../../schemas/body.ts';
import type { MessageDefinition } from '../../schemas/message.ts';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { RETURN_CODES } from '../../schemas/return-codes.ts';
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
    const { file, schema } = published(
      messageFile(message),
      `${message.id} ${message.name}`,
      messageAbout(message),
      bodySchema(checker, message, message.body, REFUSED),
    );
    const success = z.toJSONSchema(bodySchema(checker, message, message.body, {}));
    yield { file, schema: { ...schema, ...requiredOnSuccess(schema, success) } };
  }
  const used = new Set<string>();
  for (const definition of OBJECTS) {
    const { name, meaning, reply } = definition;
    // Some names differ by letter case only (OPSNAP, OPSnap), or by family.
    let stem = `objects/${safeName(name)}`;
    if (used.has(stem)) stem += `.${definition.family}`;
    for (let n = 2; used.has(stem); n++) stem = `objects/${safeName(name)}.${n}`;
    used.add(stem);
    yield published(`${stem}.json`, name, meaning, definition.value());
    if (reply !== undefined) {
      yield published(`${stem}.reply.json`, `${name}, in the reply`, meaning, reply());
    }
  }
  yield* outputSchemas();
}

/** Those of our own outputs alone; the package holds them as files. */
export function outputSchemas(): readonly PublishedSchema[] {
  return Object.entries(RECORD_SCHEMAS).map(([kind, schema]) => {
    const file = `outputs/dvrscope.${kind}.json`;
    return { file, schema: { ...z.toJSONSchema(schema), $id: idOf(file), title: `dvrscope.${kind}/1` } };
  });
}

/** A reply that gives nothing: what it carries may then be absent. */
const REFUSED = { Ret: 101 };

/** The body with each of the objects that the message may carry, where it says which. */
function bodySchema(
  checker: BodyChecker,
  message: MessageDefinition,
  body: BodySource,
  given: object,
): z.ZodType {
  const names = body.carries === true ? (body.objects ?? []) : [];
  const [first, second, ...more] = names.map((name) =>
    checker.schemaFor(message, body, { ...given, Name: name, [name]: {} }),
  );
  if (first === undefined) return checker.schemaFor(message, body, given);
  return second === undefined ? first : z.union([first, second, ...more]);
}

/** Members that a reply must have only where its `Ret` says that the device did what was asked. */
function requiredOnSuccess(
  always: z.core.JSONSchema.BaseSchema,
  success: z.core.JSONSchema.BaseSchema,
): z.core.JSONSchema.BaseSchema {
  const required = success.required?.filter((key) => always.required?.includes(key) !== true) ?? [];
  if (required.length === 0) return {};
  const codes = RETURN_CODES.filter(({ ok }) => ok).map(({ code }) => code);
  const refused = { type: 'object', properties: { Ret: { not: { enum: codes } } } } as const;
  const properties = Object.fromEntries(required.map((key) => [key, true]));
  return { allOf: [{ anyOf: [refused, { type: 'object', properties, required }] }] };
}

/** Messages of the `spec` dialect have ids that mean other messages in the field (§6.2.1). */
function messageFile({ id, name, dialect }: MessageDefinition): string {
  return `messages/${safeName(`${id}-${name}${dialect === 'spec' ? '-spec' : ''}`)}.json`;
}

function safeName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
}

function messageAbout({ spec, body }: MessageDefinition): string {
  const carried =
    body?.carries === true ? '; carries the object that Name names, under that name (see objects/)' : '';
  return `body of the message, ${spec.startsWith('6.') ? `§${spec}` : spec}${carried}`;
}

function idOf(file: string): string {
  return `urn:dvrscope:${file.replace(/\.json$/, '').replaceAll('/', ':')}`;
}

function published(file: string, title: string, about: string, schema: z.ZodType): PublishedSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => loosen(jsonSchema),
  });
  const { description } = rest;
  return {
    file,
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: idOf(file),
      title,
      ...rest,
      description: description === undefined ? about : `${about}: ${description}`,
    },
  };
}

/** Constraints whose breach may be odd only. */
const CONSTRAINTS = ['enum', 'const', 'minimum', 'maximum', 'pattern', 'minItems', 'maxItems'] as const;

/**
 * Makes the schema refuse what is *wrong* and let pass what is *odd*: keys are never forbidden, and where devices are
 * known to go beyond what is usual (`x-open`) the constraint is told under `x-usual` only. The bounds that zod gives to
 * every whole number are JavaScript's, not the protocol's.
 */
function loosen(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema['x-open'] !== true) return;
  const usual: Record<string, unknown> = {};
  for (const constraint of CONSTRAINTS) {
    if (schema[constraint] === undefined) continue;
    usual[constraint] = schema[constraint];
    delete schema[constraint];
  }
  if (Object.keys(usual).length > 0) schema['x-usual'] = usual;
}
