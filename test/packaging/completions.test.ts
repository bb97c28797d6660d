import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { dvrscope, isMissing } from '../cli/dvrscope.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ZSH = fileURLToPath(new URL('complete-zsh.zsh', import.meta.url));

/** In bash a completion function reads the words of the line, and answers in COMPREPLY. */
const BASH = `source completions/dvrscope.bash
line=$1; COMP_WORDS=($line); [[ $line == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _dvrscope; printf '%s\\n' "\${COMPREPLY[@]}"`;

function run(command: string, args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.replaceAll('\r', '').split('\n');
}

/** What each shell offers at the end of a line. */
const SHELLS = [
  { shell: 'bash', offers: (line: string) => run('bash', ['--norc', '-c', BASH, 'bash', line]) },
  {
    shell: 'zsh',
    offers: (line: string) =>
      run('zsh', ['-f', ZSH, 'completions/_dvrscope', line]).flatMap(
        (text) => /HIT:(.*)$/.exec(text)?.[1] ?? [],
      ),
  },
  {
    shell: 'fish',
    offers: (line: string) =>
      run('fish', ['--no-config', '-c', 'source completions/dvrscope.fish; complete -C $argv[1]', line]).map(
        (text) => text.split('\t')[0] ?? '',
      ),
  },
] as const;

for (const { shell, offers } of SHELLS) {
  describe.skipIf(isMissing(shell))(`${shell} completes`, () => {
    /** Each once: zsh offers directories under several tags. */
    const offered = (line: string) => [...new Set(offers(line))].filter((word) => word !== '').sort();

    it('commands, and files for the default command', () => {
      expect(offered('dvrscope mess')).toEqual(['messages']);
      expect(offered('dvrscope READ')).toEqual(['README.md']);
      expect(offered('dvrscope ')).toEqual(
        expect.arrayContaining(buildProgram('0').commands.map((command) => command.name())),
      );
    });

    it('the options of the command, and of no other', () => {
      expect(offered('dvrscope check --fo')).toEqual(['--format']);
      expect(offered('dvrscope flows --fo')).toEqual([]);
      expect(offered('dvrscope flows --dig')).toEqual(['--digest']);
    });

    it('the words that an option may take', () => {
      expect(offered('dvrscope check captures/README.md --fail-on ')).toEqual([
        'error',
        'never',
        'note',
        'warning',
      ]);
      expect(offered('dvrscope follow --from ')).toEqual(['client', 'server']);
      expect(offered('dvrscope completion ')).toEqual(['bash', 'fish', 'zsh']);
    });

    it('files and directories where an option or argument names one', () => {
      expect(offered('dvrscope check --config pack')).toEqual(['package-lock.json', 'package.json']);
      expect(offered('dvrscope show pack')).toEqual(['package-lock.json', 'package.json']);
      // Beside it lie files of that letter: biome.json, bundle.mjs.
      expect(offered('dvrscope schema -o b').map((name) => name.replace(/\/$/, ''))).toEqual(['bench']);
    });

    it('rules, and names of messages', () => {
      expect(offered('dvrscope explain MONITOR_CLAIM_')).toEqual(['MONITOR_CLAIM_RSP']);
      expect(offered('dvrscope rules keepalive/int')).toEqual(['keepalive/interval-sane']);
    });

    it('nothing where only the user knows', () => {
      expect(offered('dvrscope summary -c ')).toEqual([]);
    });
  });
}

describe('the scripts', () => {
  it('bash takes --name=value for what it is', () => {
    const words = `source completions/dvrscope.bash; COMP_WORDS=(dvrscope check --fail-on = wa); COMP_CWORD=4
_dvrscope; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(run('bash', ['--norc', '-c', words])).toEqual(['warning', '']);
  });

  it('are what the command prints', () => {
    for (const [shell, path] of [
      ['bash', 'dvrscope.bash'],
      ['zsh', '_dvrscope'],
      ['fish', 'dvrscope.fish'],
    ] as const) {
      const { stdout, code } = dvrscope(['completion', shell]);
      expect(code).toBe(0);
      expect(run('cat', [`completions/${path}`]).join('\n')).toBe(stdout);
    }
    expect(dvrscope(['completion', 'csh'])).toMatchObject({ code: 2, stdout: '' });
    expect(dvrscope(['completion', 'csh']).stderr).toContain('bash, zsh, fish');
  });

  it('know every option that help lists, and none that it hides', () => {
    const program = buildProgram('0');
    for (const { name, options } of commandTable(program).commands) {
      const help = dvrscope([name, '--help']).stdout;
      for (const { long } of options) expect(help, name).toContain(long);
    }
    expect(JSON.stringify(commandTable(program))).not.toContain('--statistics-interval');
  });
});
