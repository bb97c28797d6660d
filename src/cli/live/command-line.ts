import { type Command, InvalidArgumentError, Option } from 'commander';
import { LEAST_CEILING_MIB } from '../../analysis/memory-ceiling.ts';
import { DEFAULT_CAPTURE, ENGINE_NAMES } from '../../capture/live/engine.ts';
import { examples } from '../examples.ts';
import { wholeNumber, withReadingOptions } from '../reading-options.ts';
import { autostop, type LiveCommandOptions, ringBuffer } from './live-options.ts';

/** The options of capturing, with tshark's letters. */
export function withCaptureOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-i, --interface <name>',
        'capture on it; several times for several; - reads a capture from standard input, a path from a FIFO',
      ).argParser(collect),
    )
    .option('-f, --capture-filter <bpf>', "instead of DVRIP's ports: pcap-filter(7)")
    .option('--all-ports', 'capture every port, and recognise DVRIP by its content')
    .addOption(
      new Option(
        '-B, --buffer-size <MiB>',
        `the kernel's buffer, ${DEFAULT_CAPTURE.bufferMiB} MiB by default`,
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('-s, --snapshot-length <bytes>', 'bytes kept of each packet, all by default').argParser(
        wholeNumber,
      ),
    )
    .option('-p, --no-promiscuous-mode', 'only what is addressed to this machine')
    .addOption(new Option('--engine <engine>', 'instead of the first that may capture').choices(ENGINE_NAMES))
    .addOption(
      new Option(
        '-a, --autostop <condition>',
        'stop after duration:SECONDS, filesize:kB, files:N or packets:N',
      ).argParser(autostop),
    )
    .addOption(
      new Option(
        '-w, --write <path>',
        'keep the packets: in a folder, or a file; none: nowhere. Else in a temporary ring',
      ),
    )
    .addOption(
      new Option(
        '-b, --ring-buffer <condition>',
        'next file after duration:SECONDS, filesize:kB, packets:N, interval:SECONDS; files:N: keep so many',
      ).argParser(ringBuffer),
    )
    .addOption(
      new Option(
        '--max-memory <MiB>',
        'of the whole process, 256 by default: what is oldest is let go to stay below',
      ).argParser(memory),
    )
    .addOption(new Option('--statistics-interval <seconds>').argParser(wholeNumber).default(10).hideHelp());
}

/** `live`: what happens on the wire, as it happens. */
export function addLiveCommand(program: Command): void {
  withCaptureOptions(withReadingOptions(program.command('live')))
    .addHelpText('before', examples('live'))
    .description('what happens on the wire: the dashboard on a terminal, else lines or NDJSON')
    .option('-D, --list-interfaces', 'list what -i may be given')
    .option('--json', 'NDJSON: messages, sessions, streams, findings, events, statistics')
    .option('--lines', 'lines, also on a terminal; -q -l --body mean them too')
    .option('-Y, --display-filter <filter>', 'messages that match only')
    .option('--body', 'with the bodies')
    .option('-l, --line-buffered', 'write each line at once, for pipes')
    .action(async (options: LiveCommandOptions) => (await import('../commands/live.ts')).live(options));
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function memory(text: string): number {
  const value = wholeNumber(text);
  if (value < LEAST_CEILING_MIB) throw new InvalidArgumentError(`The least is ${LEAST_CEILING_MIB}.`);
  return value;
}
