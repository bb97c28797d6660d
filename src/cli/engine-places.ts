import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { EnginePlaces } from '../capture/live/engine-commands.ts';

/** Where the engines find us: this file and cap-process lie in one folder, as modules and bundled. */
export const ENGINE_PLACES: EnginePlaces = {
  node: process.execPath,
  capProcess: fileURLToPath(new URL('./cap-process.js', import.meta.url)),
  temporaryFolder: tmpdir(),
};
