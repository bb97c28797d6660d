import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENDINGS, FORMATS } from './targets.ts';

const LEVELS = ['error', 'warning', 'note', 'never'] as const;

/** What the exit code of `check` says (cli.md), below its options. */
export const EXIT_CODES = `
Exit codes, the first that applies:
  130, 143  stopped by SIGINT, SIGTERM; what was read has been judged and printed
  2  the command line, the configuration, the baseline or the expectations make no sense
  3  an input could not be read, or not to its end, or an output could not be written
  4  a gate was not met: --require-complete, --require-coverage
  1  findings at or above the fail level, or an expectation that was not met
  0  neither
`;

/** The options of `check`, beside those of reading. */
export function withCheckOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--format <format>',
        'several: the first -o takes the first, and so on; one without a file is printed',
      )
        .choices(FORMATS)
        .argParser(format),
    )
    .addOption(
      new Option(
        '-o, --output <file>',
        `write a report; without --format its ending says which: ${ENDINGS.join(' ')}`,
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--fail-on <level>',
        'the least severity that makes the exit code 1 (default: "error")',
      ).choices(LEVELS),
    )
    .option('--require-complete', 'exit code 4 where the capture has gaps, drops or damage')
    .option(
      '--require-coverage <list>',
      'exit code 4 where these messages were not seen: ids or names, with commas, or a file of them',
    )
    .option('--live', 'judge what -i captures: findings as they happen, the report at the end')
    .option('--config <file>', 'configuration, instead of dvrscope.config.json in the working directory')
    .option('--baseline <file>', 'findings in it are known: shown, but no failure')
    .option('--write-baseline <file>', 'write what was found, except what is waived, as a baseline')
    .option('--expect <file>', 'YAML: how often filters and rules must match')
    .option(
      '--verbose',
      'text: also the ids seen, and the rules that were not observed or could not be judged',
    );
}

function format(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!FORMATS.some((known) => known === text)) {
    throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(', ')}.`);
  }
  return collect(text, before);
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
