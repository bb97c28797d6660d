import type { ArgumentEntry, CommandEntry, CommandTable, OptionEntry, Value } from '../command-table.ts';
import { wordsOf } from './known-words.ts';

/** Completion for zsh, to be put in a folder of `$fpath` as `_dvrscope`. Source: zshcompsys(1), `_arguments`. */
export function zshCompletion({ commands, options }: CommandTable): string {
  return `${[
    '#compdef dvrscope',
    '# Completion of dvrscope for zsh. Made by `npm run docs` from the command table.',
    '_dvrscope_commands() {',
    '  local -a commands=(',
    ...commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`),
    '  )',
    "  _describe -t commands 'command' commands",
    '}',
    '',
    '_dvrscope() {',
    '  local curcontext=$curcontext state line',
    '  typeset -A opt_args',
    '  _arguments -C \\',
    ...options.map((option) => `    ${optionSpec(option)} \\`),
    "    '1: :->command' \\",
    "    '*:: :->rest' && return",
    '  if [[ $state == command ]]; then',
    "    _alternative 'commands:command:_dvrscope_commands' 'files:capture file:_files'",
    '    return',
    '  fi',
    '  case $line[1] in',
    ...commands
      .filter(({ name }) => name !== 'summary')
      .flatMap((command) => commandCase(command.name, command)),
    ...commands.filter(({ name }) => name === 'summary').flatMap((command) => commandCase('*', command)),
    '  esac',
    '}',
    '',
    // Where the file is autoloaded, its first call is the completion; where it is sourced, it only registers it.
    'if [[ $funcstack[1] == _dvrscope ]]; then _dvrscope "$@"; else compdef _dvrscope dvrscope; fi',
  ].join('\n')}\n`;
}

function commandCase(pattern: string, command: CommandEntry): string[] {
  const specs = [...command.options.map(optionSpec), ...command.arguments.map(argumentSpec)];
  return [`    ${pattern})`, `      _arguments ${specs.join(' \\\n        ')}`, '      ;;'];
}

/** An option without a value is offered once; one with a value may be repeated. */
function optionSpec({ short, long, description, value }: OptionEntry): string {
  const names = short === undefined ? [long] : [short, long];
  const says = `[${escaped(description)}]`;
  const spec = value === undefined ? says : `${says}:${escaped(value.name)}:${action(value)}`;
  const before = value === undefined ? `(${names.join(' ')})` : '*';
  return names.map((name) => quoted(`${before}${name}${spec}`)).join(' ');
}

function argumentSpec({ name, variadic, value }: ArgumentEntry, at: number): string {
  return quoted(`${variadic ? '*' : at + 1}:${escaped(name)}:${action(value)}`);
}

function action(value: Value): string {
  const words = wordsOf(value);
  if (words !== undefined) return `(${words.join(' ')})`;
  switch (value.kind) {
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'interface':
      return '_net_interfaces';
    default:
      return '';
  }
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
