import type { CommandEntry, CommandTable, OptionEntry, Value } from '../command-table.ts';
import { wordsOf } from './known-words.ts';

/**
 * Completion for bash 3.2 and newer. It starts no process but `ls` for names of interfaces: the words are in it.
 * Source: bash(1), «Programmable Completion».
 */
export function bashCompletion({ commands, options }: CommandTable): string {
  const names = commands.map(({ name }) => name);
  return `${[
    '# Completion of dvrscope for bash. Made by `npm run docs` from the command table.',
    '_dvrscope_words() {',
    "  local IFS=$' \\t\\n'",
    '  COMPREPLY=($(compgen -W "$1" -- "$2"))',
    '}',
    '',
    '_dvrscope_paths() {',
    '  local path',
    '  compopt -o filenames 2>/dev/null',
    '  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")',
    '}',
    '',
    '# Not compgen -W: it expands its words, and who names an interface must not run commands here.',
    '_dvrscope_names() {',
    '  local name',
    '  while IFS= read -r name; do',
    `    [[ $name == "$1"* ]] && printf -v name %q "$name" && COMPREPLY+=("$name")`,
    '  done < <(ls /sys/class/net 2>/dev/null)',
    '}',
    '',
    '_dvrscope() {',
    `  local current=\${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) command= i`,
    '  COMPREPLY=()',
    '  # readline takes the = of --name=value for a word of its own.',
    '  [[ $current == = ]] && current= && at=$COMP_CWORD',
    `  [[ \${COMP_WORDS[at]} == = ]] && at=$((at - 1))`,
    `  local previous=\${COMP_WORDS[at]}`,
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    case \${COMP_WORDS[i]} in`,
    '      -*) ;;',
    `      ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;;`,
    '      *) command=summary; break ;;',
    '    esac',
    '  done',
    '',
    '  case $command in',
    ...commands.flatMap((command) => commandCase(command)),
    "    '')",
    '      if [[ $current == -* ]]; then',
    `        _dvrscope_words '${spellings(options).join(' ')}' "$current"`,
    '      else',
    `        _dvrscope_words '${names.join(' ')}' "$current"`,
    '        _dvrscope_paths -f "$current"',
    '      fi',
    '      ;;',
    '  esac',
    '}',
    '',
    'complete -F _dvrscope dvrscope',
  ].join('\n')}\n`;
}

function commandCase(command: CommandEntry): string[] {
  const valued = command.options.flatMap((option) =>
    option.value === undefined
      ? []
      : [`        ${spellings([option]).join('|')}) ${action(option.value)}; return ;;`],
  );
  const [argument] = command.arguments;
  return [
    `    ${command.name})`,
    ...(valued.length === 0 ? [] : ['      case $previous in', ...valued, '      esac']),
    '      if [[ $current == -* ]]; then',
    `        _dvrscope_words '${spellings(command.options).join(' ')}' "$current"`,
    ...(argument === undefined ? [] : ['      else', `        ${action(argument.value)}`]),
    '      fi',
    '      ;;',
  ];
}

function spellings(options: readonly OptionEntry[]): string[] {
  return options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
}

function action(value: Value): string {
  const words = wordsOf(value);
  if (words !== undefined) return `_dvrscope_words '${words.join(' ')}' "$current"`;
  switch (value.kind) {
    case 'file':
      return '_dvrscope_paths -f "$current"';
    case 'directory':
      return '_dvrscope_paths -d "$current"';
    case 'interface':
      return '_dvrscope_names "$current"';
    default:
      return ':';
  }
}
