import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { shellWord } from '../../src/cli/doctor/shell-word.ts';
import { COMMAND, isMissing, lines } from '../cli/dvrscope.ts';
import { hasNoNamespaces } from '../support/netns.ts';
import { HOSTILE, STRINGS } from './hostile-strings.ts';
import { json, ndjson, text } from './readers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dvrscope-host-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names that Linux gives to interfaces: 15 bytes, no blank, colon or slash. */
const ODD = ['\x1b[31m\u202e<b>', '-i'];
/** Those that may be handed to an engine. */
const USABLE = ['$(id>&2)', '\'`"x', ';;error;;|&'];
const INTERFACES = [...ODD, ...USABLE];

describe.skipIf(hasNoNamespaces())('interfaces with hostile names (namespaces)', () => {
  /** Runs the command in a namespace that has them, and nothing else. */
  function run(...args: readonly string[]) {
    const add = INTERFACES.map((_, i) => `ip link add name "$${i + 1}" type veth peer name p${i}`).join(
      ' && ',
    );
    const line = `mount -t sysfs sysfs /sys && ${add} && shift ${INTERFACES.length} && exec "$@"`;
    const words = [...INTERFACES, process.execPath, COMMAND, ...args];
    const ended = spawnSync('unshare', ['-nm', 'sh', '-c', line, 'sh', ...words]);
    return { code: ended.status, stdout: ended.stdout.toString(), stderr: ended.stderr.toString() };
  }

  it.each([
    ['interfaces', text],
    ['interfaces --json', ndjson],
    ['live -D', text],
  ] as const)('stay text: %s', (line, reader) => {
    const { code, stdout, stderr } = run(...line.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout).length).toBeGreaterThanOrEqual(INTERFACES.length + 1);
    expect(stdout).toContain('$(id>&2)');
    reader(stdout);
  });

  it.each(INTERFACES)('stay text, and one word of the command that mends them: %j', (name) => {
    const looked = run('doctor', '-i', name, '--seconds', '1');
    expect(looked.code, looked.stderr).toBe(0);
    text(looked.stdout + looked.stderr);
    // They are down.
    const command = `sudo ip link set ${shellWord(name)} up`;
    expect(looked.stdout.includes(command)).toBe(USABLE.includes(name));
    json(run('doctor', '-i', name, '--seconds', '1', '--json').stdout);
  });
});

it('a word of a command is one word of a shell, whatever it holds', () => {
  const words = STRINGS.map((string) => wellFormed(string.replaceAll('\0', '')).slice(0, 1000));
  const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  const { stdout } = spawnSync('sh', ['-c', line], { cwd: folder });
  expect(stdout.toString().split('\0').slice(0, -1)).toEqual(words);
});

/** Arguments and names are UTF-8: a surrogate that stands alone is none. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

describe.skipIf(isMissing('bash'))('completion', () => {
  const canary = join(folder, 'canary');
  const names = HOSTILE.map(([, string]) => wellFormed(string.replaceAll(/[\0/\n]/g, '')).slice(0, 50));
  const commands = ['$(touch canary)', '`touch canary`', '; touch canary', '\\$(touch canary)', '$HOME'];
  const files = join(folder, 'files');
  mkdirSync(files);
  for (const name of [...names, ...commands]) if (name !== '') writeFileSync(join(files, `f${name}`), '');

  /** What is offered; `ls` answers with the names of interfaces. */
  function offered(line: string, word: string): string[] {
    const script = `source ${ROOT}completions/dvrscope.bash
ls() { printf '%s\\n' "\${INTERFACES[@]}"; }
INTERFACES=("\${@:3}"); COMP_WORDS=($1 "$2"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_dvrscope; printf '%s\\0' "\${COMPREPLY[@]}"`;
    const ended = spawnSync('bash', ['--norc', '-c', script, 'bash', line, word, ...commands], {
      cwd: files,
    });
    expect(ended.stderr.toString()).toBe('');
    return ended.stdout.toString().split('\0').slice(0, -1);
  }

  it('offers files by their names, and runs nothing that is in one', () => {
    expect(offered('dvrscope check', 'f').sort()).toEqual(
      [...names, ...commands].map((name) => `f${name}`).sort(),
    );
    expect(offered('dvrscope check --config', 'f$').sort()).toEqual(['f$(touch canary)', 'f$HOME']);
    expect([canary, join(files, 'canary')].filter(existsSync)).toEqual([]);
  });

  it('offers interfaces quoted, and runs nothing that is in a name', () => {
    const found = offered('dvrscope live -i', '');
    const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${found.join(' ')}`], { cwd: files });
    expect(stdout.toString().split('\0').slice(0, -1)).toEqual(commands);
    expect([canary, join(files, 'canary')].filter(existsSync)).toEqual([]);
  });
});
