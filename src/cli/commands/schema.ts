import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PublishedSchema, publishedSchemas } from '../../report/json-schemas.ts';
import { inputSchemas } from '../config/input-schemas.ts';
import { EXIT, Failure, usageError } from '../failure.ts';

/** Writes the JSON Schemas of all messages, objects, outputs and inputs below a directory, which is made where it is missing. */
export function schema(directory: string | undefined): void {
  if (directory === undefined || directory === '') {
    throw usageError('schema needs a directory to write to: schema -o DIR');
  }
  let files = 0;
  try {
    for (const { file, schema } of allSchemas()) {
      const path = join(directory, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
      files += 1;
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw new Failure(EXIT.input, `${directory}: cannot be written to (${reason})`);
  }
  process.stderr.write(`dvrscope: ${files} schemas written to ${directory}\n`);
}

function* allSchemas(): Generator<PublishedSchema> {
  yield* inputSchemas();
  yield* publishedSchemas();
}
