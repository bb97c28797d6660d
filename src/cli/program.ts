import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandOptions } from './command.ts';
import { EXIT, Failure } from './failure.ts';

const EXAMPLES = `
Examples:
  dvrscope summary field.pcapng                      one page: quality, flows, messages, media, findings
  dvrscope messages field.pcapng -Y 'dvrip.ret != 100'   messages that were refused
  dvrscope show field.pcapng 12                      message 12 whole: header, body, findings, hex
  dvrscope follow field.pcapng --flow 1              what both ends of flow 1 said
  dvrscope flows field.pcapng --json --digest        flows as NDJSON, SHA-256 of each direction
  tcpdump -i eth0 -w - | dvrscope messages -         from a pipe
`;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a whole number from 1.');
  }
  return value;
}

/** `-d tcp.port==N,dvrip`: decode as, with tshark's spelling. */
function decodeAs(text: string, before: readonly number[] | undefined): readonly number[] {
  const match = /^(?:tcp|udp)\.port==(\d{1,5}),dvrip$/.exec(text.replaceAll(' ', ''));
  const port = Number(match?.[1]);
  if (match === null || port > 65_535) {
    throw new InvalidArgumentError('It must read tcp.port==PORT,dvrip or udp.port==PORT,dvrip.');
  }
  return [...(before ?? []), port];
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

/** Options that every command that reads captures has. */
function reading(command: Command): Command {
  return command
    .addOption(
      new Option('-r, --read-file <file>', 'the same as FILE; - is standard input').argParser(collect),
    )
    .addOption(
      new Option('-d, --decode-as <rule>', 'expect DVRIP on a port: tcp.port==N,dvrip').argParser(decodeAs),
    )
    .addOption(new Option('-c, --count <n>', 'stop after n packets').argParser(wholeNumber))
    .addOption(
      new Option('--dialect <dialect>', 'numbering of the login messages')
        .choices(['auto', 'field', 'spec'])
        .default('auto'),
    )
    .option('--show-secrets', 'show passwords, hashes and keys instead of ‹redacted›')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'no progress and no warnings on standard error');
}

/** The whole command line; each command loads what it needs when it is chosen. */
export function buildProgram(version: string): Command {
  const program = new Command('dvrscope')
    .description('Protocol analyzer for DVRIP (Sofia, NetSurveillance) video recorders and cameras.')
    .version(`dvrscope ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('beforeAll', EXAMPLES.trimStart())
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride();

  reading(program.command('summary', { isDefault: true }))
    .description('one page: capture quality, flows, sessions, messages, media, findings')
    .argument('[files...]', 'capture files: pcap, pcapng, either compressed with gzip or zstd; - is standard input')
    .option('--json', 'one JSON document')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/summary.ts')).summary(files, options),
    );

  reading(program.command('flows'))
    .description('TCP and UDP flows, in order of first packet')
    .argument('[files...]', 'capture files')
    .option('--json', 'NDJSON, one flow a line')
    .option('--digest', 'SHA-256 of the bytes of each direction')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/flows.ts')).flows(files, options),
    );

  reading(program.command('messages'))
    .description('DVRIP messages, in the order in which they became complete')
    .argument('[files...]', 'capture files')
    .option('--json', 'NDJSON, one message a line')
    .option('-Y, --display-filter <filter>', "show what matches, e.g. 'dvrip.msgid == 1000 or dvrip.ret > 100'")
    .option('--fields <names>', 'these fields only, tab-separated; names as in -Y')
    .option('--body', 'with the body')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/messages.ts')).messages(files, options),
    );

  reading(program.command('show'))
    .description('one message whole: header, body, findings, hex')
    .argument('[file]', 'capture file')
    .argument('[number]', 'number of the message, as `messages` lists it')
    .action(async (file: string | undefined, number: string | undefined, options: CommandOptions) =>
      (await import('./commands/show.ts')).show(file, number, options),
    );

  reading(program.command('follow'))
    .description('the bytes of a flow, in order')
    .argument('[files...]', 'capture files')
    .addOption(new Option('--flow <n>', 'number of the flow, as `flows` lists it').argParser(wholeNumber))
    .addOption(new Option('--from <side>', 'one direction only').choices(['client', 'server']))
    .option('--raw', 'the bytes themselves, nothing else')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/follow.ts')).follow(files, options),
    );
  return program;
}

/** Runs the command line and sets the exit code. */
export async function run(argv: readonly string[], version: string): Promise<void> {
  const program = buildProgram(version);
  for (const command of program.commands) command.exitOverride().showSuggestionAfterError();
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof Failure) {
      process.stderr.write(`dvrscope: ${error.message}\n`);
      process.exitCode = error.exitCode;
    } else if (error instanceof CommanderError) {
      // Commander has already said what is wrong; help and version are no errors.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    } else {
      throw error;
    }
  }
}
