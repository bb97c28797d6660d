import type { Argument, Command, Option } from 'commander';

/** What may stand in the place of a value: one of a few words, something on this machine, or whatever the user writes. */
export type Value =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'directory' | 'interface' | 'rule' | 'topic' | 'free' };

export interface OptionEntry {
  /** As it is typed: `-r`. */
  readonly short?: string;
  /** As it is typed: `--read-file`. */
  readonly long: string;
  readonly description: string;
  /** Name and kind of its value; absent where it takes none. */
  readonly value?: { readonly name: string } & Value;
}

export interface ArgumentEntry {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly value: Value;
}

export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionEntry[];
  readonly arguments: readonly ArgumentEntry[];
}

/** The command line as data, for what is made from it: shell completions and the manual page. */
export interface CommandTable {
  readonly description: string;
  /** Options of the program itself. */
  readonly options: readonly OptionEntry[];
  readonly commands: readonly CommandEntry[];
}

/** Which kind of value a placeholder of the command line stands for; any other is free text. */
const KINDS: ReadonlyMap<string, 'file' | 'directory' | 'rule' | 'topic'> = new Map([
  ['file', 'file'],
  ['files', 'file'],
  ['path', 'file'],
  ['directory', 'directory'],
  ['rules', 'rule'],
  ['topic', 'topic'],
]);

/** Reads the table off the program that also parses the command line: there is no second list of options. */
export function commandTable(program: Command): CommandTable {
  const help = program.createHelp();
  const entry = (command: Command): CommandEntry => ({
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).map(optionEntry),
    arguments: command.registeredArguments.map(argumentEntry),
  });
  return {
    description: program.description(),
    options: help.visibleOptions(program).map(optionEntry),
    commands: program.commands.map(entry),
  };
}

function optionEntry(option: Option): OptionEntry {
  const [, name] = /[<[]([^>\]]+)[>\]]/.exec(option.flags) ?? [];
  return {
    ...(option.short !== undefined && option.short !== '' && { short: option.short }),
    long: option.long ?? option.flags,
    description: option.description,
    ...(name !== undefined && {
      value: { name, ...kindOfValue(option.long === '--interface' ? 'interface' : name, option.argChoices) },
    }),
  };
}

function argumentEntry(argument: Argument): ArgumentEntry {
  const { required, variadic, description } = argument;
  const name = argument.name();
  return { name, description, required, variadic, value: kindOfValue(name, argument.argChoices) };
}

function kindOfValue(name: string, choices: readonly string[] | undefined): Value {
  if (choices !== undefined) return { kind: 'words', words: choices };
  return name === 'interface' ? { kind: name } : { kind: KINDS.get(name) ?? 'free' };
}
