import type { z } from 'zod';
import type { JsonPath } from '../../../../dissectors/dvrip/json-tree.ts';
import { BodyChecker } from '../../../../schemas/body.ts';
import type { MessageDefinition } from '../../../../schemas/message.ts';
import { type FieldRow, fieldRows } from '../../../report/schema-fields.ts';

/** Ways to read one path that are followed at once: a member may be that of an object or any of a map. */
const READINGS = 16;

/** What the schemas say of the members of bodies. Tables of fields are made once for each kind of body. */
export class SchemaMeanings {
  readonly #checker = new BodyChecker();
  readonly #tables = new WeakMap<z.ZodType, ReadonlyMap<string, FieldRow>>();

  /** Answers, for one body, the field that a path leads to; undefined where no schema knows it. */
  of(definition: MessageDefinition | undefined, value: unknown): (path: JsonPath) => FieldRow | undefined {
    const body = definition?.body;
    if (definition === undefined || body === undefined) return () => undefined;
    const schema = this.#checker.schemaFor(definition, body, value);
    let table = this.#tables.get(schema);
    if (table === undefined) {
      table = new Map(fieldRows(schema).map((row) => [row.path, row]));
      this.#tables.set(schema, table);
    }
    const rows = table;
    return (path) => {
      for (const name of namesOf(path)) {
        const row = rows.get(name);
        if (row !== undefined) return row;
      }
      return undefined;
    };
  }
}

/** The names under which a table of fields may have a path: `Server.Port`, `Record[].Mask`, `Channels.*`, `Row[2]`. */
function namesOf(path: JsonPath): readonly string[] {
  let names: string[] = [''];
  for (const part of path) {
    names = names.flatMap((name) => {
      if (typeof part === 'number') return [`${name}[]`, `${name}[${part}]`, name];
      const key = part.trim();
      return name === '' ? [key] : [`${name}.${key}`, `${name}.*`];
    });
    if (names.length > READINGS) names = names.slice(0, READINGS);
  }
  return names;
}
