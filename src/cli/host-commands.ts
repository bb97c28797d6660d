import { type Command, Option } from 'commander';
import type { DoctorOptions } from './commands/doctor.ts';
import { examples } from './examples.ts';
import { decodeAs, wholeNumber } from './reading-options.ts';

const NO_COLOR = 'no colours (NO_COLOR does the same)';

/** The commands that look at the machine: `interfaces` and `doctor`. */
export function addHostCommands(program: Command): void {
  program
    .command('interfaces')
    .addHelpText('before', examples('interfaces'))
    .description('network interfaces, with their traffic')
    .option('--json', 'NDJSON, one interface a line')
    .option('--no-color', NO_COLOR)
    .action(async (options: { readonly json?: boolean; readonly color: boolean }) =>
      (await import('./commands/interfaces.ts')).interfaces(options),
    );

  program
    .command('doctor')
    .addHelpText('before', examples('doctor'))
    .description('what live capture needs here, and whether a mirror port is sound')
    .argument('[file]', 'a capture of the mirror port, instead of an interface')
    .option('-i, --interface <name>', 'look at this interface too, and at its traffic')
    .addOption(
      new Option('--seconds <n>', 'how long to look at the traffic').argParser(wholeNumber).default(5),
    )
    .addOption(
      new Option('-d, --decode-as <rule>', 'expect DVRIP on a port: tcp.port==N,dvrip').argParser(decodeAs),
    )
    .option('--json', 'one JSON document')
    .option('--no-color', NO_COLOR)
    .action(async (file: string | undefined, options: DoctorOptions) =>
      (await import('./commands/doctor.ts')).doctor(file, options),
    );
}
