import type { ArgumentEntry, CommandEntry, CommandTable, OptionEntry } from './command-table.ts';
import { examplesOf } from './examples.ts';

/** An option that so many commands share is described once. */
const SHARED_BY = 4;

/** What exit codes say, cli.md. */
const EXIT_STATUS: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'Done; for check: nothing at or above the fail level.'],
  ['1', 'check found something at or above the fail level, or an expectation was not met.'],
  ['2', 'The command line, or a file that configures it, makes no sense.'],
  [
    '3',
    'An input could not be read, or not to its end (what could be read has been shown), or an output not written.',
  ],
  ['4', 'A gate of check was not met.'],
  ['130, 143', 'Stopped by SIGINT or SIGTERM; what was read has been shown.'],
];

const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ['NO_COLOR', 'Not empty: no colours.'],
  ['FORCE_COLOR', 'Neither empty nor 0: colours also where standard output is no terminal.'],
  ['TERM', 'dumb: no colours and no dashboard.'],
];

/** The manual page in the man(7) macros. It bears no date: the same sources make the same page. */
export function manualPage(table: CommandTable, version: string): string {
  const shared = sharedOptions(table);
  const isShared = (option: OptionEntry) => shared.some((one) => same(one, option));
  return `${[
    '.\\" Made by `npm run docs` from the command table.',
    `.TH DVRSCOPE 1 "" "dvrscope ${version}" "User Commands"`,
    '.SH NAME',
    'dvrscope \\- protocol analyzer for DVRIP video recorders and cameras',
    '.SH SYNOPSIS',
    ...table.commands.flatMap((command) => ['.br', synopsis(command)]),
    '.SH DESCRIPTION',
    text(table.description),
    text(
      'It reads captures (pcap, pcapng, either compressed with gzip, or with zstd where Node can), reassembles',
    ),
    text(
      'their TCP flows, cuts these into messages, names and validates each, follows sessions and media streams,',
    ),
    text(
      'and judges them against the specification. Data goes to standard output, all else to standard error.',
    ),
    text('Passwords, hashes, keys and tokens are hidden unless --show-secrets is given.'),
    '.PP',
    text('Without a command, files are shown in the dashboard on a terminal, and summed up elsewhere.'),
    '.SH COMMANDS',
    ...table.commands.flatMap((command) => [
      `.SS ${text(command.name)}`,
      text(`${command.description}.`),
      ...command.arguments.map(argumentText),
      ...command.options.filter((option) => !isShared(option)).flatMap(tagged),
      ...alsoTaken(command.options.filter(isShared)),
    ]),
    '.SH OPTIONS OF SEVERAL COMMANDS',
    ...shared.flatMap(tagged),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(([code, meaning]) => ['.TP', `.B ${text(code)}`, text(meaning)]),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => ['.TP', `.B ${text(name)}`, text(meaning)]),
    '.SH FILES',
    '.TP',
    `.B ${text('dvrscope.config.json')}`,
    text('Configuration of check, in the working directory.'),
    '.SH EXAMPLES',
    ...exampleLines('dvrscope'),
    ...table.commands.flatMap(({ name }) => exampleLines(name)),
    '.SH SEE ALSO',
    '.BR tshark (1),',
    '.BR tcpdump (1),',
    '.BR pcap\\-filter (7)',
  ].join('\n')}\n`;
}

function sharedOptions({ commands }: CommandTable): OptionEntry[] {
  const all = commands.flatMap(({ options }) => options);
  return all.filter(
    (option, at) =>
      all.findIndex((other) => same(other, option)) === at &&
      all.filter((other) => same(other, option)).length >= SHARED_BY,
  );
}

function same(a: OptionEntry, b: OptionEntry): boolean {
  return a.long === b.long && a.short === b.short && a.description === b.description;
}

function synopsis({ name, arguments: given }: CommandEntry): string {
  const places = given.map((argument) => ` ${placeholder(argument)}`).join('');
  return `.B dvrscope ${text(name)}\n[${italic('option')} ...]${places}`;
}

function placeholder({ name, required, variadic }: ArgumentEntry): string {
  const place = `${italic(name)}${variadic ? ' ...' : ''}`;
  return required ? place : `[${place}]`;
}

function argumentText(argument: ArgumentEntry): string {
  return `.TP\n${placeholder(argument)}\n${text(argument.description)}`;
}

function tagged({ short, long, description, value }: OptionEntry): string[] {
  const names = (short === undefined ? [long] : [short, long]).map((name) => `\\fB${text(name)}\\fR`);
  const taken = value === undefined ? '' : ` ${italic(value.name)}`;
  const words = value?.kind === 'words' ? ` One of ${value.words.join(', ')}.` : '';
  return ['.TP', `${names.join(', ')}${taken}`, text(`${description}.${words}`)];
}

function alsoTaken(options: readonly OptionEntry[]): string[] {
  const names = options.map(({ short, long }) => `\\fB${text(short ?? long)}\\fR`);
  return names.length === 0 ? [] : ['.PP', `Also ${names.join(', ')}, below.`];
}

function exampleLines(topic: string): string[] {
  return examplesOf(topic).flatMap(([line, does]) => [
    '.PP',
    `${text(does)}:`,
    '.PP',
    '.nf',
    '.RS',
    text(line),
    '.RE',
    '.fi',
  ]);
}

function italic(word: string): string {
  return `\\fI${text(word)}\\fR`;
}

/** Plain text for roff: a backslash and a hyphen are escaped, and no line begins as a request. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('\n', ' ')
    .replace(/^(?=[.'])/, '\\&');
}
