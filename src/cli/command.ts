import type { Dialect } from '../../schemas/registry.ts';

/** What commander parses from the command line; each command uses some of it. */
export interface CommandOptions {
  readonly readFile?: readonly string[];
  readonly decodeAs?: readonly number[];
  readonly count?: number;
  readonly dialect: 'auto' | 'field' | 'spec';
  readonly key?: Uint8Array;
  readonly showSecrets?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly digest?: boolean;
  readonly displayFilter?: string;
  readonly fields?: string;
  readonly body?: boolean;
  readonly lineBuffered?: boolean;
  readonly flow?: number;
  readonly from?: 'client' | 'server';
  readonly raw?: boolean;
  readonly ladder?: number;
  readonly svg?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly mp4?: boolean;
}

/** `auto` reads as devices in the field speak; they number the login messages alike. */
export function dialectOf(options: CommandOptions): Dialect {
  return options.dialect === 'spec' ? 'spec' : 'field';
}

/** The files of a command: its arguments, and those given with `-r`. */
export function inputPaths(
  files: readonly string[],
  options: Pick<CommandOptions, 'readFile'>,
): readonly string[] {
  return [...files, ...(options.readFile ?? [])];
}
