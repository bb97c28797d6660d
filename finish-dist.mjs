import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { inputSchemas } from './dist/src/cli/config/input-schemas.js';
import { outputSchemas } from './dist/src/report/json-schemas.js';

/**
 * After `tsc`: removes from dist/ what has no source any more, so that the package never holds what was deleted, and
 * writes the JSON Schemas that the package exports as `dvrscope/schema/NAME.json`.
 */
const ROOT = new URL('./', import.meta.url);
const DIST = new URL('dist/', ROOT);

for (const folder of ['dissectors', 'schemas', 'src']) {
  for (const name of readdirSync(new URL(`${folder}/`, DIST), { recursive: true })) {
    const file = `${folder}/${name}`;
    if (!/\.(?:js|d\.ts)$/.test(file)) continue;
    const source = file.replace(/\.(?:js|d\.ts)$/, '.ts');
    if (!existsSync(new URL(source, ROOT))) rmSync(new URL(file, DIST));
  }
}

const SCHEMA = new URL('schema/', DIST);
rmSync(SCHEMA, { recursive: true, force: true });
mkdirSync(SCHEMA, { recursive: true });
for (const { file, schema } of [...outputSchemas(), ...inputSchemas()]) {
  const name = file.slice(file.lastIndexOf('/') + 1);
  writeFileSync(new URL(name, SCHEMA), `${JSON.stringify(schema, null, 2)}\n`);
}
