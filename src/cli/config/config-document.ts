import { type Config, configSchema } from './config-schema.ts';
import type { ConfigDocument } from './document.ts';
import { parseJsonDocument } from './json-document.ts';
import { validated } from './schema-problems.ts';

/** @throws Failure (exit code 2) with file, line and column of what is wrong */
export function parseConfig(
  path: string,
  text: string,
): { readonly document: ConfigDocument; readonly config: Config } {
  const document = parseJsonDocument(path, text);
  return { document, config: validated(document, configSchema) };
}
