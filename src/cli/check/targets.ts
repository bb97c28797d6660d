import { extname, resolve } from 'node:path';
import { usageError } from '../failure.ts';

export const FORMATS = ['text', 'json', 'junit', 'sarif', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.txt': 'text',
  '.json': 'json',
  '.xml': 'junit',
  '.sarif': 'sarif',
  '.md': 'markdown',
};

/** Endings of files that say their format. */
export const ENDINGS: readonly string[] = Object.keys(EXTENSIONS);

/** Where the reports of a check go. */
export interface Targets {
  readonly stdout: Format;
  readonly files: readonly { readonly path: string; readonly format: Format }[];
}

/**
 * The first file takes the first format, and so on; a file without one takes it from its extension. The format that no
 * file takes goes to standard output, which else gets the text.
 *
 * @throws Failure (exit code 2) where that cannot be told
 */
export function targetsOf(formats: readonly Format[], outputs: readonly string[]): Targets {
  if (outputs.includes('-')) {
    throw usageError('-o -: standard output takes the --format that has no file; leave -o out for it');
  }
  const files = outputs.map((path, i) => {
    const format = formats[i] ?? EXTENSIONS[extname(path).toLowerCase()];
    if (format !== undefined) return { path, format };
    throw usageError(
      `-o ${path}: no --format is given for it, and its ending is none of ${ENDINGS.join(', ')}`,
    );
  });
  const places = outputs.map((path) => resolve(path));
  const twice = outputs.find((_, i) => places.indexOf(places[i] ?? '') !== i);
  if (twice !== undefined) throw usageError(`-o ${twice} is given twice`);
  const [stdout = 'text', ...more] = formats.slice(outputs.length);
  if (more.length === 0) return { stdout, files };
  throw usageError(
    `standard output takes one format, and ${[stdout, ...more].join(', ')} are left for it; name a file for each other with -o`,
  );
}
