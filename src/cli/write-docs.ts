import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles } from './generated-files.ts';

// `npm run docs`, from the root of the project. Tests compare what it writes: test/report, test/packaging.
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
for (const { path, text } of generatedFiles(version)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
