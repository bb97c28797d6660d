import { z } from 'zod';
import { type Complaint, checkValue } from './check.ts';
import { maybe, returnCode, sessionIdText, text } from './kinds.ts';
import type { Message } from './message.ts';
import { ObjectSchemas } from './objects.ts';

/** What the body of a message is made of, beside what all bodies share. */
export interface BodySource {
  /** Members of its own, at the top level. Built when first needed. */
  readonly members?: () => Readonly<Record<string, z.ZodType>>;
  /** The body carries the object that its `Name` names, under that name. In a reply it does so when it succeeds. */
  readonly carries?: true;
  /** The only objects it may carry; without it, any. */
  readonly objects?: readonly string[];
  /** `Name` and `SessionID` belong to it: all but logins and their like. */
  readonly named?: boolean;
  /** Clients and devices also send no body at all (field notes §2). */
  readonly mayBeEmpty?: true;
  /** What `Ret` must be in a success; 100 and the other codes that return-codes.ts calls ok unless said. */
  readonly progress?: true;
}

/** Return codes with which a device gives what was asked for. */
const GIVING: ReadonlySet<unknown> = new Set([100, 110, 111, 150, 515, 522, 602, 603]);

/** Validates bodies against the schema of their message and of the object that they carry. */
export class BodyChecker {
  readonly #objects = new ObjectSchemas();
  readonly #built = new Map<string, z.ZodType>();

  /**
   * What the schemas have against the JSON value of a body. `reply` = the message answers another one.
   * Nothing for a message without a schema.
   */
  check(definition: Message, value: unknown): readonly Complaint[] {
    const source = definition.body;
    if (source === undefined) return [];
    return checkValue(this.schemaFor(definition, source, value), value);
  }

  /** The schema that this body must meet. */
  schemaFor(definition: Message, source: BodySource, value: unknown): z.ZodType {
    const reply = definition.replyTo !== undefined;
    const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    const failed = reply && 'Ret' in given && !GIVING.has(given.Ret) && source.progress !== true;
    const name = source.carries === true ? carriedName(given) : undefined;
    const selection = name === undefined ? undefined : this.#objects.select(name, reply);
    const key = `${definition.dialect ?? ''} ${definition.id} ${failed ? 'failed' : ''} ${selection === undefined ? '' : name}`;
    const built = this.#built.get(key);
    if (built !== undefined) return built;
    const shape: Record<string, z.ZodType> = {};
    if (source.named !== false) {
      shape.Name =
        source.carries === true && !reply
          ? text('what the body carries')
          : maybe(text('what the body carries'));
      shape.SessionID = maybe(sessionIdText());
    }
    if (reply) shape.Ret = returnCode();
    for (const [member, schema] of Object.entries(source.members?.() ?? {})) {
      shape[member] = failed ? maybe(schema) : schema;
    }
    if (name !== undefined && selection !== undefined) {
      // A device answers null for what it has not (field notes §2), and a failure carries nothing.
      shape[name] = reply ? maybe(z.nullable(selection.schema)) : selection.schema;
    }
    const schema = z.strictObject(shape);
    // A name that nobody knows makes no schema of its own, so that made-up names cost no memory.
    if (this.#built.size < MOST_SCHEMAS) this.#built.set(key, schema);
    return schema;
  }
}

/** More kinds of body than all objects in all their forms. */
const MOST_SCHEMAS = 4096;

/** The name under which a body carries its object: its `Name`, else the one key that is neither Ret nor SessionID. */
function carriedName(body: Record<string, unknown>): string | undefined {
  const { Name: name } = body;
  if (typeof name === 'string' && name.trim() !== '') return name.trim();
  return Object.keys(body).find((key) => !['Name', 'Ret', 'SessionID'].includes(key.trim()));
}
