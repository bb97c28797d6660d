import type { BodySource } from './body.ts';
import { text, usually } from './kinds.ts';

/** Bodies that many messages share. */

/** `Name`, `Ret` and `SessionID`, nothing else: a bare acknowledgement. */
export const ACKNOWLEDGEMENT: BodySource = {};

/** `Name` and `SessionID`, or no body at all: a request that its id says everything about (field notes §2). */
export const BARE_REQUEST: BodySource = { mayBeEmpty: true };

/** Asks for, or gives, whatever object its `Name` names. */
export const ANY_OBJECT: BodySource = { carries: true };

/** Asks for an object by its name. */
export const ASKS_BY_NAME: BodySource = { members: () => ({ Name: text('what is asked for') }) };

/** Asks for one of these objects by its name; the name of another one is odd. */
export function asksFor(...objects: readonly string[]): BodySource {
  return { members: () => ({ Name: usually('what is asked for', objects) }) };
}

/** Carries one of these objects; another one is odd. */
export function carrying(...objects: readonly string[]): BodySource {
  return { carries: true, objects };
}
