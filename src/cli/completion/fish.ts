import type { CommandEntry, CommandTable, OptionEntry, Value } from '../command-table.ts';
import { wordsOf } from './known-words.ts';

/** Completion for fish 3. Source: fish's `complete` manual page. */
export function fishCompletion({ commands, options }: CommandTable): string {
  const none = '-n __fish_use_subcommand';
  return `${[
    '# Completion of dvrscope for fish. Made by `npm run docs` from the command table.',
    'complete -c dvrscope -f',
    `complete -c dvrscope ${none} -F`,
    ...options.map((option) => optionLine(none, option)),
    ...commands.flatMap((command) => [
      '',
      `complete -c dvrscope ${none} -a ${command.name} -d ${quoted(command.description)}`,
      ...commandLines(command),
    ]),
  ].join('\n')}\n`;
}

function commandLines({ name, options, arguments: given }: CommandEntry): string[] {
  const seen = `-n '__fish_seen_subcommand_from ${name}'`;
  const [argument] = given;
  const places = argument === undefined ? '' : offers(argument.value);
  return [
    ...(places === '' ? [] : [`complete -c dvrscope ${seen} ${places}`]),
    ...options.map((option) => optionLine(seen, option)),
  ];
}

function optionLine(when: string, { short, long, description, value }: OptionEntry): string {
  const spelled = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
  const taken =
    value === undefined ? '' : ` ${value.kind === 'file' ? '-r' : '-x'} ${offers(value)}`.trimEnd();
  return `complete -c dvrscope ${when} ${spelled}${taken} -d ${quoted(description)}`;
}

function offers(value: Value): string {
  const words = wordsOf(value);
  if (words !== undefined) return `-a ${quoted(words.join(' '))}`;
  switch (value.kind) {
    case 'file':
      return '-F';
    case 'directory':
      return "-a '(__fish_complete_directories)'";
    case 'interface':
      return "-a '(__fish_print_interfaces)'";
    default:
      return '';
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
