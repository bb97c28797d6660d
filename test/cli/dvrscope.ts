import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** The built command; `npm test` builds it first. */
export const COMMAND = fileURLToPath(new URL('../../dist/bundle/cli/dvrscope.js', import.meta.url));

const SAMPLES = fileURLToPath(new URL('../../captures/', import.meta.url));

/** A sample capture by its folder's name. */
export function sample(name: string): string {
  return join(SAMPLES, name, 'capture.pcapng');
}

/** All sample captures. */
export function samples(): string[] {
  return readdirSync(SAMPLES)
    .map(sample)
    .filter((path) => existsSync(path));
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Conditions {
  readonly input?: Uint8Array;
  /** Added to an environment without any wish about colours. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...rest } = process.env;
  return { ...rest, TERM: 'xterm', ...extra };
}

/** Runs the command to its end. */
export function dvrscope(args: readonly string[], conditions: Conditions = {}): Ended {
  const ended = spawnSync(process.execPath, [COMMAND, ...args], {
    input: conditions.input ?? '',
    env: environment(conditions.env),
    maxBuffer: 2 ** 28,
    ...(conditions.cwd !== undefined && { cwd: conditions.cwd }),
  });
  const { status: code, signal } = ended;
  return { code, signal, stdout: ended.stdout.toString(), stderr: ended.stderr.toString() };
}

/** The bytes of standard output. */
export function dvrscopeBytes(args: readonly string[]): Buffer {
  return spawnSync(process.execPath, [COMMAND, ...args], { env: environment(), maxBuffer: 2 ** 28 }).stdout;
}

/** Starts the command with pipes to all three streams. */
export function startDvrscope(args: readonly string[]) {
  return spawn(process.execPath, [COMMAND, ...args], { env: environment(), stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs a line of bash in which `$DVRSCOPE` is the command and `$1`, `$2` … are `args`. */
export function shell(line: string, ...args: readonly string[]): Ended {
  const ended = spawnSync('bash', ['-c', line, 'bash', ...args], {
    env: environment({ DVRSCOPE: `${process.execPath} ${COMMAND}` }),
    maxBuffer: 2 ** 28,
  });
  const { status: code, signal } = ended;
  return { code, signal, stdout: ended.stdout.toString(), stderr: ended.stderr.toString() };
}

export function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** A directory for the files of one test file, gone when its tests are. */
export function scratchDirectory(): (name: string, bytes: Uint8Array | string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'dvrscope-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return (name, bytes) => {
    const path = join(directory, name);
    writeFileSync(path, bytes);
    return path;
  };
}

/** For `skipIf`: whether a Debian tool is missing; fails where the tests must not be skipped. */
export function isMissing(tool: string): boolean {
  const missing = spawnSync('bash', ['-c', `command -v ${tool}`]).status !== 0;
  if (missing && process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw new Error(`${tool} is not installed`);
  return missing;
}
