import type { z } from 'zod';

/** Where an object belongs, which is also where it may be carried. */
export type Family = 'config' | 'ability' | 'info' | 'operation' | 'other';

/**
 * An object that a body carries under the key that its `Name` gives: a configuration, an ability, a piece of
 * information, an operation (specification 5.2 to 5.18, and the JsonConfigFormat it refers to).
 */
export interface ObjectDefinition {
  /** As on the wire: `General.General`. */
  readonly name: string;
  /** What it is, one line. */
  readonly meaning: string;
  /** Where it is described: `doc 6.1; spec 5.3.1` is JsonConfigFormat 6.1 and §5.3.1, `field` what devices send. */
  readonly source: string;
  readonly family: Family;
  /** The whole value under `Name`. Built when a body first needs it. */
  readonly value: () => z.ZodType;
  /** One element, which devices give and take under `Name.[0]`; only where the value is a list. */
  readonly element?: () => z.ZodType;
  /** What the reply carries where it is another shape than the request's (OPFileQuery, OPLogQuery). */
  readonly reply?: () => z.ZodType;
}

/** One declarative entry; it is checked by the compiler and by the tests of objects.ts. */
export function object(definition: ObjectDefinition): ObjectDefinition {
  return definition;
}
