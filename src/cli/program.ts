import { Command, CommanderError, Option } from 'commander';
import { safeLine, safeLines } from '../report/format/safe-text.ts';
import type { CheckCommandOptions } from './check/check-options.ts';
import { EXIT_CODES, withCheckOptions } from './check/command-line.ts';
import type { CommandOptions } from './command.ts';
import { addCompletionCommand } from './completion/command-line.ts';
import { examples } from './examples.ts';
import { EXIT, Failure } from './failure.ts';
import { addHostCommands } from './host-commands.ts';
import { addLiveCommand, withCaptureOptions } from './live/command-line.ts';
import { wholeNumber, withReadingOptions } from './reading-options.ts';

const FILES = 'capture files: pcap, pcapng, either compressed with gzip or zstd; - is standard input';

/** The whole command line; each command loads what it needs when it is chosen. */
export function buildProgram(version: string): Command {
  const program = new Command('dvrscope')
    .description('Protocol analyzer for DVRIP (Sofia, NetSurveillance) video recorders and cameras.')
    .version(`dvrscope ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('before', examples('dvrscope'))
    .configureOutput({
      // Errors are worded in `run`, on one line.
      outputError: () => undefined,
    })
    .enablePositionalOptions()
    .exitOverride();

  withReadingOptions(program.command('summary', { isDefault: true }))
    .addHelpText('before', examples('summary'))
    .description('one page: capture quality, flows, sessions, messages, media, findings')
    .argument('[files...]', FILES)
    .option('--json', 'one JSON document')
    .action(async (files: string[], options: CommandOptions) => {
      const asked = program.args.includes('summary');
      if (!asked && options.json !== true && process.stdout.isTTY === true) {
        const { canShowDashboard, dashboard } = await import('./commands/dashboard.ts');
        if (canShowDashboard(files, options)) {
          await dashboard(files, options);
          return;
        }
      }
      const { summary } = await import('./commands/summary.ts');
      await summary(files, options, asked ? [] : program.commands.map((command) => command.name()));
    });

  withReadingOptions(program.command('flows'))
    .addHelpText('before', examples('flows'))
    .description('TCP and UDP flows, in order of first packet')
    .argument('[files...]', FILES)
    .option('--json', 'NDJSON, one flow a line')
    .option('--digest', 'SHA-256 of the bytes of each direction')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/flows.ts')).flows(files, options),
    );

  withReadingOptions(program.command('sessions'))
    .addHelpText('before', examples('sessions'))
    .description('sessions: login, sockets, keepalives, replies, media streams')
    .argument('[files...]', FILES)
    .option('--json', 'NDJSON, one session a line')
    .addOption(
      new Option('--ladder <n>', 'draw session n, as the list numbers them, message by message')
        .argParser(wholeNumber)
        .conflicts('json'),
    )
    .option('--svg', 'the ladder as an SVG that stands alone')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/sessions.ts')).sessions(files, options),
    );

  withReadingOptions(program.command('messages'))
    .addHelpText('before', examples('messages'))
    .description('DVRIP messages, in the order in which they became complete')
    .argument('[files...]', FILES)
    .option('--json', 'NDJSON, one message a line')
    .option(
      '-Y, --display-filter <filter>',
      "show what matches, e.g. 'dvrip.msgid == 1000 or dvrip.ret > 100'",
    )
    .addOption(
      new Option(
        '--fields <names>',
        'these fields only, tab-separated; `--fields help` lists those of -Y',
      ).conflicts(['json', 'body']),
    )
    .option('--body', 'with the body')
    .option('-l, --line-buffered', 'write each message at once, for pipes')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/messages.ts')).messages(files, options),
    );

  withReadingOptions(program.command('show'))
    .addHelpText('before', examples('show'))
    .description('one message whole: header, body, findings, hex')
    .argument('[file]', 'capture file')
    .argument('[number]', 'number of the message, as `messages` lists it')
    .action(async (file: string | undefined, number: string | undefined, options: CommandOptions) =>
      (await import('./commands/show.ts')).show(file, number, options),
    );

  withReadingOptions(program.command('follow'))
    .addHelpText('before', examples('follow'))
    .description('the bytes of a flow, in order')
    .argument('[files...]', FILES)
    .addOption(new Option('--flow <n>', 'number of the flow, as `flows` lists it').argParser(wholeNumber))
    .addOption(new Option('--from <side>', 'one direction only').choices(['client', 'server']))
    .option('--raw', 'the bytes themselves, nothing else')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/follow.ts')).follow(files, options),
    );

  withCaptureOptions(withCheckOptions(withReadingOptions(program.command('check'))))
    .addHelpText('before', examples('check'))
    .description('judge captures against the specification')
    .argument('[files...]', FILES)
    .addHelpText('after', EXIT_CODES)
    .action(async (files: string[], options: Omit<CheckCommandOptions, 'dialectGiven'>, command: Command) => {
      const dialectGiven = command.getOptionValueSource('dialect') !== 'default';
      const { check } = await import('./commands/check.ts');
      await check(files, { ...options, dialectGiven }, version);
    });

  withReadingOptions(program.command('extract'))
    .addHelpText('before', examples('extract'))
    .description('video, sound, snapshots, firmware, archives and logs, as files')
    .argument('[files...]', FILES)
    .option('-o, --output <directory>', 'where to write them, with a manifest.json')
    .option('--force', 'replace files that are there')
    .option('--mp4', 'each video with its sound as MP4 too, timed as captured; needs ffmpeg')
    .action(async (files: string[], options: CommandOptions) =>
      (await import('./commands/extract.ts')).extract(files, options),
    );

  program
    .command('rules')
    .addHelpText('before', examples('rules'))
    .description('the rules that check judges by')
    .argument('[rules...]', 'ids or areas; without, all')
    .option('--json', 'NDJSON, one rule a line')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .action(async (words: string[], options: CommandOptions) =>
      (await import('./commands/rules.ts')).rules(words, options),
    );

  program
    .command('explain')
    .addHelpText('before', examples('explain'))
    .description('what a message, an object, a return code, a rule or a finding means')
    .argument('[topic]', 'id or name, in any letter case')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .action(async (topic: string | undefined, options: CommandOptions) =>
      (await import('./commands/explain.ts')).explain(topic, options),
    );

  addLiveCommand(program);
  addHostCommands(program);

  program
    .command('schema')
    .addHelpText('before', examples('schema'))
    .description('the JSON Schemas of all messages, objects, outputs and configuration files')
    .option('-o, --output <directory>', 'where to write them')
    .action(async (options: CommandOptions) => (await import('./commands/schema.ts')).schema(options.output));

  addCompletionCommand(program);
  return program;
}

/** Runs the command line and sets the exit code. */
export async function run(argv: readonly string[], version: string): Promise<void> {
  try {
    await buildProgram(version).parseAsync(argv);
  } catch (error) {
    if (error instanceof Failure) {
      process.stderr.write(`dvrscope: ${safeLines(error.message)}\n`);
      process.exitCode = error.exitCode;
    } else if (error instanceof CommanderError) {
      // Help and version come here too; they are no errors.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      if (error.exitCode !== 0) process.stderr.write(`dvrscope: ${wordUsage(error)}\n`);
    } else {
      throw error;
    }
  }
}

/** Commander's words on one line: without its «error:», with its suggestion or a word where help is. */
function wordUsage(error: CommanderError): string {
  const [what = '', suggestion = '(dvrscope -h shows examples)'] = error.message.split('\n');
  return safeLine(`${what.replace(/^error: /, '').replace(/\.$/, '')} ${suggestion}`);
}
