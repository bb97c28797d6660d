import { type Command, InvalidArgumentError, Option } from 'commander';
import { readKey } from '../../dissectors/dvrip/envelope.ts';
import { usageError } from './failure.ts';

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a whole number from 1.');
  }
  return value;
}

/** `-d tcp.port==N,dvrip`: decode as, with tshark's spelling. */
export function decodeAs(text: string, before: readonly number[] | undefined): readonly number[] {
  const match = /^(?:tcp|udp)\.port==(\d{1,5}),dvrip$/.exec(text.replaceAll(' ', ''));
  const port = Number(match?.[1]);
  if (match === null || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('It must read tcp.port==PORT,dvrip or udp.port==PORT,dvrip.');
  }
  return [...(before ?? []), port];
}

function communicateKey(text: string): Uint8Array {
  const key = readKey(text);
  // Not an InvalidArgumentError: that repeats what was given, and logs keep it.
  if (key === undefined) throw usageError('--key: a key has 16 characters or 32 hexadecimal digits');
  return key;
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

/** The options that every command that reads captures has. */
export function withReadingOptions(command: Command): Command {
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
    .addOption(
      new Option(
        '--key <key>',
        'CommunicateKey of encrypted sessions: 16 characters or 32 hexadecimal digits',
      ).argParser(communicateKey),
    )
    .option('--show-secrets', 'show passwords, hashes and keys instead of ‹redacted›')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'no progress on standard error');
}
