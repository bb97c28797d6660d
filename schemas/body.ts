import { z } from 'zod';
import { type Complaint, checkValue } from './check.ts';
import { maybe, returnCode, sessionIdText, text, untold, usually } from './kinds.ts';
import type { MessageDefinition } from './message.ts';
import { ObjectSchemas } from './objects.ts';
import { saysDone } from './return-codes.ts';

/** What the body of a message is made of, beside what all bodies share. */
export interface BodySource {
  /** Members of its own, at the top level. Built when first needed. */
  readonly members?: () => Readonly<Record<string, z.ZodType>>;
  /** The body carries the object that its `Name` names, under that name. In a reply it does so when it succeeds. */
  readonly carries?: true;
  /** The objects it is there for; another one is odd. Without it, any. */
  readonly objects?: readonly string[];
  /** `Name` and `SessionID` belong to it: all but logins and their like. */
  readonly named?: boolean;
  /** Clients and devices also send no body at all (field notes §2). */
  readonly mayBeEmpty?: true;
  /** `Ret` is a percentage (§5.15.3), so that a small one is no failure. */
  readonly progress?: true;
  /** Another form of the body under the same id, and what tells it: active registration logs in with the ids of a login. */
  readonly variant?: {
    readonly is: (body: Readonly<Record<string, unknown>>) => boolean;
    readonly body: BodySource;
  };
}

interface BuiltSchema {
  readonly schema: z.ZodType;
  /** Bodies checked against it so far. */
  checked: number;
}

/**
 * Checks of a schema before it is compiled. Most captures hold a few bodies of each kind, and compiling a schema costs
 * as much as some hundred checks of it.
 */
const INTERPRETED_CHECKS = 100;

/** Validates bodies against the schema of their message and of the object that they carry. */
export class BodyChecker {
  readonly #objects = new ObjectSchemas();
  readonly #built = new Map<string, BuiltSchema>();

  /**
   * What the schemas have against the JSON value of a body. `reply` = the message answers another one.
   * Nothing for a message without a schema.
   */
  check(definition: MessageDefinition, value: unknown): readonly Complaint[] {
    const source = definition.body;
    if (source === undefined) return [];
    const built = this.#builtFor(definition, source, value);
    built.checked += 1;
    return checkValue(built.schema, value, { interpreted: built.checked <= INTERPRETED_CHECKS });
  }

  /** The schema that this body must meet. */
  schemaFor(definition: MessageDefinition, source: BodySource, value: unknown): z.ZodType {
    return this.#builtFor(definition, source, value).schema;
  }

  #builtFor(definition: MessageDefinition, source: BodySource, value: unknown): BuiltSchema {
    const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    if (source.variant?.is(given)) return this.#build(definition, source.variant.body, given, 'variant');
    return this.#build(definition, source, given, '');
  }

  #build(
    definition: MessageDefinition,
    source: BodySource,
    given: Readonly<Record<string, unknown>>,
    form: string,
  ): BuiltSchema {
    const reply = definition.replyTo !== undefined;
    const asked = !reply && definition.from !== 'device';
    const failed = reply && 'Ret' in given && !isDone(given.Ret) && source.progress !== true;
    const name = source.carries === true ? carriedName(source, given, asked) : undefined;
    const selection = name === undefined ? undefined : this.#objects.select(name, reply);
    const key = `${definition.dialect ?? ''} ${definition.id} ${definition.from} ${form} ${failed ? 'failed' : ''} ${selection === undefined ? '' : name}`;
    const built = this.#built.get(key);
    if (built !== undefined) return built;
    const shape: Record<string, z.ZodType> = {};
    if (source.named !== false) {
      const label = source.carries === true && asked ? carriedLabel(source) : undefined;
      shape.Name = label ?? maybe(text('what the body carries'));
      shape.SessionID = maybe(sessionIdText());
    }
    if (reply) shape.Ret = returnCode();
    for (const [member, schema] of Object.entries(source.members?.() ?? {})) {
      shape[member] = failed ? maybe(schema) : schema;
    }
    if (name !== undefined && selection !== undefined) {
      shape[name] = reply ? maybe(failed ? echo() : z.nullable(selection.schema)) : selection.schema;
    }
    const made: BuiltSchema = { schema: z.strictObject(shape), checked: 0 };
    // A name that nobody knows makes no schema of its own, so that made-up names cost no memory.
    if (this.#built.size < MOST_SCHEMAS) this.#built.set(key, made);
    return made;
  }
}

function isDone(ret: unknown): boolean {
  return typeof ret === 'number' && saysDone(ret);
}

function carriedLabel({ objects }: BodySource): z.ZodType {
  const meaning = 'what the body carries';
  return objects === undefined ? text(meaning) : usually(meaning, objects);
}

/** A failure carries nothing, null, or the request as far as the device understood it (field notes §2). */
function echo(): z.ZodType {
  return untold('echo of the request');
}

/** More kinds of body than all objects in all their forms. */
const MOST_SCHEMAS = 4096;

const ENVELOPE: ReadonlySet<string> = new Set(['Name', 'Ret', 'SessionID']);

/**
 * The name under which a body carries its object: its `Name`, else the one key that is neither Ret nor SessionID.
 * Where the objects are given it is one of them; a request that names none owes the only one there is.
 */
function carriedName(
  { objects }: BodySource,
  body: Readonly<Record<string, unknown>>,
  asked: boolean,
): string | undefined {
  const name = typeof body.Name === 'string' ? body.Name.trim() : '';
  const keys = Object.keys(body).map((key) => key.trim());
  if (objects === undefined) return name === '' ? keys.find((key) => !ENVELOPE.has(key)) : name;
  if (objects.includes(name)) return name;
  return (
    keys.find((key) => objects.includes(key)) ?? (asked && objects.length === 1 ? objects[0] : undefined)
  );
}
