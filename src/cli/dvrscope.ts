#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const FLOOR = [20, 19] as const;

/** package.json lies three folders above this file, as a module (dist/src/cli) and bundled (dist/bundle/cli). */
function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}

// A reader that goes away (`| head`) is no error. What else goes wrong with standard output is said where it is used;
// of what goes wrong with standard error nobody could be told.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = 3;
});
process.stderr.on('error', () => undefined);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  process.stderr.write(`dvrscope: needs Node ${FLOOR.join('.')} or newer; this is ${process.version}\n`);
  process.exitCode = 2;
} else if (process.argv[2] === '--version' || process.argv[2] === '-V' || process.argv[2] === '-v') {
  // Asked before anything else is loaded.
  process.stdout.write(`dvrscope ${version()}\n`);
} else {
  const { run } = await import('./program.ts');
  await run(process.argv, version());
}
